package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.BatchAddressing;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Storage} must do. Who writes one extends this class, or {@link
 * WritableStorageContract} if it can be written to.
 *
 * <pre>{@code
 * class MyStorageTest extends StorageContract {
 *   private final MyBackend backend = new MyBackend();
 *   private final MyStorage storage = new MyStorage(backend);
 *
 *   @Override
 *   protected Storage storage() {
 *     return storage;
 *   }
 *
 *   @Override
 *   protected StorageUri plant(ObjectKey key, byte[] content) {
 *     backend.put(key.toString(), content);
 *     return new StorageUri("mine", "bucket", key.toString());
 *   }
 * }
 * }</pre>
 *
 * <p>Every test puts its objects into a folder of its own with a random name, so a storage may be
 * used for several tests and may have other objects. A test that a storage cannot pass is
 * overridden and disabled with the reason, so that the gap is shown.
 */
public abstract class StorageContract {
  /** Long enough for a storage far away, short enough to notice one that hangs. */
  static final int TIMEOUT_SECONDS = 120;

  /** What the tests hand to the storage. */
  static final RequestContext NO_CONTEXT = RequestContext.none();

  private final String folder = "contract-" + UUID.randomUUID();

  /** For subclasses. */
  protected StorageContract() {}

  /** The storage that is tested: one and the same during a test. */
  protected abstract Storage storage();

  /**
   * Puts an object into what is behind the storage, however that is done.
   *
   * @return the URI under which the storage finds it
   */
  protected abstract StorageUri plant(ObjectKey key, byte[] content) throws Exception;

  /**
   * Downloads as a client would. The default sends a GET to the URL. A storage whose addresses are
   * relative overrides it to ask the routes that serve them.
   */
  protected byte[] download(DownloadAddress address) throws Exception {
    assertFalse(address.isRelative(), "Override download() to serve relative addresses");
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address.url())).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode(), "status of the download");
    return response.body();
  }

  /**
   * Whether the storage can have an object of this key. The default is yes; for a storage that
   * cannot have every {@link ObjectKey}, tests with others are skipped.
   */
  protected boolean accepts(ObjectKey key) {
    return true;
  }

  /** A key in the folder of the running test. */
  protected final ObjectKey key(String name) {
    return ObjectKey.of(folder + "/" + name);
  }

  /** What the keys of the running test start with. */
  protected final String folder() {
    return folder + "/";
  }

  /** So many bytes, the same for the same number. */
  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  /** Reads a part of an object. */
  final byte[] read(StorageUri uri, ByteRange range) throws IOException {
    try (StoredObject object = storage().open(uri, range, NO_CONTEXT)) {
      return object.content().readAllBytes();
    }
  }

  /** Reads an object. */
  final byte[] read(StorageUri uri) throws IOException {
    return read(uri, ByteRange.ALL);
  }

  /** Fails unless the object is missing. */
  final void assertMissing(StorageUri uri) {
    assertThrows(ObjectNotFoundException.class, () -> read(uri), uri::toString);
  }

  /** The results of tasks that start at once. */
  static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> task : threads.invokeAll(tasks, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        results.add(task.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** A URI of another bucket; empty if the storage serves every bucket. */
  final Optional<StorageUri> foreignBucket(StorageUri own) {
    return storage().buckets().isEmpty()
        ? Optional.empty()
        : Optional.of(new StorageUri(own.scheme(), "not-" + UUID.randomUUID(), own.key()));
  }

  /** A URI of another scheme. */
  static StorageUri foreignScheme(StorageUri own) {
    return new StorageUri(own.scheme() + "-other", own.bucket(), own.key());
  }

  /** Fails unless the storage refuses, which is not the same as not finding. */
  static void assertRefused(Runnable action) {
    StorageException refusal = assertThrows(StorageException.class, action::run);
    assertFalse(
        refusal instanceof ObjectNotFoundException,
        "An object that belongs elsewhere must be refused, not reported as missing");
  }

  @Test
  public void scheme_isThatOfAUri() {
    assertTrue(storage().scheme().matches("[a-z][a-z0-9+.-]*"), storage().scheme());
  }

  @Test
  public void uri_asText_leadsToTheStorageAndTheObject() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    StorageUri parsed = StorageUri.parse(uri.toString()).orElseThrow();

    assertEquals(uri, parsed);
    assertEquals(storage().scheme(), parsed.scheme());
    storage().buckets().ifPresent(buckets -> assertTrue(buckets.contains(parsed.bucket())));
    assertArrayEquals(bytes(10), read(parsed));
  }

  @Test
  public void check_ofAWorkingStorage_findsNothingWrong() {
    storage().check();
  }

  @Test
  public void open_wholeObject_givesItsBytesAndSize() throws Exception {
    byte[] content = bytes(300_000);
    StorageUri uri = plant(key("whole.zip"), content);

    try (StoredObject object = storage().open(uri, ByteRange.ALL, NO_CONTEXT)) {
      assertEquals(content.length, object.size());
      assertArrayEquals(content, object.content().readAllBytes());
      assertEquals(-1, object.content().read());
    }
  }

  @Test
  public void open_emptyObject_givesNoBytes() throws Exception {
    StorageUri uri = plant(key("empty.txt"), bytes(0));

    try (StoredObject object = storage().open(uri, ByteRange.ALL, NO_CONTEXT)) {
      assertEquals(0, object.size());
      assertEquals(-1, object.content().read());
    }
    assertEquals(0, read(uri, new ByteRange(0, 10)).length);
  }

  /** Ranges of an object of 1000 bytes: start, length, and where they end in the object. */
  static Stream<Arguments> ranges() {
    return Stream.of(
        arguments(0, 1, 1),
        arguments(0, 1000, 1000),
        arguments(0, 1001, 1000),
        arguments(1, Long.MAX_VALUE, 1000),
        arguments(250, 500, 750),
        arguments(999, 1, 1000),
        arguments(999, 2, 1000),
        arguments(900, 200, 1000),
        arguments(1000, 1, 1000),
        arguments(1000, Long.MAX_VALUE, 1000),
        arguments(5000, 10, 5000),
        arguments(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  public void open_range_givesWhatTheObjectHasOfIt(long start, long length, long end)
      throws Exception {
    byte[] content = bytes(1000);
    byte[] expected =
        start >= 1000 ? new byte[0] : Arrays.copyOfRange(content, (int) start, (int) end);
    StorageUri uri = plant(key("ranges.bin"), content);

    try (StoredObject object = storage().open(uri, new ByteRange(start, length), NO_CONTEXT)) {
      assertEquals(1000, object.size());
      assertArrayEquals(expected, object.content().readAllBytes());
    }
  }

  @Test
  public void open_objectThatIsClosedBeforeItsEnd_leavesTheStorageUsable() throws Exception {
    StorageUri uri = plant(key("large.bin"), bytes(1_000_000));

    for (int i = 0; i < 50; i++) {
      try (StoredObject object = storage().open(uri, ByteRange.ALL, NO_CONTEXT)) {
        assertTrue(object.content().read() >= 0);
      }
    }

    assertEquals(1_000_000, read(uri).length);
  }

  @Test
  public void open_missingObject_isNotFound() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    assertMissing(new StorageUri(uri.scheme(), uri.bucket(), key("b.txt").toString()));
    assertMissing(new StorageUri(uri.scheme(), uri.bucket(), key("no/such/folder").toString()));
  }

  @Test
  public void open_folderOfAnObject_isNotFound() throws Exception {
    StorageUri uri = plant(key("folder/a.txt"), bytes(10));

    assertMissing(new StorageUri(uri.scheme(), uri.bucket(), key("folder").toString()));
  }

  @Test
  public void open_belowAnObject_isNotFound() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    assertMissing(new StorageUri(uri.scheme(), uri.bucket(), uri.key() + "/b.txt"));
  }

  /** A bundle record may have any text as its storage URI. */
  @ParameterizedTest
  @MethodSource("detours")
  public void open_keyThatOnlyLeadsToAnObjectByADetour_doesNotFindIt(String detour)
      throws Exception {
    StorageUri uri = plant(key("a/b.txt"), bytes(10));
    int slash = uri.key().lastIndexOf("/a/b.txt");
    String key = uri.key().substring(0, slash) + detour;

    assertThrows(
        StorageException.class, () -> read(new StorageUri(uri.scheme(), uri.bucket(), key)));
  }

  /** Keys that a file system or a web server may take for {@code /a/b.txt}. */
  static Stream<String> detours() {
    return Stream.of(
        "/a/../a/b.txt",
        "/./a/b.txt",
        "/a//b.txt",
        "//a/b.txt",
        "/a/b.txt/",
        "/a\\b.txt",
        "/a/b.txt\0",
        "/a/b.txt/.",
        "/a/%62.txt");
  }

  @Test
  public void open_emptyKey_isNotFoundOrRefused() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    assertThrows(
        StorageException.class, () -> read(new StorageUri(uri.scheme(), uri.bucket(), "")));
  }

  @Test
  public void open_objectOfAnotherBucketOrScheme_isRefused() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    foreignBucket(uri).ifPresent(foreign -> assertRefused(() -> open(foreign)));
    assertRefused(() -> open(foreignScheme(uri)));
  }

  private void open(StorageUri uri) {
    storage().open(uri, ByteRange.ALL, NO_CONTEXT);
  }

  @Test
  public void downloadAddress_ofAnotherBucketOrScheme_isRefused() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    foreignBucket(uri)
        .ifPresent(foreign -> assertRefused(() -> storage().downloadAddress(foreign, NO_CONTEXT)));
    assertRefused(() -> storage().downloadAddress(foreignScheme(uri), NO_CONTEXT));
  }

  @Test
  public void downloadAddress_ofAnObject_servesItsBytes() throws Exception {
    byte[] content = bytes(200_000);
    StorageUri uri = plant(key("bundle.zip"), content);

    assertArrayEquals(content, download(storage().downloadAddress(uri, NO_CONTEXT)));
  }

  @Test
  public void downloadAddress_thatExpires_worksForAWhile() throws Exception {
    StorageUri uri = plant(key("bundle.zip"), bytes(10));

    Optional<Instant> expiry = storage().downloadAddress(uri, NO_CONTEXT).expiry();

    expiry.ifPresent(time -> assertTrue(time.isAfter(Instant.now().plusSeconds(1)), "" + time));
  }

  /** An update check asks for addresses it hopes will be there, and must not wait to find out. */
  @Test
  public void downloadAddress_ofAMissingObject_isGiven() throws Exception {
    StorageUri uri = plant(key("a.txt"), bytes(10));

    StorageUri missing = new StorageUri(uri.scheme(), uri.bucket(), key("missing").toString());

    assertFalse(storage().downloadAddress(missing, NO_CONTEXT).url().isEmpty());
  }

  /** Names that mean something else in a URL, a query, a pattern or a shell. */
  static Stream<String> oddNames() {
    return Stream.of(
        "with space.zip",
        " both sides ",
        "a+b.zip",
        "100%.zip",
        "%2e%2e%2fa.zip",
        "a%20b.zip",
        "what?.zip",
        "a#b.zip",
        "a&b=c;d,e.zip",
        "'quoted' \"twice\".zip",
        "[a]{b}(c)!*~@$^`|.zip",
        "..hidden..",
        "...",
        ".dot",
        "a:b.zip",
        "\u00fcml\u00e4ut-\u65e5\u672c\u8a9e.zip",
        "emoji-\ud83d\ude80.zip",
        "e\u0301-decomposed.zip",
        "x".repeat(200) + ".zip",
        "\u00fc".repeat(120),
        "d/".repeat(100) + "deep.zip",
        "s p/\u00fc/%/+/a.zip");
  }

  @ParameterizedTest
  @MethodSource("oddNames")
  public void object_ofAnOddName_canBeReadAndDownloaded(String name) throws Exception {
    ObjectKey key = key(name);
    assumeTrue(accepts(key), "The storage does not accept this key");
    byte[] content = name.getBytes(UTF_8);

    StorageUri uri = plant(key, content);

    assertEquals(uri, StorageUri.parse(uri.toString()).orElseThrow());
    assertArrayEquals(content, read(uri));
    assertArrayEquals(content, download(storage().downloadAddress(uri, NO_CONTEXT)));
  }

  @Test
  public void objects_ofNamesThatDifferInEncodingOnly_areDifferent() throws Exception {
    List<String> names =
        Stream.of("a b", "a+b", "a%20b", "a%2520b", "a%2Bb")
            .filter(name -> accepts(key(name)))
            .toList();
    assumeTrue(names.size() > 1, "has no names that could be mixed up");
    List<StorageUri> uris = new ArrayList<>();
    for (String name : names) {
      uris.add(plant(key(name), name.getBytes(UTF_8)));
    }

    for (int i = 0; i < names.size(); i++) {
      assertEquals(names.get(i), new String(read(uris.get(i)), UTF_8));
    }
  }

  @Test
  public void downloadAddresses_ofSeveralObjects_servesEachItsBytes() throws Exception {
    assumeTrue(storage() instanceof BatchAddressing, "has no call for many addresses");
    List<StorageUri> uris = new ArrayList<>();
    for (String name : List.of("a.txt", "folder/b c.txt", "c.tar.gz")) {
      uris.add(plant(key(name), name.getBytes(UTF_8)));
    }

    Map<StorageUri, DownloadAddress> addresses =
        ((BatchAddressing) storage()).downloadAddresses(uris, NO_CONTEXT);

    assertEquals(Set.copyOf(uris), addresses.keySet());
    for (Map.Entry<StorageUri, DownloadAddress> address : addresses.entrySet()) {
      assertArrayEquals(read(address.getKey()), download(address.getValue()));
    }
  }

  @Test
  public void downloadAddresses_withAnObjectOfAnotherScheme_giveNoAddressOfIt() throws Exception {
    assumeTrue(storage() instanceof BatchAddressing, "has no call for many addresses");
    StorageUri uri = plant(key("a.txt"), bytes(10));

    try {
      Map<StorageUri, DownloadAddress> addresses =
          ((BatchAddressing) storage())
              .downloadAddresses(List.of(uri, foreignScheme(uri)), NO_CONTEXT);
      assertEquals(Set.of(uri), addresses.keySet());
    } catch (StorageException e) {
      assertNotNull(e.getMessage());
    }
  }

  @Test
  public void open_byManyThreads_givesEachTheWholeObject() throws Exception {
    byte[] content = bytes(200_000);
    StorageUri uri = plant(key("shared.bin"), content);

    Callable<byte[]> reading = () -> read(uri);
    for (byte[] read : together(Collections.nCopies(8, reading))) {
      assertArrayEquals(content, read);
    }
  }
}
