package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.InvalidDeviceException;
import dev.hotupdater.liveupdate.CurrentBundle;
import dev.hotupdater.liveupdate.CurrentBundle.Builtin;
import dev.hotupdater.liveupdate.CurrentBundle.BuiltinOrInstalled;
import dev.hotupdater.liveupdate.CurrentBundle.Installed;
import dev.hotupdater.liveupdate.NativeVersion;
import dev.hotupdater.liveupdate.NativeVersionRule;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a device says of itself with everything that it asks or tells. Immutable.
 *
 * <p>Source: Capacitor protocols, section A1.
 *
 * @param client the software that asks
 * @param platform what it runs on, in lower case
 * @param device its id; absent if it names none
 * @param custom the name that the app gave it
 * @param versionBuild the version of the native app, or if there is no other, of what it runs
 * @param versionName the name of the bundle that it runs
 * @param production whether the app is from a store
 * @param emulator whether it is an emulator
 * @param defaultChannel the channel that it has
 * @param keyId which public key the app has
 */
record DeviceInfo(
    Client client,
    String platform,
    Optional<DeviceKey> device,
    Optional<DeviceKey> custom,
    Optional<String> versionBuild,
    Optional<String> versionName,
    boolean production,
    boolean emulator,
    Optional<String> defaultChannel,
    Optional<String> keyId) {
  private static final String BUILTIN = "builtin";
  private static final String UNKNOWN_PLATFORM = "unknown";
  private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /**
   * The device in these fields.
   *
   * @throws Refusal if its id is none
   */
  static DeviceInfo read(ClientFields fields) {
    String platform =
        fields
            .text("platform")
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(PLATFORM.asMatchPredicate())
            .orElse(UNKNOWN_PLATFORM);
    return new DeviceInfo(
        Client.of(platform, fields.text("plugin_version").flatMap(PluginVersion::parse)),
        platform,
        deviceKey(fields),
        fields.text("custom_id").flatMap(DeviceInfo::customKey),
        fields.text("version_build"),
        fields.text("version_name"),
        fields.flag("is_prod").orElse(true),
        fields.flag("is_emulator").orElse(false),
        fields.text("defaultChannel"),
        fields.text("key_id"));
  }

  /**
   * The app that is named.
   *
   * @throws Refusal if none is, or what no app can have as its id
   */
  static AppId app(ClientFields fields) {
    String text =
        fields
            .text("app_id")
            .orElseThrow(() -> Refusal.malformed("missing_app_id", "'app_id' is missing."));
    return AppId.parse(text).orElseThrow(DeviceInfo::unknownApp);
  }

  static Refusal unknownApp() {
    return Refusal.failed("app_not_found", "There is no app with this id.");
  }

  private static Optional<DeviceKey> deviceKey(ClientFields fields) {
    try {
      return fields.text("device_id").map(DeviceKey::device);
    } catch (InvalidDeviceException e) {
      throw Refusal.malformed("invalid_device_id", String.valueOf(e.getMessage()));
    }
  }

  /** Users choose it as they like, so that one that cannot be kept is none. */
  private static Optional<DeviceKey> customKey(String text) {
    try {
      return Optional.of(DeviceKey.custom(text));
    } catch (InvalidDeviceException e) {
      return Optional.empty();
    }
  }

  /**
   * The id of the device.
   *
   * @throws Refusal if it names none
   */
  DeviceKey requiredDevice() {
    return device.orElseThrow(
        () -> Refusal.malformed("missing_device_id", "'device_id' is missing."));
  }

  /** The version of the native app; absent if it is none, or cannot be known. */
  Optional<ReleaseVersion> nativeVersion() {
    return nativeVersionRule() == NativeVersionRule.NEVER_TOLD
        ? Optional.empty()
        : versionBuild.flatMap(NativeVersion::parse);
  }

  /**
   * What it means that the native version is absent. An app that asks by itself and names one
   * version alone names what it runs: whether that came with the app is not known. Source:
   * Capacitor protocols, section B1, point 4.
   */
  NativeVersionRule nativeVersionRule() {
    return client.isPlain() && versionName.isEmpty()
        ? NativeVersionRule.NEVER_TOLD
        : NativeVersionRule.TOLD;
  }

  /** What it is offered gradual rollouts by. */
  Optional<Cohort> cohort() {
    return device.map(DeviceKey::value).map(Cohort::defaultFor);
  }

  /** How it calls what it runs; an app that asks by itself may tell its version alone. */
  Optional<String> running() {
    return versionName.or(() -> versionBuild);
  }

  CurrentBundle current() {
    Function<String, CurrentBundle> named = this::bundleNamed;
    return running().map(named).orElseGet(Builtin::new);
  }

  private CurrentBundle bundleNamed(String name) {
    if (name.equals(BUILTIN)) {
      return new Builtin();
    }
    boolean isNativeVersion = versionBuild.filter(name::equals).isPresent();
    return isNativeVersion && client.mayNameBuiltinByNativeVersion()
        ? new BuiltinOrInstalled(name)
        : new Installed(name);
  }
}
