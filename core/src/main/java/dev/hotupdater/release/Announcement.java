package dev.hotupdater.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When a release is offered to clients. */
public enum Announcement {
  /** As soon as one of its artifacts is ready; artifacts for further targets may follow. */
  ON_COMPLETION,
  /** When it is told to, all at once; nothing is added to it afterwards. */
  ON_PUBLISH;

  /** The name in JSON, such as {@code on_completion}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this name in JSON. */
  public static Optional<Announcement> fromJsonName(String name) {
    return Arrays.stream(values()).filter(each -> each.jsonName().equals(name)).findFirst();
  }
}
