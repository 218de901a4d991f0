package dev.hotupdater.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of an update on a device. */
public enum DeviceOutcome {
  /** Its bytes have arrived. */
  DOWNLOADED,
  /** The app runs with it. */
  INSTALLED,
  /** Its bytes have not arrived, or were not as they should be; the device may try again. */
  NOT_INSTALLED,
  /** The app did not work with it, and went back to what it had before. */
  FAILED;

  /** The name in JSON and in databases, such as {@code not_installed}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome with this name. */
  public static Optional<DeviceOutcome> fromJsonName(String name) {
    return Arrays.stream(values()).filter(outcome -> outcome.jsonName().equals(name)).findFirst();
  }
}
