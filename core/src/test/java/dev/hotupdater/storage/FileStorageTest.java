package dev.hotupdater.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.context.RequestContext;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to files; what every storage does is tested by the test kit's contract. */
class FileStorageTest {
  private static final RequestContext NONE = RequestContext.none();

  @TempDir private Path temporary;
  private Path directory;
  private FileStorage storage;

  @BeforeEach
  void create() {
    directory = temporary.resolve("updates");
    storage = FileStorage.at(directory);
  }

  private StorageUri write(String key, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return storage.write(
        ObjectKey.of(key), new ByteArrayInputStream(bytes), bytes.length, "text/plain", NONE);
  }

  private static StorageUri uri(String key) {
    return new StorageUri("local", "updates", key);
  }

  private String read(String key) throws IOException {
    try (StoredObject object = storage.open(uri(key), ByteRange.ALL, NONE)) {
      return new String(object.content().readAllBytes(), UTF_8);
    }
  }

  private List<String> keys() {
    try (Stream<ObjectSummary> objects = storage.list("", NONE)) {
      return objects.map(object -> object.uri().key()).sorted().toList();
    }
  }

  private List<Path> unfinishedFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(".hotupdater/unfinished"))) {
      return files.toList();
    }
  }

  @Test
  void at_touchesNoFile() {
    assertEquals("local", storage.scheme());
    assertEquals(Optional.of(Set.of("updates")), storage.buckets());
    assertFalse(Files.exists(directory));
  }

  @Test
  void directoryThatDoesNotExist_hasNoObjects() {
    assertFalse(storage.exists(uri("a.txt"), NONE));
    assertThrows(
        ObjectNotFoundException.class, () -> storage.open(uri("a.txt"), ByteRange.ALL, NONE));
    storage.delete(uri("a.txt"), NONE);
    assertEquals(List.of(), keys());
    assertFalse(Files.exists(directory));
  }

  @Test
  void write_putsTheFileAtItsKey() throws IOException {
    StorageUri uri = write("bundles/1/bundle.zip", "content");

    assertEquals("local://updates/bundles/1/bundle.zip", uri.toString());
    assertEquals("content", Files.readString(directory.resolve("bundles/1/bundle.zip")));
    assertEquals(List.of(), unfinishedFiles());
  }

  @Test
  void write_thatFails_leavesNoUnfinishedFile() throws IOException {
    InputStream longer = new ByteArrayInputStream(new byte[1000]);

    assertThrows(
        StorageException.class,
        () -> storage.write(ObjectKey.of("a"), longer, 10, "text/plain", NONE));

    assertEquals(List.of(), unfinishedFiles());
    assertEquals(List.of(), keys());
  }

  @Test
  void write_ofASizeBelowZero_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            storage.write(
                ObjectKey.of("a"), InputStream.nullInputStream(), -1, "text/plain", NONE));
  }

  @Test
  void write_giveFilesTheUsualPermissionsAndKeepsItsOwnFolderPrivate() throws IOException {
    assumePosix();
    write("a/b.txt", "x");
    Path usual = Files.writeString(directory.resolve("usual"), "x");

    assertEquals(permissions(usual), permissions(directory.resolve("a/b.txt")));
    assertEquals(
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE),
        permissions(directory.resolve(".hotupdater")));
  }

  private static Set<PosixFilePermission> permissions(Path path) throws IOException {
    return Files.getPosixFilePermissions(path);
  }

  private void assumePosix() {
    assumeTrue(
        temporary.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "No POSIX permissions here");
  }

  @Test
  void write_belowAnObject_isRefused() throws IOException {
    write("a", "file");

    assertThrows(UnusableKeyException.class, () -> write("a/b/c", "below"));

    assertEquals("file", read("a"));
    assertEquals(List.of(), unfinishedFiles());
  }

  @Test
  void write_whereAFolderIs_isRefused() throws IOException {
    write("a/b", "file");

    assertThrows(UnusableKeyException.class, () -> write("a", "folder"));

    assertEquals("file", read("a/b"));
    assertEquals(List.of(), unfinishedFiles());
  }

  @Test
  void write_whereAnEmptyFolderIs_takesItsPlace() throws IOException {
    Files.createDirectories(directory.resolve("a"));

    write("a", "file");

    assertEquals("file", read("a"));
  }

  @Test
  void write_intoADirectoryThatIsAFile_saysWhatToCheck() throws IOException {
    Files.writeString(directory, "a file");

    StorageException failure =
        assertThrows(StorageException.class, () -> write("a.txt", "content"));

    assertTrue(failure.toString().contains("permissions and the free space"), failure::toString);
    assertTrue(failure.getCause() instanceof IOException);
  }

  @Test
  void write_withoutPermission_saysWhatToCheck() throws IOException {
    assumePosix();
    write("locked/a.txt", "old");
    Path folder = directory.resolve("locked");
    Files.setPosixFilePermissions(folder, Set.of(PosixFilePermission.OWNER_READ));
    try {
      assumeTrue(!Files.isWritable(folder), "This user may write anywhere");

      assertThrows(StorageException.class, () -> write("locked/a.txt", "new"));
      assertThrows(StorageException.class, () -> storage.exists(uri("locked/a.txt"), NONE));
    } finally {
      Files.setPosixFilePermissions(
          folder,
          Set.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
    }
  }

  @Test
  void write_twice_givesTheFilesDifferentTimes() {
    Set<Instant> times = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      write("a.txt", "same size");
      try (StoredFile file = storage.openFile(ObjectKey.of("a.txt")).orElseThrow()) {
        times.add(file.lastModified());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    assertEquals(50, times.size());
  }

  @Test
  void fileThatWasPutThereByHand_isAnObject() throws IOException {
    Files.createDirectories(directory.resolve("by/hand"));
    Files.writeString(directory.resolve("by/hand/a.txt"), "hello");

    assertEquals("hello", read("by/hand/a.txt"));
    assertEquals(List.of("by/hand/a.txt"), keys());
  }

  @Test
  void delete_removesTheFoldersThatBecomeEmpty() {
    write("a/b/c/1.txt", "1");
    write("a/b/2.txt", "2");

    storage.delete(uri("a/b/c/1.txt"), NONE);

    assertFalse(Files.exists(directory.resolve("a/b/c")));
    assertTrue(Files.exists(directory.resolve("a/b")));

    storage.delete(uri("a/b/2.txt"), NONE);

    assertFalse(Files.exists(directory.resolve("a")));
    assertTrue(Files.isDirectory(directory));
  }

  @Test
  void openFile_thatIsReplacedMeanwhile_staysTheOldOne() throws IOException {
    write("a.txt", "old content");
    try (StoredFile file = storage.openFile(ObjectKey.of("a.txt")).orElseThrow()) {
      write("a.txt", "new");
      storage.delete(uri("a.txt"), NONE);

      assertEquals(11, file.size());
      assertEquals("content", new String(file.content(new ByteRange(4, 99)).readAllBytes(), UTF_8));
    }
  }

  @Test
  void openFile_thatIsCutShort_failsInsteadOfEnding() throws IOException {
    write("a.txt", "0123456789");
    try (StoredFile file = storage.openFile(ObjectKey.of("a.txt")).orElseThrow()) {
      Files.writeString(directory.resolve("a.txt"), "01234");

      InputStream content = file.content(ByteRange.ALL);
      assertEquals(5, content.read(new byte[100]));
      assertThrows(EOFException.class, () -> content.read(new byte[100]));
    }
  }

  @Test
  void content_canBeSkippedAndReadByteByByte() throws IOException {
    write("a.txt", "0123456789");
    try (StoredObject object = storage.open(uri("a.txt"), new ByteRange(1, 6), NONE)) {
      InputStream content = object.content();

      assertEquals(6, content.available());
      assertEquals('1', content.read());
      assertEquals(2, content.skip(2));
      assertEquals(0, content.skip(-5));
      assertEquals('4', content.read());
      assertEquals(2, content.skip(100));
      assertEquals(-1, content.read());
      assertEquals(0, content.read(new byte[0]));
    }
  }

  @Test
  void pipeInTheDirectory_isNoObjectAndNobodyWaitsForIt() throws Exception {
    write("a.txt", "x");
    Process mkfifo =
        new ProcessBuilder("mkfifo", directory.resolve("pipe").toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(mkfifo.waitFor() == 0, "No named pipes here");

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertFalse(storage.exists(uri("pipe"), NONE));
          assertEquals(Optional.empty(), storage.openFile(ObjectKey.of("pipe")));
          assertEquals(List.of("a.txt"), keys());
        });
  }

  @Test
  void unfinishedFileOfAProcessThatEnded_isDeletedAfterDays() throws IOException {
    write("a.txt", "x");
    Path unfinished = directory.resolve(".hotupdater/unfinished");
    Path old = Files.writeString(unfinished.resolve("old"), "x");
    Path recent = Files.writeString(unfinished.resolve("recent"), "x");
    Instant now = Instant.now();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(3))));
    Files.setLastModifiedTime(recent, FileTime.from(now.minus(Duration.ofDays(1))));

    storage = FileStorage.at(directory);
    write("b.txt", "x");

    assertEquals(List.of(recent), unfinishedFiles());
  }

  @Test
  void list_whileFoldersDisappear_goesOn() {
    for (int i = 0; i < 50; i++) {
      write("f" + i + "/a.txt", "x");
    }
    try (Stream<ObjectSummary> objects = storage.list("", NONE)) {
      var found = objects.iterator();
      assertTrue(found.hasNext());
      for (int i = 0; i < 50; i++) {
        storage.delete(uri("f" + i + "/a.txt"), NONE);
      }
      int rest = 0;
      while (found.hasNext()) {
        found.next();
        rest++;
      }
      assertTrue(rest <= 50);
    }
  }

  @Test
  void check_ofAUsableDirectory_createsItAndLeavesNothingBehind() throws IOException {
    storage.check();

    assertTrue(Files.isDirectory(directory));
    assertEquals(List.of(), keys());
    assertEquals(List.of(), unfinishedFiles());
  }

  @Test
  void check_ofADirectoryThatIsAFile_fails() throws IOException {
    Files.writeString(directory, "a file");

    StorageException failure = assertThrows(StorageException.class, storage::check);

    assertTrue(failure.toString().contains(directory.toString()));
  }

  @Test
  void builder_badValues_areRefused() {
    FileStorage.Builder builder = FileStorage.builder(directory);

    for (String bad : List.of("", "Local", "1a", "a/b", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> builder.scheme(bad));
    }
    for (String bad : List.of("", "Updates", "..", "a/b", "a\nb", "a%2e", "x".repeat(64))) {
      assertThrows(IllegalArgumentException.class, () -> builder.bucket(bad));
    }
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(1999), Duration.ofDays(9999))) {
      assertThrows(IllegalArgumentException.class, () -> builder.downloadLifetime(bad));
      assertThrows(IllegalArgumentException.class, () -> builder.uploadLifetime(bad));
    }
    assertThrows(IllegalArgumentException.class, () -> builder.signingKey(new byte[15]));
  }

  @Test
  void builder_ownSchemeAndBucket_areThoseOfItsObjects() {
    storage = FileStorage.builder(directory).scheme("disk").bucket("apps").build();

    StorageUri uri = write("a.txt", "x");

    assertEquals("disk://apps/a.txt", uri.toString());
    assertTrue(storage.exists(uri, NONE));
    assertNotEquals(FileStorage.at(directory).scheme(), storage.scheme());
  }
}
