package dev.hotupdater.cleanup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.Revision;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCleanupTest {
  private static final Duration LONG_AGO = Duration.ofHours(25);
  private static final RequestContext NO_CONTEXT = RequestContext.none();
  private static final String GONE = "bundles/0198c0de-abcd-7000-8000-0000000000ff";
  private static final String HASH_1 = "11".repeat(32);
  private static final String HASH_2 = "22".repeat(32);

  @TempDir private Path directory;

  private FileStorage storage;
  private HotUpdater updater;
  private StorageCleanup cleanup;

  @BeforeEach
  void start() throws IOException {
    storage = FileStorage.at(directory);
    updater = HotUpdater.builder().database(InMemoryDatabase.create()).storage(storage).build();
    cleanup = StorageCleanup.of(updater.backend());
    publish(1, HASH_1);
  }

  @AfterEach
  void stop() {
    updater.close();
  }

  @Test
  void find_objectOfNoBundle_namesItAndDeletesNothing() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);

    CleanupReport report = cleanup.find();

    assertEquals(Set.of(orphan), uris(report));
    assertEquals(4, report.unreferencedBytes());
    assertTrue(exists(orphan));
  }

  @Test
  void delete_objectOfNoBundle_deletesItAlone() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);

    CleanupReport report = cleanup.delete();

    assertEquals(Set.of(orphan), uris(report));
    assertEquals(3, report.referenced());
    assertTrue(report.failures().isEmpty());
    assertFalse(exists(orphan));
    assertEquals(Set.of(), uris(cleanup.find()));
    assertTrue(exists(asset(HASH_1)));
  }

  @Test
  void delete_youngObject_keepsIt() throws IOException {
    StorageUri young = write(GONE + "/bundle.zip", Duration.ofHours(23));

    CleanupReport report = cleanup.delete();

    assertEquals(Set.of(), uris(report));
    assertEquals(1, report.young());
    assertTrue(exists(young));
  }

  @Test
  void delete_assetThatAnotherBundleStillNames_keepsIt() throws IOException {
    publish(2, HASH_1, HASH_2);
    updater.bundles().delete(id(2));

    cleanup.delete();

    assertTrue(exists(asset(HASH_1)));
    assertFalse(exists(asset(HASH_2)));
    assertFalse(exists(uri("bundles/" + id(2) + "/manifest.json")));
  }

  @Test
  void delete_assetOfADisabledBundle_keepsIt() throws IOException {
    updater
        .bundles()
        .publish(updater.bundles().find(id(1)).orElseThrow().toBuilder().enabled(false).build());

    assertEquals(Set.of(), uris(cleanup.delete()));
  }

  @Test
  void delete_patchOfABundle_keepsIt() throws IOException {
    publish(2, HASH_2);
    StorageUri patch = write("bundles/" + id(2) + "/patches/" + id(1) + "/a.bsdiff", LONG_AGO);
    BundlePatch recorded = new BundlePatch(id(1), HASH_1, HASH_2, patch.toString());
    updater
        .bundles()
        .publish(
            updater.bundles().find(id(2)).orElseThrow().toBuilder()
                .patches(List.of(recorded))
                .build());

    assertEquals(Set.of(), uris(cleanup.delete()));
  }

  @Test
  void delete_manifestThatIsMissing_keepsEverything() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    storage.delete(uri("bundles/" + id(1) + "/manifest.json"), NO_CONTEXT);

    StorageException failure = assertThrows(StorageException.class, cleanup::delete);

    assertTrue(String.valueOf(failure.getMessage()).contains(id(1).toString()));
    assertTrue(exists(orphan));
    assertTrue(exists(asset(HASH_1)));
  }

  @Test
  void delete_manifestThatIsNone_keepsEverything() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    write("bundles/" + id(1) + "/manifest.json", "{\"assets\":", LONG_AGO);

    assertThrows(StorageException.class, cleanup::delete);

    assertTrue(exists(orphan));
  }

  @Test
  void delete_bundleWhoseFilesAreElsewhere_needsNoManifest() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    updater
        .bundles()
        .publish(
            bundle(3)
                .storageUri("https://elsewhere.example/a.zip")
                .manifestStorageUri(Optional.of("https://elsewhere.example/manifest.json"))
                .manifestFileHash(Optional.of(HASH_1))
                .assetBaseStorageUri(Optional.of("https://elsewhere.example/assets"))
                .build());

    assertEquals(Set.of(orphan), uris(cleanup.delete()));
  }

  @Test
  void delete_objectOutsideTheFoldersOfBundles_keepsIt() throws IOException {
    StorageUri other = write("reports/bundles/a.zip", LONG_AGO);

    assertEquals(Set.of(), uris(cleanup.delete()));
    assertTrue(exists(other));
  }

  @Test
  void delete_folderOfBundlesThatIsNoBundle_keepsIt() throws IOException {
    StorageUri metadata = write("bundles/ios/1.x/update.json", LONG_AGO);

    assertEquals(Set.of(), uris(cleanup.delete()));
    assertTrue(exists(metadata));
  }

  @Test
  void delete_objectThatIsKnownUnderAnotherSchemeOrAddress_keepsIt() throws IOException {
    StorageUri first = write(GONE + "/first.zip", LONG_AGO);
    StorageUri second = write(GONE + "/second.zip", LONG_AGO);
    updater.bundles().publish(bundle(5).storageUri("r2://updates/" + GONE + "/first.zip").build());
    updater
        .bundles()
        .publish(bundle(6).storageUri("https://cdn.example/x/" + GONE + "/second.zip").build());

    assertEquals(Set.of(), uris(cleanup.delete()));
    assertTrue(exists(first) && exists(second));
  }

  @Test
  void delete_assetsOfABundleWhoseFilesAreElsewhere_keepsAllAssets() throws IOException {
    StorageUri asset = write(assetKey(HASH_2), LONG_AGO);
    updater
        .bundles()
        .publish(
            bundle(3)
                .storageUri("r2://updates/bundles/" + id(3) + "/a.zip")
                .manifestStorageUri(Optional.of("r2://updates/bundles/" + id(3) + "/m.json"))
                .manifestFileHash(Optional.of(HASH_1))
                .assetBaseStorageUri(Optional.of("r2://updates/assets"))
                .build());

    assertEquals(Set.of(), uris(cleanup.delete()));
    assertTrue(exists(asset));
  }

  @Test
  void delete_databaseWithBundlesThatCannotBeRead_keepsEverything() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    try (HotUpdater other =
        HotUpdater.builder().database(new HalfReadable()).storage(storage).build()) {
      StorageCleanup ofOther = StorageCleanup.of(other.backend());

      assertThrows(StorageException.class, ofOther::delete);
      assertTrue(exists(orphan));
    }
  }

  @Test
  void delete_storageThatGoesAway_reportsWhatIsLeft() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    HookedStorage hooked = new HookedStorage(storage);
    hooked.goAway();
    try (HotUpdater other = HotUpdater.builder().database(database()).storage(hooked).build()) {
      publish(other, 1, HASH_1);

      CleanupReport report = StorageCleanup.of(other.backend()).delete();

      assertEquals(Set.of(orphan), report.failures().keySet());
      assertTrue(exists(orphan));
    }
  }

  @Test
  void delete_databaseWithoutBundles_keepsEverything() throws IOException {
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    updater.bundles().delete(id(1));

    assertThrows(StorageException.class, cleanup::delete);

    assertTrue(exists(orphan));
  }

  @Test
  void delete_keyThatDiffersInCaseAlone_keepsIt() throws IOException {
    StorageUri object = write(GONE + "/Bundle.zip", LONG_AGO);
    updater.bundles().publish(bundle(4).storageUri(uri(GONE + "/bundle.zip").toString()).build());

    cleanup.delete();

    assertTrue(exists(object));
  }

  @Test
  void minimumAge_shorterThanADay_isRefused() {
    StorageCleanup.Builder builder = StorageCleanup.builder(updater.backend());

    assertThrows(IllegalArgumentException.class, () -> builder.minimumAge(Duration.ofHours(23)));
  }

  @Test
  void minimumAge_longer_keepsWhatIsYounger() throws IOException {
    write(GONE + "/bundle.zip", LONG_AGO);

    CleanupReport report =
        StorageCleanup.builder(updater.backend()).minimumAge(Duration.ofDays(7)).build().delete();

    assertEquals(1, report.young());
    assertEquals(Set.of(), uris(report));
  }

  @Test
  void delete_assetThatIsUsedAgainWhileObjectsAreListed_keepsIt() throws IOException {
    StorageUri asset = write(assetKey(HASH_2), LONG_AGO);
    HookedStorage hooked = new HookedStorage(storage);
    try (HotUpdater other = HotUpdater.builder().database(database()).storage(hooked).build()) {
      publish(other, 1, HASH_1);
      hooked.afterListing(() -> publish(other, 2, HASH_2));

      CleanupReport report = StorageCleanup.of(other.backend()).delete();

      assertEquals(Set.of(), uris(report));
      assertTrue(exists(asset));
    }
  }

  @Test
  void delete_objectsThatCannotBeDeleted_areReportedAndTheOthersGone() throws IOException {
    StorageUri stubborn = write(GONE + "/stubborn.zip", LONG_AGO);
    StorageUri orphan = write(GONE + "/bundle.zip", LONG_AGO);
    HookedStorage hooked = new HookedStorage(storage);
    hooked.refuseToDelete(stubborn);
    try (HotUpdater other = HotUpdater.builder().database(database()).storage(hooked).build()) {
      publish(other, 1, HASH_1);

      CleanupReport report = StorageCleanup.of(other.backend()).delete();

      assertEquals(Set.of(stubborn), report.failures().keySet());
      assertTrue(exists(stubborn));
      assertFalse(exists(orphan));
    }
  }

  private static InMemoryDatabase database() {
    return InMemoryDatabase.create();
  }

  private void publish(int number, String... hashes) throws IOException {
    publish(updater, number, hashes);
  }

  private void publish(HotUpdater server, int number, String... hashes) {
    try {
      StringBuilder assets = new StringBuilder();
      for (String hash : hashes) {
        write(assetKey(hash), LONG_AGO);
        assets
            .append(assets.isEmpty() ? "" : ",")
            .append("\"files/" + hash + ".png\":{\"fileHash\":\"" + hash + "\"}");
      }
      StorageUri archive = write("bundles/" + id(number) + "/bundle.zip", LONG_AGO);
      StorageUri manifest =
          write(
              "bundles/" + id(number) + "/manifest.json",
              "{\"bundleId\":\"" + id(number) + "\",\"assets\":{" + assets + "}}",
              LONG_AGO);
      server
          .bundles()
          .publish(
              bundle(number)
                  .storageUri(archive.toString())
                  .manifestStorageUri(Optional.of(manifest.toString()))
                  .manifestFileHash(Optional.of(HASH_1))
                  .assetBaseStorageUri(Optional.of("local://updates/assets"))
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bundle.Builder bundle(int number) {
    return Bundle.builder()
        .id(id(number))
        .platform(Platform.IOS)
        .targetAppVersion(Optional.of("1.0.0"))
        .fileHash(HASH_1);
  }

  private static BundleId id(int number) {
    return BundleId.of("0198c0de-abcd-7000-8000-00000000000" + number);
  }

  private static String assetKey(String hash) {
    return "assets/sha256/" + hash.substring(0, 2) + "/" + hash + ".png";
  }

  private static StorageUri asset(String hash) {
    return uri(assetKey(hash));
  }

  private static StorageUri uri(String key) {
    return new StorageUri("local", "updates", key);
  }

  private StorageUri write(String key, Duration age) throws IOException {
    return write(key, "text", age);
  }

  private StorageUri write(String key, String text, Duration age) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    StorageUri written =
        storage.write(
            ObjectKey.of(key),
            new ByteArrayInputStream(bytes),
            bytes.length,
            "application/octet-stream",
            NO_CONTEXT);
    Files.setLastModifiedTime(directory.resolve(key), FileTime.from(Instant.now().minus(age)));
    return written;
  }

  private boolean exists(StorageUri uri) {
    return storage.exists(uri, NO_CONTEXT);
  }

  private static Set<StorageUri> uris(CleanupReport report) {
    return report.unreferenced().stream().map(ObjectSummary::uri).collect(Collectors.toSet());
  }

  /** A database with one good bundle and one that makes no sense. */
  private static final class HalfReadable implements Database {
    private final Database database = InMemoryDatabase.create();

    HalfReadable() {
      database
          .bundles(NO_CONTEXT)
          .commit(List.of(BundleWrite.put(bundle(1).storageUri("local://updates/a.zip").build())));
    }

    @Override
    public void check() {}

    @Override
    public BundleStore bundles(RequestContext context) {
      BundleStore store = database.bundles(context);
      return new BundleStore() {
        @Override
        public BundleSnapshot snapshot() {
          BundleSnapshot all = store.snapshot();
          return new BundleSnapshot(all.revision(), all.bundles(), 1);
        }

        @Override
        public Revision revision() {
          return store.revision();
        }

        @Override
        public void commit(List<BundleWrite> writes) {
          store.commit(writes);
        }
      };
    }
  }
}
