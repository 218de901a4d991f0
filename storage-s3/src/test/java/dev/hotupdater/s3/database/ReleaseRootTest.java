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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    apps.put(app, new AppEntry(app, Optional.of("s".repeat(40)), appRecord));
    Map<ReleaseId, ReleaseEntry> entries = new TreeMap<>();
    for (int i = 0; i < releases; i++) {
      ReleaseId id = new ReleaseId(new UUID(7, i).toString());
      String numbers = "1.0." + i + "-";
      ReleaseVersion version =
          ReleaseVersion.of(numbers + "b".repeat(ReleaseVersion.MAX_LENGTH - numbers.length()));
      RecordName record = RecordName.of("release " + i, revision(i));
      entries.put(
          id, new ReleaseEntry(id, app.value(), "c".repeat(64), version.toString(), record));
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
  void root_remembersTheLastRecordsThatItDoesNotNameAnyMore() {
    Instant first = Instant.parse("2026-03-13T12:00:00.5Z");
    ReleaseRoot full = largest(ReleaseRoot.MAX_RETIRED);
    ReleaseRoot one = full.next(revision(1), full.apps(), largest(999).releases());
    ReleaseRoot none = full.next(revision(2), full.apps(), Map.of());

    ReleaseRoot afterOne = one.inPlaceOf(full, first);
    ReleaseRoot afterAll = none.inPlaceOf(afterOne, first.plusSeconds(60));

    RecordName last = RecordName.of("release 999", revision(999));
    assertEquals(Set.of(last), afterOne.retiredSince(first.minusSeconds(1)));
    assertEquals(Set.of(), afterOne.retiredSince(first.plusSeconds(1)));
    assertEquals(1_000, afterAll.retired().size());
    assertEquals(999, afterAll.retiredSince(first.plusSeconds(1)).size());
    assertEquals(afterAll, ReleaseRootJson.read(ReleaseRootJson.write(afterAll), "root.json"));
    ReleaseRoot afterMore =
        full.next(revision(3), Map.of(), full.releases()).inPlaceOf(afterAll, first);
    assertEquals(1_000, afterMore.retired().size());
  }

  /** As earlier versions have written it. */
  @Test
  void root_withoutRetiredRecords_isRead() {
    String root = new String(ReleaseRootJson.write(largest(1)), StandardCharsets.UTF_8);

    byte[] earlier = root.replace(",\"retired\":[]", "").getBytes(StandardCharsets.UTF_8);

    assertFalse(new String(earlier, StandardCharsets.UTF_8).contains("retired"));
    assertEquals(largest(1), ReleaseRootJson.read(earlier, "root.json"));
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
