package dev.hotupdater.protocol.hotupdater;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Pagination;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.database.WriteConflictException;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.EntityTag;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.http.Validators;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.protocol.RouteGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bundle management for the Hot Updater command line and console. Not mounted unless the server is
 * built with it. Source: Hot Updater protocol, "Routes", group {@code bundles}.
 */
public final class BundleRoutes implements RouteGroup {
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final String SUCCESS = "{\"success\":true}";
  private static final String NOT_FOUND = "{\"error\":\"Bundle not found\"}";

  private final Access access;

  private BundleRoutes(Access access) {
    this.access = requireNonNull(access, "access");
  }

  /** The group, for those whom {@code access} allows. */
  public static BundleRoutes protectedBy(Access access) {
    return new BundleRoutes(access);
  }

  @Override
  public String name() {
    return "bundles";
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public List<Route> routes(Backend backend) {
    String one = "/api/bundles/:id";
    return List.of(
        Route.of("GET", "/api/bundles/channels", request -> channels(bundles(backend, request))),
        Route.of("GET", one, request -> find(bundles(backend, request), request)),
        Route.of("GET", "/api/bundles", request -> list(bundles(backend, request), request)),
        Route.of("POST", "/api/bundles", request -> publish(backend, request)),
        Route.of("PATCH", one, request -> change(backend, request)),
        Route.of("DELETE", one, request -> delete(bundles(backend, request), request)));
  }

  private static Bundles bundles(Backend backend, RouteRequest request) {
    return backend.bundles(request.context());
  }

  private static HttpResponse channels(Bundles bundles) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode channels = json.putObject("data").putArray("channels");
    bundles.channels().forEach(channels::add);
    return HttpResponse.uncached(200, json.toString()).build();
  }

  private static HttpResponse find(Bundles bundles, RouteRequest request) {
    Optional<Bundle> found = BundleId.parse(request.parameter("id")).flatMap(bundles::find);
    if (found.isEmpty()) {
      return HttpResponse.uncached(404, NOT_FOUND).build();
    }
    Validators validators = validators(BundleRevision.of(found.get()));
    HttpResponse.Builder answer =
        switch (validators.verdict(request.http())) {
          case NOT_MODIFIED -> HttpResponse.status(304);
          case PRECONDITION_FAILED -> throw new WriteConflictException(found.get().id());
          case PROCEED -> HttpResponse.uncached(200, BundleJson.write(found.get()).toString());
        };
    validators.addTo(answer);
    // Kept by the client for the next question, but never used without asking.
    return answer.header("Cache-Control", "private, no-cache").build();
  }

  private static HttpResponse list(Bundles bundles, RouteRequest request) {
    BundlePage page = bundles.list(BundleQueryParameters.parse(request.query()));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode data = json.putArray("data");
    page.bundles().forEach(bundle -> data.add(BundleJson.write(bundle)));
    json.set("pagination", pagination(page.pagination()));
    return HttpResponse.uncached(200, json.toString()).build();
  }

  private static ObjectNode pagination(Pagination pagination) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("total", pagination.total());
    json.put("hasNextPage", pagination.hasNextPage());
    json.put("hasPreviousPage", pagination.hasPreviousPage());
    json.put("currentPage", pagination.currentPage());
    json.put("totalPages", pagination.totalPages());
    pagination.nextCursor().ifPresent(cursor -> json.put("nextCursor", cursor.toString()));
    pagination.previousCursor().ifPresent(cursor -> json.put("previousCursor", cursor.toString()));
    return json;
  }

  private static HttpResponse publish(Backend backend, RouteRequest request) {
    JsonNode body = RequestJson.read(request, MAX_BODY_BYTES);
    List<Bundle> published = new ArrayList<>();
    if (body.isArray()) {
      for (JsonNode element : body) {
        published.add(element(published.size(), element, backend, request));
      }
    } else {
      published.add(bundle(body, backend, request));
    }
    bundles(backend, request).publish(published);
    return HttpResponse.uncached(201, SUCCESS).build();
  }

  private static Bundle element(
      int index, JsonNode element, Backend backend, RouteRequest request) {
    try {
      return bundle(element, backend, request);
    } catch (InvalidBundleException e) {
      throw new InvalidBundleException(
          "[" + index + "]." + e.field(), "Element " + index + ": " + e.getMessage());
    }
  }

  private static Bundle bundle(JsonNode json, Backend backend, RouteRequest request) {
    Bundle bundle = BundleJson.read(json);
    checkServable(bundle.storageUri(), backend, request);
    return bundle;
  }

  /**
   * A bundle that can never be served would answer every device with an error, until it is gone.
   */
  private static void checkServable(String storageUri, Backend backend, RouteRequest request) {
    backend
        .storage()
        .problemWith(storageUri, request.context())
        .ifPresent(
            problem -> {
              throw new InvalidBundleException(
                  "storageUri", "Bundle field 'storageUri' cannot be served. " + problem);
            });
  }

  private static HttpResponse change(Backend backend, RouteRequest request) {
    String idText = request.parameter("id");
    JsonNode body = RequestJson.read(request, MAX_BODY_BYTES);
    JsonNode payload = body.isArray() ? body.path(0) : body;
    if (!payload.isObject()) {
      throw new MalformedRequestException("Invalid bundle payload");
    }
    JsonNode payloadId = payload.path("id");
    if (!payloadId.isMissingNode() && !idText.equalsIgnoreCase(payloadId.textValue())) {
      throw new MalformedRequestException("Bundle id mismatch");
    }
    BundleChange change =
        BundleJson.readChange(payload)
            .guardedBy((before, after) -> checkNewUri(before, after, backend, request));
    Bundles bundles = bundles(backend, request);
    return BundleId.parse(idText)
        .flatMap(id -> apply(bundles, id, change, request))
        .map(changed -> HttpResponse.uncached(200, SUCCESS).build())
        .orElseGet(() -> HttpResponse.uncached(404, NOT_FOUND).build());
  }

  /**
   * The command line sends the URI back that it has read, and must be able to disable any bundle.
   */
  private static void checkNewUri(
      Bundle before, Bundle after, Backend backend, RouteRequest request) {
    if (!after.storageUri().equals(before.storageUri())) {
      checkServable(after.storageUri(), backend, request);
    }
  }

  private static Optional<Bundle> apply(
      Bundles bundles, BundleId id, BundleChange change, RouteRequest request) {
    return isConditional(request)
        ? expected(bundles, id, request).flatMap(revision -> bundles.change(id, change, revision))
        : bundles.change(id, change);
  }

  private static HttpResponse delete(Bundles bundles, RouteRequest request) {
    Optional<BundleId> id = BundleId.parse(request.parameter("id"));
    if (id.isPresent() && isConditional(request)) {
      BundleRevision expected =
          expected(bundles, id.get(), request)
              .orElseThrow(() -> new WriteConflictException(id.get()));
      bundles.delete(id.get(), expected);
    } else {
      id.ifPresent(bundles::delete);
    }
    return HttpResponse.uncached(200, SUCCESS).build();
  }

  private static boolean isConditional(RouteRequest request) {
    return request.header("If-Match").isPresent();
  }

  /**
   * The revision that the client expects, which is that of the stored bundle; empty if there is no
   * bundle.
   *
   * @throws WriteConflictException if the stored bundle is another than the client expects
   */
  private static Optional<BundleRevision> expected(
      Bundles bundles, BundleId id, RouteRequest request) {
    Optional<BundleRevision> stored = bundles.find(id).map(BundleRevision::of);
    if (stored.isPresent()
        && validators(stored.get()).verdict(request.http()) != Validators.Verdict.PROCEED) {
      throw new WriteConflictException(id);
    }
    return stored;
  }

  private static Validators validators(BundleRevision revision) {
    return Validators.of(EntityTag.strong(revision.value()));
  }
}
