package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.ConfigurationException;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.TestServer;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.fixture.CountingDatabase;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.CachePolicy;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Route;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.storage.StorageException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the groups are mounted, and their options. */
class TauriRoutesTest {
  private static final String REST = "/my-app/linux/x86_64/1.0.0";
  private static final Access OWNER = Access.bearerToken("a-token-of-the-owner");

  /** Management routes of releases as they are mounted beside those of clients. */
  private record Management(String path) implements RouteGroup {
    private static final List<String> ROUTES =
        List.of(
            "PUT /apps/:app_id/slug",
            "PUT /apps/:app_id/keys",
            "GET /apps/:app_id",
            "GET /apps/:app_id/releases",
            "POST /apps/:app_id/releases",
            "GET /apps/:app_id/releases/:release_id",
            "DELETE /apps/:app_id/releases/:release_id",
            "PATCH /apps/:app_id/releases/:release_id",
            "POST /apps/:app_id/releases/:release_id/publish",
            "POST /apps/:app_id/releases/:release_id/artifacts",
            "GET /apps/:app_id/releases/:release_id/artifacts/:artifact_id");

    @Override
    public String name() {
      return "management";
    }

    @Override
    public Access access() {
      return Access.delegated();
    }

    @Override
    public List<Route> routes(Backend backend) {
      return ROUTES.stream()
          .map(each -> each.split(" ", 2))
          .map(
              each ->
                  Route.of(
                      each[0],
                      path + each[1],
                      request -> HttpResponse.json(200, "\"" + String.join(" ", each) + "\"")))
          .toList();
    }
  }

  private static UpdateServer serve(Path directory, RouteGroup... groups) {
    return new UpdateServer(
        directory, builder -> builder.publicUrl(URI.create(UpdateServer.ADDRESS)), groups);
  }

  private static Answer get(UpdateServer server, String target) {
    return TestServer.get(server.server(), target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/sync/ota"})
  void managementAtTheSamePath_andClients_areNeverTakenForEachOther(
      String path, @TempDir Path directory) {
    List<List<RouteGroup>> orders =
        List.of(
            List.of(
                TauriUpdateRoutes.at(path),
                TauriExplainRoutes.at(path).protectedBy(OWNER),
                new Management(path),
                BundleRoutes.protectedBy(OWNER)),
            List.of(
                BundleRoutes.protectedBy(OWNER),
                new Management(path),
                TauriExplainRoutes.at(path).protectedBy(OWNER),
                TauriUpdateRoutes.at(path)));
    for (List<RouteGroup> groups : orders) {
      try (UpdateServer server = serve(directory, groups.toArray(RouteGroup[]::new))) {
        Release release = server.add(published("1.2.0", ready("linux/x86_64")));
        String id = release.id().value();

        Management.ROUTES.forEach(route -> assertManaged(server, path, route));
        Stream.of("/apps/a/explain", "/apps/latest/explain")
            .forEach(each -> assertEquals(401, get(server, path + each).status()));
        assertEquals(401, get(server, "/api/bundles").status());
        assertEquals(401, get(server, "/api/bundles/" + id).status());
        assertEquals(401, get(server, "/api/bundles/channels").status());
        assertEquals(200, get(server, "/version").status());
        assertEquals(403, get(server, "/files/bucket/key").status());
        assertEquals(200, get(server, path + REST).status());
        assertEquals(200, get(server, path + "/my-app/latest.json").status());
        assertEquals(200, get(server, path + "/my-app/stable/latest.json").status());
        assertEquals(302, get(server, path + "/my-app/download/" + id + "/linux/x86_64").status());
      }
    }
  }

  private static void assertManaged(UpdateServer server, String path, String route) {
    String method = route.substring(0, route.indexOf(' '));
    for (String word : List.of("my-app", "download", "latest.json", "1.0.0", "linux-x86_64")) {
      String target = path + route.substring(method.length() + 1).replaceAll(":[a-z_]+", word);
      assertEquals(
          "\"" + route + "\"",
          TestServer.send(server.server(), method, target, Map.of(), "").text(),
          target);
    }
  }

  @Test
  void basePathAndMount_areInTheAddress(@TempDir Path directory) {
    try (UpdateServer server =
        new UpdateServer(
            directory,
            builder -> builder.publicUrl(URI.create(UpdateServer.ADDRESS)).basePath("/ota"),
            TauriUpdateRoutes.at("/apps-of-us"))) {
      Release release = server.add(published("1.2.0", ready("linux/x86_64")));

      assertEquals(
          UpdateServer.ADDRESS
              + "/ota/apps-of-us/my-app/download/"
              + release.id()
              + "/linux/x86_64",
          get(server, "/ota/apps-of-us" + REST).json().path("url").asText());
    }
  }

  @Test
  void serverWithoutAddress_isAnsweredAsItIsReached(@TempDir Path directory) {
    try (UpdateServer server = new UpdateServer(directory, TauriUpdateRoutes.create())) {
      server.add(published("1.2.0", ready("linux/x86_64")));

      String url =
          new StrictTauriClient(server.web())
              .endpoint(UpdateServer.ADDRESS + "/my-app/{{target}}-{{arch}}/{{current_version}}")
              .check()
              .orElseThrow()
              .url()
              .toString();

      assertTrue(url.startsWith(UpdateServer.ADDRESS + "/my-app/download/"), url);
      // Without a request there is no address at all, which is for the operator to mend.
      assertEquals(500, get(server, REST).status());
      assertThrows(
          StorageException.class,
          () -> server.server().backend().storage().serverUrl(RequestContext.none()));
    }
  }

  @Test
  void cachePolicy_andHeaderAndChannel_areThoseThatWereChosen(@TempDir Path directory) {
    TauriUpdateRoutes routes =
        TauriUpdateRoutes.create()
            .cachePolicy(CachePolicy.maxAge(Duration.ofMinutes(1)))
            .installIdHeader("X-Device")
            .defaultChannel("beta");
    try (UpdateServer server = serve(directory, routes)) {
      server.add(
          published("1.2.0", ready("linux/x86_64"))
              .channel("beta")
              .rollout(Rollout.of(0))
              .targetCohorts(List.of(Cohort.defaultFor("me"))));
      server.add(published("1.1.0", ready("linux/x86_64")).channel("beta"));

      Answer answer = TestServer.send(server.server(), "GET", REST, Map.of("X-Device", "me"), "");

      assertEquals("1.2.0", answer.json().path("version").asText());
      assertEquals(Optional.of("max-age=60"), answer.headers().first("Cache-Control"));
      assertEquals(Optional.of("User-Agent, X-Device"), answer.headers().first("Vary"));
      assertEquals(
          Optional.of("max-age=60"),
          get(server, "/my-app/latest.json").headers().first("Cache-Control"));
      assertEquals("1.1.0", get(server, "/my-app/latest.json").json().path("version").asText());
      assertEquals(204, get(server, REST + "?channel=stable").status());
    }
  }

  @Test
  void privateApp_isForThoseWithAccess_alsoItsDownloads(@TempDir Path directory) {
    TauriUpdateRoutes routes =
        TauriUpdateRoutes.create()
            .cachePolicy(CachePolicy.maxAge(Duration.ofMinutes(1)))
            .requiresAccess(Access.custom(request -> request.header("X-License").isPresent()));
    try (UpdateServer server = serve(directory, routes)) {
      Release release = server.add(published("1.2.0", ready("linux/x86_64")));
      StrictTauriClient client =
          new StrictTauriClient(server.web())
              .endpoint(UpdateServer.ADDRESS + "/my-app/{{target}}/{{arch}}/{{current_version}}");

      assertEquals(401, get(server, REST).status());
      assertEquals(401, get(server, "/my-app/latest.json").status());
      assertEquals(401, get(server, "/my-app/download/" + release.id() + "/linux/x86_64").status());
      assertThrows(StrictTauriClient.Failed.class, client::check);
      assertTrue(client.header("X-License", "paid").check().isPresent());
      assertEquals(
          Optional.of("private, max-age=60"),
          TestServer.send(server.server(), "GET", REST, Map.of("X-License", "paid"), "")
              .headers()
              .first("Cache-Control"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "/api/", "/", "/:slug", "/a b", "/*all", "/a?b"})
  void path_thatIsNone_isRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> TauriUpdateRoutes.at(path));
    assertThrows(IllegalArgumentException.class, () -> TauriExplainRoutes.at(path));
  }

  @Test
  void optionThatIsNone_isRefused() {
    TauriUpdateRoutes routes = TauriUpdateRoutes.create();

    assertThrows(InvalidReleaseException.class, () -> routes.defaultChannel("a b"));
    assertThrows(IllegalArgumentException.class, () -> routes.installIdHeader("X Install"));
    assertThrows(IllegalArgumentException.class, () -> routes.installIdHeader("a, b"));
    assertDoesNotThrow(() -> routes.installIdHeader("X-Device"));
  }

  @Test
  void databaseWithoutReleases_isAProblemOfTheConfiguration() {
    for (RouteGroup group :
        List.of(TauriUpdateRoutes.create(), TauriExplainRoutes.at("").protectedBy(OWNER))) {
      assertThrows(
          ConfigurationException.class,
          () -> HotUpdater.builder().database(new CountingDatabase()).routes(group).build());
    }
  }

  /** A database that records releases, and cannot be reached. */
  private static final class AwayDatabase implements ReleaseDatabase {
    @Override
    public void check() {
      throw away();
    }

    @Override
    public BundleStore bundles(RequestContext context) {
      return InMemoryDatabase.create().bundles(context);
    }

    @Override
    public ReleaseStore releases(RequestContext context) {
      throw away();
    }

    private static DatabaseUnavailableException away() {
      return new DatabaseUnavailableException("away", new RuntimeException());
    }
  }

  @Test
  void databaseThatIsAway_letsClientsTryTheirNextEndpoint() {
    try (HotUpdater server =
        HotUpdater.builder()
            .database(new AwayDatabase())
            .routes(TauriUpdateRoutes.create())
            .build()) {
      for (String path : List.of(REST, "/my-app/latest.json", "/my-app/download/a/linux/x86_64")) {
        Answer answer = TestServer.get(server, path);
        assertEquals(503, answer.status(), path);
        assertTrue(answer.headers().first("Retry-After").isPresent());
      }
    }
  }
}
