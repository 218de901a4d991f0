package dev.hotupdater.liveupdate;

import java.util.Optional;

/** What runs on a device. */
public sealed interface CurrentBundle {
  /** The bundle that came with the app. */
  record Builtin() implements CurrentBundle {}

  /**
   * A bundle that was installed over the air.
   *
   * @param name its name, which is its version if this server has given it out
   */
  record Installed(String name) implements CurrentBundle {}

  /**
   * The bundle that came with the app, or one that was installed and has the same name: the device
   * does not tell. Source: Capacitor protocols, sections A1 and A2.
   *
   * @param name the name
   */
  record BuiltinOrInstalled(String name) implements CurrentBundle {}

  /** Its name; empty if it is surely the one that came with the app. */
  default Optional<String> installedName() {
    if (this instanceof Installed installed) {
      return Optional.of(installed.name());
    }
    return this instanceof BuiltinOrInstalled either
        ? Optional.of(either.name())
        : Optional.empty();
  }
}
