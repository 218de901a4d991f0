package dev.hotupdater.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.hotupdater.UpdateInfo;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.AssetPatch;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.ChangedAsset;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlePatchesTest {
  private static final RequestContext NONE = RequestContext.none();

  @TempDir private Path directory;

  private final Random random = Samples.random(getClass());
  private final byte[] first = Samples.randomBytes(random, 20_000);
  private final byte[] second = Samples.edited(random, first, 10);
  private final byte[] third = Samples.edited(random, second, 10);
  private final Database database = InMemoryDatabase.create();
  private final BundlePatches patches = BundlePatches.create();

  private FileStorage files;
  private HookedStorage hooked;
  private Publisher publisher;
  private HotUpdater server;

  @BeforeEach
  void start() {
    files = FileStorage.at(directory);
    hooked = new HookedStorage(files);
    publisher = new Publisher(files);
    server = server(files);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HotUpdater server(Storage storage) {
    return HotUpdater.builder()
        .database(database)
        .storage(storage)
        .publicUrl(URI.create("https://updates.example.com"))
        .build();
  }

  @Test
  void make_brotliScripts_updateAnswerCarriesAPatchThatGivesTheTarget() throws IOException {
    byte[] base = Samples.golden("old.hbc");
    byte[] target = Samples.golden("new.hbc");
    publish(publisher.brotli(1, base, Samples.golden("old.hbc.br")));
    publish(publisher.brotli(2, target, Samples.golden("new.hbc.br")));

    PatchReport report = patches.make(server.backend(), Publisher.id(2), NONE).orElseThrow();

    PatchOutcome.Made made = assertInstanceOf(PatchOutcome.Made.class, report.outcomes().get(0));
    assertEquals(1, report.outcomes().size());
    assertEquals(Samples.golden("new.hbc.br").length, made.fullSize());
    assertEquals(
        "local://updates/bundles/"
            + Publisher.id(2)
            + "/patches/"
            + Publisher.id(1)
            + "/index.ios.bundle.bsdiff",
        made.patch().patchStorageUri());
    AssetPatch offered = offeredPatch(Publisher.id(1), Publisher.BROTLI_SCRIPT).orElseThrow();
    byte[] patch = download(offered.patchUrl());
    assertEquals(made.size(), patch.length);
    assertEquals(Publisher.id(1), offered.baseBundleId());
    assertEquals(Sha256.of(base), offered.baseFileHash());
    assertEquals(Sha256.of(patch), offered.patchFileHash());
    assertArrayEquals(target, Bspatch.apply(base, patch, target.length));
  }

  @Test
  void make_scriptInAFolder_keepsTheFolderInTheKey() {
    publisher.plain(1, first);
    publisher.plain(2, second);
    publish(publisher.withManifest(1, Map.of("js/app.bundle", Sha256.of(first))));
    publish(publisher.withManifest(2, Map.of("js/app.bundle", Sha256.of(second))));

    PatchOutcome.Made made = made(2, 1);

    assertTrue(
        made.patch()
            .patchStorageUri()
            .endsWith("/patches/" + Publisher.id(1) + "/js/app.bundle.bsdiff"));
  }

  @Test
  void make_manyOlderBundles_takesTheNewestThatAreCompatible() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, first).targetAppVersion(Optional.of(">=1.4.0 <3")));
    publish(publisher.plain(3, first));
    publish(publisher.plain(4, first).enabled(false));
    publish(publisher.plain(5, first).channel("beta"));
    publish(publisher.plain(6, first).platform(Platform.ANDROID));
    publish(publisher.plain(7, first).targetAppVersion(Optional.of("2.x")));
    publish(Publisher.withoutManifest(8));
    publish(publisher.plain(10, first));
    publish(publisher.plain(9, second));

    assertEquals(List.of(3, 2, 1), basesOf(patches, 9));
    assertEquals(List.of(3), basesOf(BundlePatches.builder().bases(1).build(), 9));
  }

  @Test
  void make_fingerprint_takesThoseOfTheSameFingerprint() {
    publish(publisher.plain(1, first).fingerprintHash(Optional.of("f1")));
    publish(publisher.plain(2, first).fingerprintHash(Optional.of("f2")));
    publish(publisher.plain(3, first));
    publish(publisher.plain(4, second).fingerprintHash(Optional.of("f1")));

    assertEquals(List.of(1), basesOf(patches, 4));
  }

  @Test
  void make_moreIncompatibleBundlesThanOnAPage_findsTheOneBehindThem() {
    publish(publisher.plain(1, first));
    List<Bundle> others = new ArrayList<>();
    for (int number = 2; number < 250; number++) {
      others.add(Publisher.withoutManifest(number).targetAppVersion(Optional.of("2.x")).build());
    }
    server.bundles().publish(others);
    publish(publisher.plain(300, second));

    assertEquals(List.of(1), basesOf(patches, 300));
  }

  @Test
  void make_again_keepsOtherPatchesAndReplacesItsOwnNewestBaseFirst() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    publish(publisher.plain(3, third));
    BundlePatch foreign = new BundlePatch(Publisher.id(1), "base", "patch", "s3://b/foreign");
    server
        .bundles()
        .change(Publisher.id(3), BundleChange.of(bundle -> bundle.patches(List.of(foreign))));

    BundlePatch fromSecond = made(3, 2).patch();
    assertEquals(List.of(fromSecond, foreign), recorded(3));

    BundlePatch fromFirst = made(3, 1).patch();
    assertEquals(List.of(fromSecond, fromFirst), recorded(3));

    patches.make(server.backend(), Publisher.id(3), NONE);
    assertEquals(List.of(fromSecond, fromFirst), recorded(3));
  }

  @Test
  void make_unknownBundles_saysSo() {
    publish(publisher.plain(2, second));

    assertEquals(Optional.empty(), patches.make(server.backend(), Publisher.id(9), NONE));
    assertEquals(SkipReason.UNKNOWN_BUNDLE, skipped(2, 9));
    assertEquals(SkipReason.UNKNOWN_BUNDLE, skipped(9, 2));
    assertEquals(List.of(), basesOf(patches, 2));
  }

  @Test
  void make_bundlesThatDoNotFit_areSkipped() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    publish(publisher.plain(3, first).platform(Platform.ANDROID));
    publish(publisher.plain(4, second));
    publish(publisher.brotli(5, first, new byte[0]));

    assertEquals(SkipReason.NOT_OLDER, skipped(1, 2));
    assertEquals(SkipReason.NOT_OLDER, skipped(2, 2));
    assertEquals(SkipReason.OTHER_PLATFORM, skipped(4, 3));
    assertEquals(SkipReason.UNCHANGED, skipped(4, 2));
    requireNothingStored();
  }

  @Test
  void make_scriptsAtDifferentPaths_isSkipped() {
    publish(publisher.plain(1, first));
    publish(publisher.brotli(2, Samples.golden("new.hbc"), Samples.golden("new.hbc.br")));

    assertEquals(SkipReason.OTHER_SCRIPT_PATH, skipped(2, 1));
    requireNothingStored();
  }

  @Test
  void make_withoutManifest_isSkipped() {
    publish(Publisher.withoutManifest(1));
    publish(publisher.plain(2, second));
    publish(Publisher.withoutManifest(3));
    Bundle lost = publisher.plain(4, third).build();
    files.delete(StorageUri.parse(lost.manifestStorageUri().orElseThrow()).orElseThrow(), NONE);
    publish(lost.toBuilder());

    assertEquals(SkipReason.NO_MANIFEST, skipped(2, 1));
    assertEquals(SkipReason.NO_MANIFEST, skipped(3, 2));
    assertEquals(SkipReason.NO_MANIFEST, skipped(4, 2));
    requireNothingStored();
  }

  @Test
  void make_manifestThatIsNotTheOnePublished_isSkipped() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second).manifestFileHash(Optional.of("0".repeat(64))));
    byte[] text = {'{', '}'};
    publisher.write("bundles/3.json", text);
    publish(
        publisher
            .plain(3, second)
            .manifestStorageUri(Optional.of("local://updates/bundles/3.json"))
            .manifestFileHash(Optional.of(Sha256.of(text))));
    publish(
        publisher.plain(4, second).manifestStorageUri(Optional.of("s3://elsewhere/manifest.json")));

    assertEquals(SkipReason.BAD_MANIFEST, skipped(2, 1));
    assertEquals(SkipReason.BAD_MANIFEST, skipped(3, 1));
    assertEquals(SkipReason.BAD_MANIFEST, skipped(4, 1));
    requireNothingStored();
  }

  @Test
  void make_signedManifest_isAccepted() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second).manifestFileHash(Optional.of("sig:TWFkZSB1cA==")));

    made(2, 1);
  }

  @Test
  void make_fileThatIsNotTheOneListed_isSkipped() {
    publish(publisher.plain(1, first));
    Bundle.Builder target = publisher.plain(2, second);
    String hash = Sha256.of(second);
    publisher.write("assets/sha256/" + hash.substring(0, 2) + "/" + hash + ".bundle", third);
    publish(target);
    publish(publisher.brotli(3, first, Samples.golden("old.hbc.br")));
    publish(publisher.brotli(4, third, third));

    assertEquals(SkipReason.BAD_FILE, skipped(2, 1));
    assertEquals(SkipReason.BAD_FILE, skipped(4, 3));
    requireNothingStored();
  }

  @Test
  void make_missingFile_isSkipped() {
    publish(publisher.plain(1, first));
    publish(publisher.withManifest(2, Map.of(Publisher.PLAIN_SCRIPT, Sha256.of(second))));
    publish(publisher.plain(3, third));

    assertEquals(SkipReason.FILE_MISSING, skipped(2, 1));
    assertEquals(SkipReason.FILE_MISSING, skipped(3, 2));
    requireNothingStored();
  }

  @Test
  void make_notOneScript_isSkipped() {
    publish(publisher.plain(1, first));
    publish(
        publisher.withManifest(
            2, Map.of("a.bundle", Sha256.of(first), "b.bundle", Sha256.of(second))));
    publish(publisher.withManifest(3, Map.of("logo.png", Sha256.of(first))));

    assertEquals(SkipReason.NOT_ONE_SCRIPT, skipped(2, 1));
    assertEquals(SkipReason.NOT_ONE_SCRIPT, skipped(3, 1));
    requireNothingStored();
  }

  @Test
  void make_scriptsThatShareNothing_isSkippedAsNotSmaller() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, Samples.randomBytes(random, 5_000)));

    assertEquals(SkipReason.NOT_SMALLER, skipped(2, 1));
    requireNothingStored();
  }

  @Test
  void make_fileLargerThanAllowed_isSkipped() {
    publish(publisher.plain(1, Arrays.copyOf(first, 999)));
    publish(publisher.plain(2, Arrays.copyOf(first, 1_000)));
    publish(publisher.plain(3, Arrays.copyOf(first, 1_001)));
    BundlePatches small = BundlePatches.builder().maxFileSize(1_000).build();

    assertInstanceOf(PatchOutcome.Made.class, make(small, 2, 1));
    assertEquals(
        SkipReason.TOO_LARGE,
        assertInstanceOf(PatchOutcome.Skipped.class, make(small, 3, 1)).reason());
  }

  @Test
  void make_brotliFileThatUnpacksToMoreThanAllowed_isSkipped() {
    publish(publisher.brotli(1, Samples.golden("old.hbc"), Samples.golden("old.hbc.br")));
    publish(publisher.brotli(2, Samples.golden("new.hbc"), Samples.golden("new.hbc.br")));
    BundlePatches small = BundlePatches.builder().maxFileSize(2_000).build();

    assertEquals(
        SkipReason.TOO_LARGE,
        assertInstanceOf(PatchOutcome.Skipped.class, make(small, 2, 1)).reason());
    requireNothingStored();
  }

  @Test
  void make_storageThatCannotBeWrittenTo_isSkipped() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    try (HotUpdater reader = server(new ReadOnly(files))) {
      PatchOutcome outcome = patches.make(reader.backend(), Publisher.id(2), Publisher.id(1), NONE);
      assertEquals(
          SkipReason.NO_WRITABLE_STORAGE,
          assertInstanceOf(PatchOutcome.Skipped.class, outcome).reason());
    }
  }

  @Test
  void make_storageThatIsAway_throwsAndRecordsNothing() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    hooked.onOpen(
        uri -> {
          throw new StorageUnavailableException("of the test");
        });
    try (HotUpdater unlucky = server(hooked)) {
      assertThrows(
          StorageUnavailableException.class,
          () -> patches.make(unlucky.backend(), Publisher.id(2), NONE));
    }
    requireNothingStored();
  }

  @Test
  void make_oneBaseThatCannotBeUsed_leavesTheOthersAlone() {
    publish(publisher.plain(1, first));
    publish(publisher.withManifest(2, Map.of(Publisher.PLAIN_SCRIPT, Sha256.of(third))));
    publish(publisher.plain(3, second));

    List<PatchOutcome> outcomes =
        patches.make(server.backend(), Publisher.id(3), NONE).orElseThrow().outcomes();

    assertInstanceOf(PatchOutcome.Skipped.class, outcomes.get(0));
    assertInstanceOf(PatchOutcome.Made.class, outcomes.get(1));
  }

  @Test
  void make_targetPublishedAnewMeanwhile_recordsNothing() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    onOpenOf(first, () -> publish(publisher.plain(2, third)));
    try (HotUpdater slow = server(hooked)) {
      assertEquals(SkipReason.CHANGED_MEANWHILE, skipped(slow, 2, 1));
    }
    assertEquals(List.of(), recorded(2));
  }

  @Test
  void make_bundleDeletedMeanwhile_recordsNothing() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    publish(publisher.plain(3, third));
    try (HotUpdater slow = server(hooked)) {
      onOpenOf(first, () -> server.bundles().delete(Publisher.id(1)));
      assertEquals(SkipReason.CHANGED_MEANWHILE, skipped(slow, 2, 1));
      onOpenOf(second, () -> server.bundles().delete(Publisher.id(3)));
      assertEquals(SkipReason.CHANGED_MEANWHILE, skipped(slow, 3, 2));
    }
    assertEquals(List.of(), recorded(2));
  }

  @Test
  void make_otherFieldsChangedMeanwhile_keepsThem() {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    onOpenOf(
        first,
        () ->
            server
                .bundles()
                .change(
                    Publisher.id(2),
                    BundleChange.of(bundle -> bundle.message(Optional.of("meanwhile")))));
    try (HotUpdater slow = server(hooked)) {
      assertInstanceOf(
          PatchOutcome.Made.class,
          patches.make(slow.backend(), Publisher.id(2), Publisher.id(1), NONE));
    }
    Bundle changed = server.bundles().find(Publisher.id(2)).orElseThrow();
    assertEquals(Optional.of("meanwhile"), changed.message());
    assertEquals(1, changed.patches().size());
  }

  @Test
  void make_onTwoServersAtOnce_endsInOneRecordForEachBase() throws Exception {
    publish(publisher.plain(1, first));
    publish(publisher.plain(2, second));
    publish(publisher.plain(3, third));
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (HotUpdater other = server(FileStorage.at(directory))) {
      List<Future<PatchReport>> reports = new ArrayList<>();
      for (HotUpdater one : List.of(server, other)) {
        reports.add(
            threads.submit(
                () -> {
                  start.await();
                  return BundlePatches.create()
                      .make(one.backend(), Publisher.id(3), NONE)
                      .orElseThrow();
                }));
      }
      assertEquals(reports.get(0).get(), reports.get(1).get());
    } finally {
      threads.shutdownNow();
    }
    assertEquals(
        List.of(Publisher.id(2), Publisher.id(1)),
        recorded(3).stream().map(BundlePatch::baseBundleId).toList());
  }

  @Test
  void builder_numbersOutOfRange_areRefused() {
    BundlePatches.Builder builder = BundlePatches.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.bases(0));
    assertThrows(IllegalArgumentException.class, () -> builder.maxFileSize(0));
    assertThrows(IllegalArgumentException.class, () -> builder.maxFileSize(Integer.MAX_VALUE));
  }

  private void publish(Bundle.Builder bundle) {
    server.bundles().publish(bundle.build());
  }

  private void onOpenOf(byte[] script, Runnable action) {
    hooked.onOpen(
        uri -> {
          if (uri.key().contains(Sha256.of(script))) {
            hooked.onOpen(u -> {});
            action.run();
          }
        });
  }

  private PatchOutcome make(BundlePatches patches, int target, int base) {
    return patches.make(server.backend(), Publisher.id(target), Publisher.id(base), NONE);
  }

  private PatchOutcome.Made made(int target, int base) {
    return assertInstanceOf(PatchOutcome.Made.class, make(patches, target, base));
  }

  private SkipReason skipped(int target, int base) {
    return skipped(server, target, base);
  }

  private SkipReason skipped(HotUpdater updater, int target, int base) {
    PatchOutcome outcome =
        patches.make(updater.backend(), Publisher.id(target), Publisher.id(base), NONE);
    return assertInstanceOf(PatchOutcome.Skipped.class, outcome).reason();
  }

  /** The numbers of the bundles that patches were made from. */
  private List<Integer> basesOf(BundlePatches patches, int target) {
    return patches
        .make(server.backend(), Publisher.id(target), NONE)
        .orElseThrow()
        .outcomes()
        .stream()
        .map(outcome -> assertInstanceOf(PatchOutcome.Made.class, outcome))
        .map(made -> Integer.parseInt(made.baseBundleId().toString().substring(24)))
        .toList();
  }

  private List<BundlePatch> recorded(int target) {
    return server.bundles().find(Publisher.id(target)).orElseThrow().patches();
  }

  private void requireNothingStored() {
    try (var objects = files.list("bundles/", NONE)) {
      assertEquals(
          List.of(), objects.map(Object::toString).filter(o -> o.contains(".bsdiff")).toList());
    }
  }

  private Optional<AssetPatch> offeredPatch(BundleId running, String script) {
    UpdateInfo update =
        server
            .checkForUpdate(
                UpdateCheck.ofAppVersion(Platform.IOS, "1.2.0").bundleId(running).build())
            .orElseThrow();
    return Optional.ofNullable(update.changes().orElseThrow().assets().get(script))
        .flatMap(ChangedAsset::patch);
  }

  private byte[] download(String url) throws IOException {
    URI address = URI.create(url);
    HttpResponse response =
        server.handle(
            HttpRequest.builder("GET", address.getRawPath())
                .rawQuery(address.getRawQuery())
                .build());
    assertEquals(200, response.status());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    response.body().writeTo(body);
    return body.toByteArray();
  }

  /** A storage that shows another one to those who only read. */
  private record ReadOnly(FileStorage files) implements Storage {
    @Override
    public String scheme() {
      return files.scheme();
    }

    @Override
    public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
      return files.downloadAddress(uri, context);
    }

    @Override
    public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
      return files.open(uri, range, context);
    }
  }
}
