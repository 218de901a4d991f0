package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WritableStorage} must do, beyond the {@link StorageContract}.
 *
 * <pre>{@code
 * class MyStorageTest extends WritableStorageContract {
 *   private final MyStorage storage = MyStorage.connect(...);
 *
 *   @Override
 *   protected WritableStorage storage() {
 *     return storage;
 *   }
 * }
 * }</pre>
 *
 * <p>What a test has written is deleted after it.
 */
public abstract class WritableStorageContract extends StorageContract {
  private static final String TYPE = ContentTypes.DEFAULT;

  /** Apart this far, the clocks of the test and of the storage are wrong. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);

  /** For subclasses. */
  protected WritableStorageContract() {}

  @Override
  protected abstract WritableStorage storage();

  /**
   * How many objects the test of long listings writes. The default is 1100, more than the usual
   * storage lists in one answer.
   */
  protected int manyObjects() {
    return 1100;
  }

  /** Writes the object through the storage. */
  @Override
  protected StorageUri plant(ObjectKey key, byte[] content) throws Exception {
    return write(key, content);
  }

  /** Deletes what the test has written. */
  @AfterEach
  protected void deleteWhatTheTestHasWritten() {
    List<ObjectSummary> left;
    try (Stream<ObjectSummary> objects = storage().list(folder(), NO_CONTEXT)) {
      left = objects.toList();
    }
    left.forEach(object -> storage().delete(object.uri(), NO_CONTEXT));
  }

  private StorageUri write(ObjectKey key, byte[] content) {
    return storage()
        .write(key, new ByteArrayInputStream(content), content.length, TYPE, NO_CONTEXT);
  }

  private boolean exists(StorageUri uri) {
    return storage().exists(uri, NO_CONTEXT);
  }

  private Set<String> keys(String prefix) {
    try (Stream<ObjectSummary> objects = storage().list(prefix, NO_CONTEXT)) {
      List<String> keys = objects.map(object -> object.uri().key()).toList();
      Set<String> distinct = new TreeSet<>(keys);
      assertEquals(distinct.size(), keys.size(), "An object is listed twice");
      return distinct;
    }
  }

  private Set<String> keysOf(String... names) {
    return Arrays.stream(names)
        .map(name -> key(name).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private StorageUri sibling(StorageUri uri, String name) {
    return new StorageUri(uri.scheme(), uri.bucket(), key(name).toString());
  }

  @Test
  public void write_newObject_canBeReadUnderItsKey() throws Exception {
    byte[] content = bytes(5_000_000);

    StorageUri uri = write(key("bundles/1/bundle.zip"), content);

    assertEquals(key("bundles/1/bundle.zip").toString(), uri.key());
    assertArrayEquals(content, read(uri));
    assertTrue(exists(uri));
  }

  @Test
  public void write_ofNoBytes_makesAnEmptyObject() throws Exception {
    StorageUri uri = write(key("empty"), bytes(0));

    assertTrue(exists(uri));
    assertEquals(0, read(uri).length);
  }

  @Test
  public void write_existingObject_replacesIt() throws Exception {
    StorageUri uri = write(key("a.txt"), bytes(1000));

    assertEquals(uri, write(key("a.txt"), bytes(10)));

    assertArrayEquals(bytes(10), read(uri));
    assertArrayEquals(bytes(10), download(storage().downloadAddress(uri, NO_CONTEXT)));
    assertEquals(keysOf("a.txt"), keys(folder()));
  }

  @Test
  public void write_streamThatGivesFewBytesAtATime_writesThemAll() throws Exception {
    byte[] content = bytes(10_000);
    InputStream slow =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 7));
          }
        };

    StorageUri uri = storage().write(key("slow"), slow, content.length, TYPE, NO_CONTEXT);

    assertArrayEquals(content, read(uri));
  }

  @Test
  public void write_leavesTheStreamOpen() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream content =
        new ByteArrayInputStream(bytes(10)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    storage().write(key("a.txt"), content, 10, TYPE, NO_CONTEXT);

    assertFalse(closed.get());
  }

  @Test
  public void write_fewerBytesThanAnnounced_writesNothing() throws Exception {
    assertWriteFails(() -> new ByteArrayInputStream(bytes(99)), 100);
    assertWriteFails(() -> new ByteArrayInputStream(bytes(0)), 1);
  }

  @Test
  public void write_moreBytesThanAnnounced_writesNothing() throws Exception {
    assertWriteFails(() -> new ByteArrayInputStream(bytes(101)), 100);
    assertWriteFails(() -> new ByteArrayInputStream(bytes(1)), 0);
    assertWriteFails(() -> new ByteArrayInputStream(bytes(3_000_000)), 100);
  }

  @Test
  public void write_streamThatBreaksOff_writesNothing() throws Exception {
    assertWriteFails(() -> breakingAfter(0), 100);
    assertWriteFails(() -> breakingAfter(50), 100);
    assertWriteFails(() -> breakingAfter(2_000_000), 3_000_000);
  }

  private static InputStream breakingAfter(int count) {
    return new SequenceInputStream(
        new ByteArrayInputStream(bytes(count)),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("The stream of this test breaks off here");
          }
        });
  }

  /** Neither a new object nor a changed one comes of it. */
  private void assertWriteFails(Supplier<InputStream> content, long size) throws Exception {
    StorageUri old = write(key("old.bin"), bytes(50));

    for (String name : List.of("old.bin", "new.bin")) {
      assertThrows(
          StorageException.class,
          () -> storage().write(key(name), content.get(), size, TYPE, NO_CONTEXT));
    }

    assertArrayEquals(bytes(50), read(old));
    assertFalse(exists(sibling(old, "new.bin")));
    assertEquals(keysOf("old.bin"), keys(folder()));
  }

  @Test
  public void write_failingStreamOfTheCaller_writesNothing() throws Exception {
    StorageUri old = write(key("old.bin"), bytes(50));
    InputStream failing =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("The stream of this test refuses");
          }
        };

    assertThrows(
        RuntimeException.class,
        () -> storage().write(key("old.bin"), failing, 10, TYPE, NO_CONTEXT));

    assertArrayEquals(bytes(50), read(old));
  }

  @Test
  public void exists_missingObjectOrFolder_isFalse() throws Exception {
    StorageUri uri = write(key("folder/a.txt"), bytes(10));

    assertFalse(exists(sibling(uri, "folder")));
    assertFalse(exists(sibling(uri, "folder/b.txt")));
    assertFalse(exists(sibling(uri, "folder/a.txt/b.txt")));
    assertFalse(exists(sibling(uri, "other/a.txt")));
  }

  @Test
  public void delete_object_leavesTheOthers() throws Exception {
    StorageUri uri = write(key("folder/a.txt"), bytes(10));
    StorageUri other = write(key("folder/a.txt.br"), bytes(20));

    storage().delete(uri, NO_CONTEXT);

    assertFalse(exists(uri));
    assertMissing(uri);
    assertArrayEquals(bytes(20), read(other));
    assertEquals(keysOf("folder/a.txt.br"), keys(folder()));
  }

  @Test
  public void delete_missingObject_doesNothing() throws Exception {
    StorageUri uri = write(key("a.txt"), bytes(10));

    storage().delete(uri, NO_CONTEXT);
    storage().delete(uri, NO_CONTEXT);
    storage().delete(sibling(uri, "never/was"), NO_CONTEXT);

    assertEquals(Set.of(), keys(folder()));
  }

  @Test
  public void delete_folderOfObjects_leavesThem() throws Exception {
    StorageUri uri = write(key("folder/a.txt"), bytes(10));

    storage().delete(sibling(uri, "folder"), NO_CONTEXT);

    assertTrue(exists(uri));
  }

  @Test
  public void write_afterDelete_worksAgain() throws Exception {
    StorageUri uri = write(key("x/y/z/a.txt"), bytes(10));
    storage().delete(uri, NO_CONTEXT);

    write(key("x/y/z/a.txt"), bytes(20));

    assertArrayEquals(bytes(20), read(uri));
  }

  @Test
  public void write_whereAFolderWas_worksOnceItIsEmpty() throws Exception {
    storage().delete(write(key("x/a.txt"), bytes(10)), NO_CONTEXT);

    StorageUri uri = write(key("x"), bytes(20));

    assertArrayEquals(bytes(20), read(uri));
  }

  @Test
  public void deleteAll_severalObjects_leavesTheOthers() throws Exception {
    StorageUri first = write(key("folder/a.txt"), bytes(10));
    StorageUri second = write(key("folder/b c.txt"), bytes(10));
    StorageUri other = write(key("folder/d.txt"), bytes(20));
    StorageUri missing = other.resolve("missing");

    storage().deleteAll(List.of(first, missing, second), NO_CONTEXT);

    assertMissing(first);
    assertMissing(second);
    assertArrayEquals(bytes(20), read(other));
  }

  @Test
  public void deleteAll_ofNothing_doesNothing() throws Exception {
    StorageUri uri = write(key("a.txt"), bytes(10));

    storage().deleteAll(List.of(), NO_CONTEXT);

    assertTrue(exists(uri));
  }

  @Test
  public void deleteAll_withAnObjectOfAnotherScheme_deletesTheRestAndNamesIt() throws Exception {
    StorageUri uri = write(key("a.txt"), bytes(10));
    StorageUri foreign = foreignScheme(uri);

    IncompleteDeletionException refusal =
        assertThrows(
            IncompleteDeletionException.class,
            () -> storage().deleteAll(List.of(foreign, uri), NO_CONTEXT));

    assertEquals(Set.of(foreign), refusal.failures().keySet());
    assertMissing(uri);
  }

  @Test
  public void existsAndDelete_ofAnotherBucketOrScheme_areRefused() throws Exception {
    StorageUri uri = write(key("a.txt"), bytes(10));

    foreignBucket(uri)
        .ifPresent(
            foreign -> {
              assertRefused(() -> exists(foreign));
              assertRefused(() -> storage().delete(foreign, NO_CONTEXT));
            });
    assertRefused(() -> exists(foreignScheme(uri)));
    assertRefused(() -> storage().delete(foreignScheme(uri), NO_CONTEXT));
    assertTrue(exists(uri));
  }

  @Test
  public void list_prefix_givesTheKeysThatStartWithIt() {
    for (String name : List.of("a/1", "a/2", "a/b/3", "ab/4", "b/5", "a.txt")) {
      write(key(name), bytes(5));
    }

    assertEquals(keysOf("a/1", "a/2", "a/b/3"), keys(folder() + "a/"));
    assertEquals(keysOf("a/1", "a/2", "a/b/3", "ab/4", "a.txt"), keys(folder() + "a"));
    assertEquals(keysOf("a/b/3"), keys(folder() + "a/b"));
    assertEquals(keysOf("a/1"), keys(folder() + "a/1"));
    assertEquals(keysOf("a/1", "a/2", "a/b/3", "ab/4", "b/5", "a.txt"), keys(folder()));
    assertTrue(keys("").containsAll(keys(folder())));
  }

  @Test
  public void list_prefixOfNoObject_isEmpty() {
    write(key("a/1"), bytes(5));

    assertEquals(Set.of(), keys(folder() + "c"));
    assertEquals(Set.of(), keys(folder() + "a/1/"));
    assertEquals(Set.of(), keys(folder() + "a/../a"));
    assertEquals(Set.of(), keys("/" + folder()));
  }

  @Test
  public void list_tellsSizeAndTime() {
    StorageUri uri = write(key("a.bin"), bytes(1234));

    try (Stream<ObjectSummary> objects = storage().list(folder(), NO_CONTEXT)) {
      ObjectSummary found = objects.findFirst().orElseThrow();
      assertEquals(uri, found.uri());
      assertEquals(1234, found.size());
      Duration age = Duration.between(found.lastModified(), Instant.now()).abs();
      assertTrue(age.compareTo(CLOCK_TOLERANCE) < 0, "Its age is " + age);
    }
  }

  @Test
  public void list_oddNames_givesThemAsTheyAre() {
    Predicate<String> accepted = name -> accepts(key(name));
    String[] names = oddNames().filter(accepted).toArray(String[]::new);
    for (String name : names) {
      write(key(name), bytes(3));
    }

    assertEquals(keysOf(names), keys(folder()));
  }

  @Test
  public void list_moreObjectsThanFitIntoAnAnswer_givesThemAll() throws Exception {
    int writers = 8;
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int first = writer;
      tasks.add(
          () -> {
            for (int i = first; i < manyObjects(); i += writers) {
              write(key("many/" + i), bytes(1));
            }
            return first;
          });
    }
    together(tasks);

    assertEquals(manyObjects(), keys(folder() + "many/").size());
  }

  @Test
  public void list_closedEarly_leavesTheStorageUsable() {
    for (int i = 0; i < 5; i++) {
      write(key("n/" + i), bytes(1));
    }
    for (int i = 0; i < 100; i++) {
      try (Stream<ObjectSummary> objects = storage().list(folder(), NO_CONTEXT)) {
        assertTrue(objects.iterator().hasNext());
      }
    }

    assertEquals(5, keys(folder()).size());
  }

  /** Every writer writes bytes of one value, and a size that goes with it. */
  @Test
  public void write_byManyThreads_neverMixesThemAndReadersSeeAWholeObject() throws Exception {
    StorageUri uri = write(key("contended"), contended(1));
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int thread = 1; thread <= 6; thread++) {
      int value = thread;
      boolean writes = thread % 2 == 0;
      tasks.add(
          () -> {
            for (int i = 0; i < 15; i++) {
              if (writes) {
                write(key("contended"), contended(value));
              } else {
                assertWhole(read(uri));
              }
            }
            return writes;
          });
    }

    together(tasks);

    assertWhole(read(uri));
    assertEquals(keysOf("contended"), keys(folder()));
  }

  private static byte[] contended(int value) {
    byte[] content = new byte[40_000 * value];
    Arrays.fill(content, (byte) value);
    return content;
  }

  private static void assertWhole(byte[] content) {
    assertArrayEquals(contended(content[0]), content);
  }

  /** A folder that becomes empty and is filled again is a race in a file system. */
  @Test
  public void writeAndDelete_inOneFolderByManyThreads_bothSucceed() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      String name = "race/in/folder/" + thread;
      tasks.add(
          () -> {
            for (int i = 0; i < 25; i++) {
              StorageUri uri = write(key(name), name.getBytes(UTF_8));
              assertEquals(name, new String(read(uri), UTF_8));
              storage().delete(uri, NO_CONTEXT);
              assertFalse(exists(uri));
            }
            return true;
          });
    }

    together(tasks);

    assertEquals(Set.of(), keys(folder()));
  }
}
