package dev.hotupdater.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the web bundles of an app are delivered, as JSON. */
final class LiveUpdateSettingsJson {
  private LiveUpdateSettingsJson() {}

  static ObjectNode write(LiveUpdateSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("default_channel", settings.defaultChannel());
    json.put("sequence", settings.sequence());
    if (!settings.rules().equals(DeliveryRules.NONE)) {
      json.set("rules", DeliveryRulesJson.write(settings.rules()));
    }
    if (!settings.channels().isEmpty()) {
      ObjectNode channels = json.putObject("channels");
      settings
          .channels()
          .forEach((name, said) -> channels.set(name, ChannelSettingsJson.write(said)));
    }
    return json;
  }

  static LiveUpdateSettings read(JsonFields fields) {
    SortedMap<String, ChannelSettings> channels = new TreeMap<>();
    fields
        .objectsByName("channels")
        .forEach((name, channel) -> channels.put(name, ChannelSettingsJson.read(channel)));
    return new LiveUpdateSettings(
        fields.text("default_channel"),
        DeliveryRulesJson.read(fields.object("rules")),
        channels,
        fields.number("sequence"));
  }
}
