package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.s3.database.RecordedFact.Given;
import dev.hotupdater.s3.database.RecordedFact.Told;
import java.time.Instant;

/** The JSON form of a fact, without line breaks. */
final class FactJson {
  private static final String OUTCOME = "outcome";

  private FactJson() {}

  static String write(RecordedFact fact) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (fact instanceof Told told) {
      write(told.event(), json);
      json.put("recordedAt", told.recordedAt().toString());
    } else if (fact instanceof Given given) {
      write(given.assignment(), json);
      json.put("order", given.order().toString());
    }
    return json.toString();
  }

  private static void write(DeviceEvent event, ObjectNode json) {
    json.put("app", event.app().value());
    json.put("device", event.device());
    json.put("release", event.release().value());
    json.put("version", event.version());
    json.put("channel", event.channel());
    json.put("platform", event.platform());
    json.put(OUTCOME, event.outcome().jsonName());
    json.put("action", event.action());
    json.put("at", event.at().toString());
  }

  private static void write(ChannelAssignment assignment, ObjectNode json) {
    json.put("app", assignment.app().value());
    json.put("kind", assignment.key().kind().jsonName());
    json.put("key", assignment.key().value());
    assignment.channel().ifPresent(channel -> json.put("channel", channel));
    json.put("assignedAt", assignment.assignedAt().toString());
  }

  /**
   * Reads one.
   *
   * @throws JsonProcessingException if it is no JSON
   * @throws RuntimeException if it is something else
   */
  static RecordedFact read(String line) throws JsonProcessingException {
    JsonFields json = JsonFields.of(MetadataJson.MAPPER.readTree(line));
    return json.has(OUTCOME)
        ? new Told(event(json), Instant.parse(json.text("recordedAt")))
        : new Given(assignment(json), FactOrder.parse(json.text("order")));
  }

  private static DeviceEvent event(JsonFields json) {
    return new DeviceEvent(
        AppId.of(json.text("app")),
        json.text("device"),
        new ReleaseId(json.text("release")),
        json.text("version"),
        json.text("channel"),
        json.text("platform"),
        json.choice(OUTCOME, DeviceOutcome::fromJsonName),
        json.text("action"),
        Instant.parse(json.text("at")));
  }

  private static ChannelAssignment assignment(JsonFields json) {
    return new ChannelAssignment(
        AppId.of(json.text("app")),
        new DeviceKey(json.choice("kind", DeviceKey.Kind::fromJsonName), json.text("key")),
        json.optionalText("channel"),
        Instant.parse(json.text("assignedAt")));
  }
}
