package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A server with the releases of one desktop app in memory, twelve artifacts each. */
public final class MemoryReleases {
  private static final Instant TIME = Instant.parse("2026-03-13T12:00:00Z");
  private static final AppId APP = AppId.of("com.example.desktop");
  private static final Slug SLUG = Slug.of("desktop");
  private static final String SIGNATURE = "c2lnbmF0dXJl".repeat(34);
  private static final List<ArtifactTarget> TARGETS = targets();

  private MemoryReleases() {}

  private static List<ArtifactTarget> targets() {
    List<ArtifactTarget> targets = new ArrayList<>();
    for (String arch : List.of("x86_64", "aarch64")) {
      for (String type : List.of("appimage", "deb", "rpm")) {
        targets.add(target("linux", arch, type));
      }
      targets.add(target("darwin", arch, "app"));
      targets.add(target("windows", arch, "nsis"));
      targets.add(target("windows", arch, "msi"));
    }
    return targets;
  }

  private static ArtifactTarget target(String system, String arch, String bundleType) {
    return new ArtifactTarget(system, arch, Optional.of(bundleType), Optional.empty());
  }

  /** A builder for a server with so many releases, which nobody changes. */
  public static HotUpdaterBuilder with(int releases) {
    InMemoryDatabase database = InMemoryDatabase.create();
    List<ReleaseWrite> writes = new ArrayList<>();
    writes.add(ReleaseWrite.create(App.create(APP, TIME).withSlug(SLUG)));
    for (int number = 1; number <= releases; number++) {
      writes.add(ReleaseWrite.create(release(number)));
    }
    database.releases(RequestContext.none()).commit(writes);
    return HotUpdater.builder()
        .database(database)
        .freshness(MemoryServer.AT_REST)
        .withoutUpdateChecks();
  }

  private static Release release(int number) {
    List<Artifact> artifacts = new ArrayList<>();
    for (ArtifactTarget target : TARGETS) {
      artifacts.add(
          new Artifact(
              id(1_000L * number + artifacts.size()),
              target,
              ArtifactState.READY,
              50_000_000,
              "local://updates/releases/" + number + "/" + target,
              Optional.of("ab".repeat(32)),
              Optional.empty(),
              List.of(new ArtifactSignature(SIGNATURE, Optional.empty())),
              TIME,
              TIME,
              Metadata.empty()));
    }
    return Release.builder(id(number), APP, version(number), TIME)
        .notes("Release " + number)
        .artifacts(artifacts)
        .build()
        .published(TIME);
  }

  private static ReleaseId id(long number) {
    return ReleaseId.parse(new UUID(0, number).toString()).orElseThrow();
  }

  private static ReleaseVersion version(int number) {
    return ReleaseVersion.of("1." + number + ".0");
  }

  /** What a client asks: every other one has the newest release. */
  public static String path(int client, int releases) {
    ArtifactTarget target = TARGETS.get(client % TARGETS.size());
    int version = client % 2 == 0 ? releases : client % releases;
    return "/desktop/"
        + target.target()
        + "/"
        + target.arch()
        + "/"
        + target.bundleType().orElseThrow()
        + "/"
        + version(version);
  }
}
