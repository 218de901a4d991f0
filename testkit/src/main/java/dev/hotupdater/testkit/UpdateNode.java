package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.database.Database;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.HealthReport;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One server of several, asked by method and over HTTP. */
final class UpdateNode implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HotUpdater server;

  private UpdateNode(HotUpdater server) {
    this.server = server;
  }

  static UpdateNode start(Database database, Freshness freshness) {
    return new UpdateNode(
        HotUpdater.builder()
            .database(database)
            .freshness(freshness)
            .routes(BundleRoutes.protectedBy(Access.delegated()))
            .build());
  }

  Bundles bundles() {
    return server.bundles();
  }

  HealthReport health() {
    return server.health();
  }

  /** What the device is told by method. */
  Verdict decide(UpdateCheck check) {
    return Verdict.of(bundles().decide(check));
  }

  /** What the device is told over HTTP, which must work. */
  Verdict get(UpdateCheck check) {
    Answer answer = send("GET", path(check), "");
    assertEquals(200, answer.status(), answer::body);
    try {
      return Verdict.of(MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  /** The status of the answer to a device. */
  int statusOf(UpdateCheck check) {
    return send("GET", path(check), "").status();
  }

  /** Publishes over HTTP and returns the status of the answer. */
  int post(Bundle bundle) {
    return send("POST", "/api/bundles", BundleJson.write(bundle).toString()).status();
  }

  /** Deletes over HTTP and returns the status of the answer. */
  int delete(BundleId id) {
    return send("DELETE", "/api/bundles/" + id, "").status();
  }

  private record Answer(int status, String body) {}

  private Answer send(String method, String path, String body) {
    HttpResponse response =
        server.handle(
            HttpRequest.builder(method, path)
                .body(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                .build());
    try (var content = response.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      content.writeTo(bytes);
      return new Answer(response.status(), bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The channels, versions and cohorts of the tests need no escaping. */
  private static String path(UpdateCheck check) {
    String build =
        check.build() instanceof UpdateCheck.Build.Version
            ? "/app-version/"
                + check.platform()
                + '/'
                + ((UpdateCheck.Build.Version) check.build()).text()
            : "/fingerprint/"
                + check.platform()
                + '/'
                + ((UpdateCheck.Build.Fingerprint) check.build()).hash();
    return build
        + '/'
        + check.channel()
        + '/'
        + check.minBundleId()
        + '/'
        + check.bundleId()
        + check.cohort().map(cohort -> "/" + cohort).orElse("");
  }

  @Override
  public void close() {
    server.close();
  }
}
