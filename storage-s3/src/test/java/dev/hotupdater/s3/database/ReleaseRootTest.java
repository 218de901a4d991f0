package dev.hotupdater.s3.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReleaseRootTest {
  private static Revision revision(int number) {
    return new Revision(new UUID(1, number).toString());
  }

  /** A root in which every text is as long as it can be. */
  private static ReleaseRoot largest(int releases) {
    Map<AppId, AppEntry> apps = new TreeMap<>();
    AppId app = AppId.of("a".repeat(128));
    RecordName appRecord = RecordName.of("app", revision(0));
    apps.put(app, new AppEntry(app, Optional.of(Slug.of("s".repeat(40))), appRecord));
    Map<ReleaseId, ReleaseEntry> entries = new TreeMap<>();
    for (int i = 0; i < releases; i++) {
      ReleaseId id = new ReleaseId(new UUID(7, i).toString());
      String numbers = "1.0." + i + "-";
      ReleaseVersion version =
          ReleaseVersion.of(numbers + "b".repeat(ReleaseVersion.MAX_LENGTH - numbers.length()));
      RecordName record = RecordName.of("release " + i, revision(i));
      entries.put(id, new ReleaseEntry(id, app, "c".repeat(64), version, record));
    }
    ReleaseRoot root = ReleaseRoot.EMPTY;
    for (int i = 0; i < 100; i++) {
      root = root.next(revision(i), apps, entries);
    }
    return root;
  }

  @Test
  void root_withAThousandOfTheLargestReleases_isSmallerThanAMegabyte() {
    byte[] body = ReleaseRootJson.write(largest(1_000));

    System.out.println("ReleaseRootTest: 1,000 of the largest releases: " + body.length + " bytes");
    assertTrue(body.length < 1_000_000, () -> body.length + " bytes");
  }

  @Test
  void root_isReadBackAsItWas() {
    ReleaseRoot root = largest(10);

    assertEquals(root, ReleaseRootJson.read(ReleaseRootJson.write(root), "root.json"));
    assertEquals(
        ReleaseRoot.EMPTY, ReleaseRootJson.read(ReleaseRootJson.write(ReleaseRoot.EMPTY), "r"));
  }

  @Test
  void root_remembersTheLastCommits() {
    ReleaseRoot root = largest(1);

    assertEquals(revision(99), root.revision());
    assertTrue(root.hasBeenAt(revision(36)));
    assertFalse(root.hasBeenAt(revision(35)));
  }

  @Test
  void root_thatWouldBecomeTooLarge_isNotWritten() throws Exception {
    try (MetadataServer server = MetadataServer.start()) {
      RootObject object =
          new RootObject(
              new MetadataBucket(server.client(), server.bucket().name(), Duration.ofSeconds(10)),
              new MetadataLayout(""));

      DatabaseException e =
          assertThrows(
              DatabaseException.class, () -> object.replace(RootObject.State.NEW, largest(20_000)));

      assertTrue(String.valueOf(e.getMessage()).contains("Delete old releases"), e::toString);
      assertEquals(Optional.empty(), object.read().etag());
    }
  }
}
