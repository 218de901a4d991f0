package dev.hotupdater.device;

import dev.hotupdater.release.AppId;
import java.util.Locale;
import java.util.Set;

/** What decisions need to know of a device. */
public sealed interface DeviceFact permits DeviceFact.Failure, ChannelAssignment {
  /** The app that it is about. */
  AppId app();

  /** Whether it is about one of these devices. */
  boolean isOf(Set<DeviceKey> keys);

  /**
   * A version failed on a device.
   *
   * @param app the app
   * @param device the id of the device, in lower case as in {@link DeviceKey}
   * @param version the version
   */
  record Failure(AppId app, String device, String version) implements DeviceFact {
    /** Makes one of the letter cases in which clients send an id. */
    public Failure {
      device = device.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isOf(Set<DeviceKey> keys) {
      return keys.stream()
          .anyMatch(key -> key.kind() == DeviceKey.Kind.DEVICE && key.value().equals(device));
    }
  }
}
