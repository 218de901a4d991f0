package dev.hotupdater.protocol.tauri;

import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.TestServer;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.fixture.CountingReleaseDatabase;
import dev.hotupdater.fixture.Seed;
import dev.hotupdater.release.Release;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked all the time reaches neither the database nor a storage. */
class WarmTauriCheckTest {
  private static final int CHECKS = 1_000;
  private static final Duration LONG = Duration.ofHours(1);
  private static final List<String> PATHS =
      List.of(
          "/my-app/linux/x86_64/1.0.0",
          "/my-app/linux-x86_64/1.2.0",
          "/my-app/linux/aarch64/deb/1.0.0",
          "/my-app/windows/x86_64/1.0.0?channel=beta",
          "/my-app/latest.json",
          "/my-app/beta/latest.json",
          "/other-app/latest.json");

  @Test
  void checksManifestsAndDownloads_askNothing(@TempDir Path directory) {
    Random random = Seed.random(WarmTauriCheckTest.class);
    CountingReleaseDatabase database = new CountingReleaseDatabase();
    try (UpdateServer server =
        new UpdateServer(
            directory,
            builder ->
                builder
                    .publicUrl(URI.create(UpdateServer.ADDRESS))
                    .database(database)
                    .freshness(Freshness.polling(LONG, LONG)),
            TauriUpdateRoutes.create())) {
      Release release =
          server.add(published("1.2.0", ready("linux/x86_64"), ready("linux/aarch64/deb")));
      List<String> paths = new ArrayList<>(PATHS);
      paths.add("/my-app/download/" + release.id() + "/linux/x86_64");
      paths.add("/my-app/download/" + release.id() + "/" + release.artifacts().get(1).id());
      server.add(published("1.3.0", ready("linux/x86_64")).rollout(Rollout.of(300)));
      paths.forEach(path -> TestServer.get(server.server(), path));
      int queries = database.calls();
      int storageCalls = server.cloud().calls();

      for (int i = 0; i < CHECKS; i++) {
        Map<String, String> headers =
            Map.of(
                "X-Install-Id",
                "installation-" + random.nextInt(),
                "User-Agent",
                random.nextBoolean() ? StrictTauriClient.VERSION_1 : StrictTauriClient.VERSION_2);
        String path = paths.get(random.nextInt(paths.size()));
        int status = TestServer.send(server.server(), "GET", path, headers, "").status();
        assertEquals(status, TestServer.send(server.server(), "GET", path, headers, "").status());
      }

      assertEquals(queries, database.calls());
      assertEquals(storageCalls, server.cloud().calls());
    }
  }
}
