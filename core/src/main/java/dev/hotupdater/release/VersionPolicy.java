package dev.hotupdater.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the version of a web bundle may be from the native version of the app that it is offered
 * to. Source: Capacitor protocols, section A3, the {@code disable_auto_update_to_*} codes.
 */
public enum VersionPolicy {
  /** Any version. */
  ANY,
  /** No higher major version. */
  SAME_MAJOR,
  /** No higher major or minor version. */
  SAME_MINOR,
  /** No higher major, minor or patch version. */
  SAME_PATCH,
  /** Only releases that name the lowest native version that they work with. */
  DECLARED_MINIMUM;

  /** The name in JSON, such as {@code same_major}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy with this name in JSON. */
  public static Optional<VersionPolicy> fromJsonName(String name) {
    return Arrays.stream(values()).filter(policy -> policy.jsonName().equals(name)).findFirst();
  }
}
