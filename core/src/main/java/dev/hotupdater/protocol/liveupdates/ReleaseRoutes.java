package dev.hotupdater.protocol.liveupdates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.LiveUpdateLine;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.publishing.web.Retention;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.DeliveryRulesJson;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What those ask who manage releases. */
record ReleaseRoutes(Backend backend, WebPublishing publishing) {
  private static final long DEFAULT_KEEP = 5;
  private static final long DEFAULT_MIN_AGE_DAYS = 7;
  private static final long MOST = 100_000;

  HttpResponse list(RouteRequest request) {
    LiveUpdateLine line =
        backend
            .releases(request.context())
            .freshView()
            .liveUpdates(Requests.knownApp(request, backend).id(), Requests.channel(request));
    Optional<ReleaseId> active = line.active().map(Release::id);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode releases = json.putArray("releases");
    line.releases()
        .forEach(
            release ->
                releases.add(
                    Answers.release(release)
                        .put("active", active.equals(Optional.of(release.id())))));
    return Answers.ok(json);
  }

  /** Fields that are not there stay as they are; null takes the lowest native version away. */
  HttpResponse change(RouteRequest request) {
    JsonFields fields = Requests.fields(request);
    Release changed =
        publishing.changeDelivery(
            Requests.app(request),
            Requests.release(request),
            release -> changed(release, fields),
            request.context());
    return Answers.ok(Answers.release(changed));
  }

  private static Release changed(Release release, JsonFields fields) {
    Release.Builder builder = release.toBuilder();
    if (fields.has("rollout")) {
      builder.rollout(fields.rollout("rollout"));
    }
    if (fields.has("target_cohorts")) {
      builder.targetCohorts(
          fields.texts("target_cohorts").stream().map(Cohort::of).collect(Collectors.toSet()));
    }
    fields.optionalBool("mandatory").ifPresent(builder::mandatory);
    if (fields.has("min_native_version") || fields.isNull("min_native_version")) {
      builder.minAppVersion(fields.version("min_native_version"));
    }
    if (fields.has("rules")) {
      builder.rules(DeliveryRulesJson.read(fields.object("rules")));
    }
    return builder.build();
  }

  HttpResponse activate(RouteRequest request) {
    Release release =
        publishing.activate(Requests.app(request), Requests.release(request), request.context());
    return Answers.ok(Answers.release(release));
  }

  HttpResponse remove(RouteRequest request) {
    AppId app = Requests.app(request);
    ReleaseId id = Requests.release(request);
    Release removed =
        publishing
            .remove(app, id, request.context())
            .orElseThrow(() -> UnknownReleaseException.release(app, id));
    return Answers.ok(Answers.release(removed));
  }

  HttpResponse cleanUp(RouteRequest request) {
    JsonFields fields = Requests.fields(request);
    long keep = inRange(fields, "keep", 1, DEFAULT_KEEP);
    long days = inRange(fields, "min_age_days", 0, DEFAULT_MIN_AGE_DAYS);
    List<Release> removed =
        publishing.cleanUp(
            Requests.knownApp(request, backend).id(),
            new Retention((int) keep, Duration.ofDays(days)),
            request.context());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode releases = json.putArray("removed");
    removed.forEach(release -> releases.add(Answers.release(release)));
    return Answers.ok(json);
  }

  private static long inRange(JsonFields fields, String name, long least, long otherwise) {
    long number = fields.optionalNumber(name).orElse(otherwise);
    if (number < least || number > MOST) {
      throw fields.invalid(name, "must be a whole number from " + least + " to " + MOST);
    }
    return number;
  }

  HttpResponse sign(RouteRequest request) {
    int signed = publishing.signAgain(Requests.knownApp(request, backend).id(), request.context());
    return Answers.ok(JsonNodeFactory.instance.objectNode().put("signed", signed));
  }
}
