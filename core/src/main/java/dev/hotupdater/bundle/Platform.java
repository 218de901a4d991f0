package dev.hotupdater.bundle;

import java.util.Optional;

/** The mobile platform that a bundle is built for. */
public enum Platform {
  IOS("ios"),
  ANDROID("android");

  private final String wireName;

  Platform(String wireName) {
    this.wireName = wireName;
  }

  /** The name used on the wire and in the database: {@code ios} or {@code android}. */
  public String wireName() {
    return wireName;
  }

  /** The platform with this wire name; empty for any other text, also for other letter case. */
  public static Optional<Platform> fromWireName(String wireName) {
    for (Platform platform : values()) {
      if (platform.wireName.equals(wireName)) {
        return Optional.of(platform);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
