package dev.hotupdater.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The settings of a channel as JSON. */
public final class ChannelSettingsJson {
  private ChannelSettingsJson() {}

  /** The settings as JSON. */
  public static ObjectNode write(ChannelSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("public", settings.isPublic());
    json.put("allow_self_set", settings.selfAssignable());
    json.put("builtin", settings.servesBuiltin());
    if (!settings.rules().equals(DeliveryRules.NONE)) {
      json.set("rules", DeliveryRulesJson.write(settings.rules()));
    }
    return json;
  }

  /**
   * The settings in this JSON; what is left out is false, or open.
   *
   * @throws InvalidReleaseException if a field is not as it is expected to be
   */
  public static ChannelSettings read(JsonFields fields) {
    return new ChannelSettings(
        fields.bool("public"),
        fields.bool("allow_self_set"),
        fields.bool("builtin"),
        DeliveryRulesJson.read(fields.object("rules")));
  }
}
