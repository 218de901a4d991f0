package dev.hotupdater.protocol.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.HealthReport;
import dev.hotupdater.protocol.RouteGroup;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code GET /health}: 200 if the database and all storages can be used, else 503. The body says
 * which of them cannot, and nothing about why: that is in the log.
 */
public final class HealthRoutes implements RouteGroup {
  private static final double MILLIS = 1_000.0;

  private HealthRoutes() {}

  /** The group. */
  public static HealthRoutes create() {
    return new HealthRoutes();
  }

  @Override
  public String name() {
    return "health";
  }

  @Override
  public Access access() {
    return Access.delegated();
  }

  @Override
  public List<Route> routes(Backend backend) {
    return List.of(Route.of("GET", "/health", request -> answer(backend.health())));
  }

  private static HttpResponse answer(HealthReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", status(report.isHealthy()));
    json.put("database", status(report.database()));
    ObjectNode storages = json.putObject("storages");
    new TreeMap<>(report.storages()).forEach((name, usable) -> storages.put(name, status(usable)));
    report.catalogAge().ifPresent(age -> json.put("catalogAgeSeconds", age.toMillis() / MILLIS));
    return HttpResponse.status(report.isHealthy() ? 200 : 503)
        .header("Cache-Control", "no-store")
        .json(json.toString())
        .build();
  }

  private static String status(boolean usable) {
    return usable ? "ok" : "unavailable";
  }
}
