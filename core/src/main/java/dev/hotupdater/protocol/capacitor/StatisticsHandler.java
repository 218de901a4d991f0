package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import java.util.Optional;

/**
 * Takes what devices tell, one thing or many at a time. Safe for use by many threads.
 *
 * <p>Source: Capacitor protocols, section A7: a device that is not answered with 200 tells the same
 * again, or drops everything else that it wanted to tell as well.
 */
final class StatisticsHandler {
  /** The most bytes that a device may tell at once. */
  static final int MAX_BODY_BYTES = 1024 * 1024;

  /** The most events that are looked at. */
  static final int MAX_EVENTS = 1_000;

  private final StatisticsRecorder recorder;

  StatisticsHandler(Backend backend, AskedApp app) {
    recorder = new StatisticsRecorder(backend, app);
  }

  HttpResponse answer(RouteRequest request) {
    return Refusal.orAnswer(
        () -> answer(ClientFields.body(request, MAX_BODY_BYTES), request.context()));
  }

  private HttpResponse answer(JsonNode body, RequestContext context) {
    if (!body.isArray()) {
      return Answers.ok(outcome(body, context));
    }
    ObjectNode json = Answers.statusOk();
    ArrayNode results = json.putArray("results");
    int taken = Math.min(body.size(), MAX_EVENTS);
    for (int index = 0; index < taken; index++) {
      results.add(outcome(body.path(index), context).put("index", index));
    }
    if (body.size() > MAX_EVENTS) {
      // One for all that are not taken: an answer must not grow with what is sent.
      results.add(
          error("too_many_events", "At most " + MAX_EVENTS + " events are taken at once.")
              .put("index", MAX_EVENTS));
    }
    return Answers.ok(json);
  }

  private ObjectNode outcome(JsonNode event, RequestContext context) {
    Optional<StatisticsRecorder.Mistake> mistake = recorder.record(event, context);
    return mistake.map(what -> error(what.error(), what.message())).orElseGet(Answers::statusOk);
  }

  private static ObjectNode error(String error, String message) {
    return Answers.object().put("status", "error").put("error", error).put("message", message);
  }
}
