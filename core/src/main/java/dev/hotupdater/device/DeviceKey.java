package dev.hotupdater.device;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * By what a device is told apart. Immutable.
 *
 * @param kind what it is
 * @param value its value, 1 to 128 characters; but of {@link Kind#CUSTOM} in lower case, since some
 *     clients send the id of a device in upper case and others not (Capacitor protocols, section
 *     A1)
 */
public record DeviceKey(Kind kind, String value) {
  /** The longest value, in characters. */
  public static final int MAX_LENGTH = 128;

  /** What tells a device apart. */
  public enum Kind {
    /** The id that the device has made for itself. */
    DEVICE,
    /** A name that the app has given it. Everybody can give it any. */
    CUSTOM,
    /** The id of the device, where it speaks for itself: the channel that it has chosen. */
    SELF;

    /** The name in JSON and in databases, such as {@code custom}. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this name. */
    public static Optional<Kind> fromJsonName(String name) {
      return Arrays.stream(values()).filter(kind -> kind.jsonName().equals(name)).findFirst();
    }
  }

  /**
   * Checks the value.
   *
   * @throws InvalidDeviceException if it is none
   */
  public DeviceKey {
    requireNonNull(kind, "kind");
    // First, since a text can be longer in lower case.
    value = kind == Kind.CUSTOM ? value : value.toLowerCase(Locale.ROOT);
    DeviceText.check(kind == Kind.CUSTOM ? "custom_id" : "device_id", value, MAX_LENGTH);
  }

  /** The device with this id. */
  public static DeviceKey device(String id) {
    return new DeviceKey(Kind.DEVICE, id);
  }

  /** The device with this id, where it speaks for itself. */
  public static DeviceKey self(String id) {
    return new DeviceKey(Kind.SELF, id);
  }

  /** The devices with this custom id. */
  public static DeviceKey custom(String id) {
    return new DeviceKey(Kind.CUSTOM, id);
  }
}
