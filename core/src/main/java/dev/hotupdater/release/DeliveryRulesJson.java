package dev.hotupdater.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.TreeSet;

/** Delivery rules as JSON; what they leave open is left out. */
public final class DeliveryRulesJson {
  private DeliveryRulesJson() {}

  /** The rules as JSON. */
  public static ObjectNode write(DeliveryRules rules) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    rules.platforms().ifPresent(names -> names.forEach(json.putArray("platforms")::add));
    rules.production().ifPresent(value -> json.put("production", value));
    rules.development().ifPresent(value -> json.put("development", value));
    rules.physicalDevices().ifPresent(value -> json.put("physical_devices", value));
    rules.emulators().ifPresent(value -> json.put("emulators", value));
    rules
        .minNativeVersion()
        .ifPresent(version -> json.put("min_native_version", version.toString()));
    rules
        .maxNativeVersion()
        .ifPresent(version -> json.put("max_native_version", version.toString()));
    rules.versionPolicy().ifPresent(policy -> json.put("version_policy", policy.jsonName()));
    rules.underNative().ifPresent(value -> json.put("under_native", value));
    return json;
  }

  /**
   * The rules in this JSON.
   *
   * @throws InvalidReleaseException if a field is not as it is expected to be
   */
  public static DeliveryRules read(JsonFields fields) {
    return new DeliveryRules(
        fields.has("platforms")
            ? Optional.of(new TreeSet<>(fields.texts("platforms")))
            : Optional.empty(),
        fields.optionalBool("production"),
        fields.optionalBool("development"),
        fields.optionalBool("physical_devices"),
        fields.optionalBool("emulators"),
        fields.version("min_native_version"),
        fields.version("max_native_version"),
        fields.optionalChoice("version_policy", VersionPolicy::fromJsonName),
        fields.optionalBool("under_native"));
  }
}
