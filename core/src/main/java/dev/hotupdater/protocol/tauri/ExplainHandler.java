package dev.hotupdater.protocol.tauri;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.ReleaseCheck;
import dev.hotupdater.release.ReleaseDecision;
import dev.hotupdater.release.ReleaseDecision.Nothing;
import dev.hotupdater.release.ReleaseDecision.Offer;
import dev.hotupdater.release.ReleaseDecision.Reason;
import dev.hotupdater.release.ReleaseLine;
import dev.hotupdater.release.ReleaseLine.Finding;
import java.util.Optional;

/** Answers the question why a client gets what it gets. Safe for use by many threads. */
final class ExplainHandler {
  /** What asks, unless it is said. */
  private static final String USUAL_USER_AGENT = "tauri-plugin-updater";

  private final Backend backend;
  private final String defaultChannel;

  ExplainHandler(Backend backend, String defaultChannel) {
    this.backend = backend;
    this.defaultChannel = defaultChannel;
  }

  HttpResponse answer(RouteRequest request) {
    ReleaseView view = backend.releases(request.context()).view();
    Optional<App> app = AppId.parse(request.parameter("app_id")).flatMap(view::app);
    if (app.isEmpty()) {
      return AppLookup.notFound("There is no app with this id.");
    }
    ReleaseCheck check = check(request.query());
    ReleaseLine line = view.line(app.get().id(), check.channel());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("app_id", app.get().id().value());
    app.get().slug().ifPresent(slug -> json.put("slug", slug.value()));
    json.set("client", client(check));
    json.set("decision", decision(line.decide(check)));
    ArrayNode channels = json.putArray("channels");
    view.channels(app.get().id()).forEach(channels::add);
    ArrayNode releases = json.putArray("releases");
    Explanations explanations = new Explanations(app.get(), check);
    line.explain(check).forEach(finding -> releases.add(release(finding, explanations)));
    return HttpResponse.uncached(200, json.toString()).build();
  }

  private ReleaseCheck check(QueryParameters query) {
    return new ClientDescription(
            required(query, "target"),
            required(query, "arch"),
            ClientReader.bundleTypes(query),
            // A plus sign in a query means a space, which no version has.
            required(query, "current_version").replace(' ', '+'),
            query.first("channel"),
            query.first("user_agent").or(() -> Optional.of(USUAL_USER_AGENT)),
            query.first("install_id"))
        .check(defaultChannel);
  }

  private static String required(QueryParameters query, String name) {
    return query
        .first(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () -> new MalformedRequestException("The query parameter '" + name + "' is missing."));
  }

  private static ObjectNode client(ReleaseCheck check) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("channel", check.channel());
    json.put("current_version", check.current().toString());
    json.put("target", check.target());
    json.put("arch", check.arch());
    check.bundleType().ifPresent(type -> json.put("bundle_type", type));
    ArrayNode packagings = json.putArray("packagings");
    check.packagings().stream().map(Packaging::jsonName).forEach(packagings::add);
    check.cohort().ifPresent(cohort -> json.put("cohort", cohort.toString()));
    return json;
  }

  private static ObjectNode decision(ReleaseDecision decision) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("update", decision instanceof Offer);
    if (decision instanceof Offer offer) {
      json.put("release_id", offer.release().id().value());
      json.put("version", offer.release().version().toString());
      json.put("artifact_id", offer.artifact().id().value());
      json.put("artifact", offer.artifact().target().toString());
    } else if (decision instanceof Nothing nothing) {
      json.put("reason", nothing.reason().wireName());
    }
    return json;
  }

  private static ObjectNode release(Finding finding, Explanations explanations) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", finding.release().id().value());
    json.put("version", finding.release().version().toString());
    json.put("state", finding.release().state().jsonName());
    json.put("eligible", finding.rejection().isEmpty());
    finding.rejection().map(Reason::wireName).ifPresent(reason -> json.put("reason", reason));
    json.put("explanation", explanations.of(finding));
    return json;
  }
}
