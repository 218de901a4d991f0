package dev.hotupdater.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Apps as the JSON that databases keep. What is written twice is the same text. */
public final class AppJson {
  private AppJson() {}

  /** The app as JSON. */
  public static ObjectNode write(App app) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", app.id().value());
    app.slug().ifPresent(slug -> json.put("slug", slug.value()));
    ArrayNode keys = json.putArray("keys");
    for (VerificationKey key : app.keys()) {
      ObjectNode element = keys.addObject();
      element.put("id", key.id());
      element.put("text", key.text());
      key.since().ifPresent(since -> element.put("since", since.toString()));
    }
    json.put("created_at", app.createdAt().toString());
    // Left out where nothing was said, so that apps without web bundles stay the text they were.
    if (!app.liveUpdates().equals(LiveUpdateSettings.DEFAULTS)) {
      json.set("live_updates", LiveUpdateSettingsJson.write(app.liveUpdates()));
    }
    return json;
  }

  /**
   * The app in this JSON.
   *
   * @throws InvalidReleaseException if it is none
   */
  public static App read(JsonNode json) {
    JsonFields fields = JsonFields.of(json);
    List<VerificationKey> keys = new ArrayList<>();
    for (JsonFields key : fields.objects("keys")) {
      keys.add(new VerificationKey(key.text("id"), key.text("text"), key.version("since")));
    }
    return new App(
        AppId.of(fields.text("id")),
        fields.optionalText("slug").map(Slug::of),
        keys,
        fields.instant("created_at"),
        fields.has("live_updates")
            ? LiveUpdateSettingsJson.read(fields.object("live_updates"))
            : LiveUpdateSettings.DEFAULTS);
  }
}
