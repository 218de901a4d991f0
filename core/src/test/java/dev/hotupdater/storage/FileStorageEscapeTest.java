package dev.hotupdater.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.context.RequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to reach what is not in the storage's directory, or what is the storage's own. */
class FileStorageEscapeTest {
  private static final RequestContext NONE = RequestContext.none();

  @TempDir private Path temporary;
  private Path directory;
  private Path outside;
  private FileStorage storage;

  @BeforeEach
  void create() throws IOException {
    directory = temporary.resolve("updates");
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    storage = FileStorage.at(directory);
    storage.check();
    write("inside/a.txt", "inside");
  }

  private void write(String key, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    storage.write(
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

  private List<String> keys(String prefix) {
    try (Stream<ObjectSummary> objects = storage.list(prefix, NONE)) {
      return objects.map(object -> object.uri().key()).sorted().toList();
    }
  }

  private void link(String name, Path target) throws IOException {
    try {
      Files.createSymbolicLink(directory.resolve(name), target);
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "No symbolic links here");
    }
  }

  static Stream<String> strayKeys() {
    return Stream.of(
        "",
        "..",
        ".",
        "/",
        "../outside/secret.txt",
        "inside/../../outside/secret.txt",
        "inside/..",
        "./inside/a.txt",
        "inside/./a.txt",
        "inside//a.txt",
        "/etc/passwd",
        "//etc/passwd",
        "..\\outside\\secret.txt",
        "inside\\a.txt",
        "C:\\Windows\\win.ini",
        "inside/a.txt\0",
        "inside/a.txt\0.zip",
        "inside/a.txt\n",
        "inside/a.txt/",
        ".hotupdater",
        ".hotupdater/signing-key",
        ".HotUpdater/signing-key",
        ".hotupdater/unfinished/x",
        "x".repeat(256),
        "inside/" + "\u00fc".repeat(128),
        "d/".repeat(600) + "a",
        "\ud800");
  }

  @ParameterizedTest
  @MethodSource("strayKeys")
  void strayKey_hasNoObjectAndNoAddress(String key) throws IOException {
    StorageUri uri = uri(key);

    assertFalse(storage.exists(uri, NONE));
    assertThrows(ObjectNotFoundException.class, () -> storage.open(uri, ByteRange.ALL, NONE));
    assertThrows(UnusableKeyException.class, () -> storage.downloadAddress(uri, NONE));
    storage.delete(uri, NONE);

    assertEquals("secret", Files.readString(outside.resolve("secret.txt")));
    assertEquals("inside", read("inside/a.txt"));
    assertTrue(Files.exists(directory.resolve(".hotupdater/signing-key")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".hotupdater", ".hotupdater/signing-key", ".HOTUPDATER/x", ".hotUpdater/a/b"})
  void ownFolder_cannotBeWrittenTo(String key) throws IOException {
    byte[] signingKey = Files.readAllBytes(directory.resolve(".hotupdater/signing-key"));

    assertThrows(UnusableKeyException.class, () -> write(key, "mine"));
    assertThrows(
        UnusableKeyException.class,
        () -> storage.uploadAddress(ObjectKey.of(key), 1, "text/plain", NONE));

    assertEquals(32, signingKey.length);
    assertTrue(
        Arrays.equals(
            signingKey, Files.readAllBytes(directory.resolve(".hotupdater/signing-key"))));
  }

  @Test
  void ownFolder_isNotListed() {
    assertEquals(List.of("inside/a.txt"), keys(""));
    assertEquals(List.of(), keys("."));
    assertEquals(List.of(), keys(".hotupdater"));
    assertEquals(List.of(), keys(".hotupdater/"));
    assertEquals(List.of(), keys(".HOTUPDATER/"));
    assertEquals(List.of(), keys("../"));
    assertEquals(List.of(), keys("/"));
  }

  @Test
  void folderDeeperDownWithTheNameOfTheOwnOne_isAnOrdinaryFolder() throws IOException {
    write("inside/.hotupdater/a.txt", "fine");

    assertEquals("fine", read("inside/.hotupdater/a.txt"));
    assertEquals(List.of("inside/.hotupdater/a.txt"), keys("inside/.hot"));
  }

  @Test
  void keyWithTooLongAName_isRefusedWhenWritten() {
    UnusableKeyException failure =
        assertThrows(UnusableKeyException.class, () -> write("a/" + "x".repeat(256), "x"));

    assertTrue(failure.toString().contains("255 bytes"));
  }

  @Test
  void linkToAFileOutside_isRefused() throws IOException {
    link("link.txt", outside.resolve("secret.txt"));

    assertLeadsOut("link.txt");
    assertEquals("secret", Files.readString(outside.resolve("secret.txt")));
    assertEquals(List.of("inside/a.txt"), keys(""));
  }

  @Test
  void linkToAFolderOutside_isRefusedForEverythingBelow() throws IOException {
    link("folder", outside);

    assertLeadsOut("folder/secret.txt");
    assertThrows(StorageException.class, () -> write("folder/new.txt", "x"));
    assertThrows(StorageException.class, () -> write("folder/new/deep.txt", "x"));
    assertThrows(StorageException.class, () -> keys("folder/"));
    assertEquals(List.of("inside/a.txt"), keys(""));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(List.of(outside.resolve("secret.txt")), files.toList());
    }
  }

  @Test
  void chainOfLinksThatEndsOutside_isRefused() throws IOException {
    link("second", outside);
    link("inside/first", directory.resolve("second"));

    assertLeadsOut("inside/first/secret.txt");
  }

  @Test
  void linkToTheParentByARelativePath_isRefused() throws IOException {
    link("up", Path.of(".."));

    assertLeadsOut("up/outside/secret.txt");
    assertEquals("inside", read("up/updates/inside/a.txt"));
  }

  private void assertLeadsOut(String key) {
    StorageException failure =
        assertThrows(StorageException.class, () -> storage.open(uri(key), ByteRange.ALL, NONE));
    assertFalse(failure instanceof ObjectNotFoundException);
    assertTrue(failure.toString().contains("symbolic link"), failure::toString);
    assertThrows(StorageException.class, () -> storage.exists(uri(key), NONE));
    assertThrows(StorageException.class, () -> storage.delete(uri(key), NONE));
  }

  @Test
  void linkThatStaysInside_isFollowed() throws IOException {
    link("latest", Path.of("inside"));
    link("copy.txt", directory.resolve("inside/a.txt"));

    assertEquals("inside", read("latest/a.txt"));
    assertEquals("inside", read("copy.txt"));
    assertTrue(storage.exists(uri("copy.txt"), NONE));
    write("latest/b.txt", "b");
    assertEquals("b", read("inside/b.txt"));
    assertEquals(List.of("latest/a.txt", "latest/b.txt"), keys("latest/"));
  }

  @Test
  void linkThatStaysInside_isDeletedWithoutItsTarget() throws IOException {
    link("copy.txt", directory.resolve("inside/a.txt"));
    link("latest", Path.of("inside"));

    storage.delete(uri("copy.txt"), NONE);
    assertFalse(storage.exists(uri("copy.txt"), NONE));
    assertEquals("inside", read("inside/a.txt"));

    storage.delete(uri("latest/a.txt"), NONE);
    assertFalse(storage.exists(uri("inside/a.txt"), NONE));
    assertTrue(Files.isDirectory(directory.resolve("inside")));
  }

  @Test
  void linkToTheOwnFolder_isNoWayIn() throws IOException {
    link("own", Path.of(".hotupdater"));
    link("key", Path.of(".hotupdater/signing-key"));
    link("self", Path.of("."));

    for (String key :
        List.of(
            "own/signing-key", "key", "self/.hotupdater/signing-key", "self/self/key", "self")) {
      assertFalse(storage.exists(uri(key), NONE), key);
      assertThrows(
          ObjectNotFoundException.class, () -> storage.open(uri(key), ByteRange.ALL, NONE), key);
      storage.delete(uri(key), NONE);
    }
    assertThrows(UnusableKeyException.class, () -> write("own/x", "x"));
    assertThrows(UnusableKeyException.class, () -> write("self/.hotupdater/x", "x"));
    assertEquals(List.of(), keys("own/"));
    assertEquals(List.of(), keys("self/.hotupdater/"));
    assertTrue(Files.exists(directory.resolve(".hotupdater/signing-key")));
  }

  @Test
  void linkAtTheKeyOfAWrite_isReplacedAndNotFollowed() throws IOException {
    link("link.txt", outside.resolve("secret.txt"));

    write("link.txt", "new");

    assertEquals("new", read("link.txt"));
    assertFalse(Files.isSymbolicLink(directory.resolve("link.txt")));
    assertEquals("secret", Files.readString(outside.resolve("secret.txt")));
  }

  @Test
  void linkThatLeadsNowhereOrInACircle_isNoObject() throws IOException {
    link("nowhere", Path.of("missing"));
    link("circle", Path.of("circle"));

    assertFalse(storage.exists(uri("nowhere"), NONE));
    assertThrows(StorageException.class, () -> read("circle"));
    assertThrows(StorageException.class, () -> write("nowhere/a.txt", "x"));
    assertThrows(StorageException.class, () -> write("circle/a.txt", "x"));
    assertEquals(List.of("inside/a.txt"), keys(""));
    assertFalse(Files.exists(directory.resolve("missing"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void directoryThatIsItselfALink_isUsed() throws IOException {
    Files.createSymbolicLink(temporary.resolve("alias"), directory);
    storage = FileStorage.at(temporary.resolve("alias"));

    write("b.txt", "b");

    assertEquals("inside", read("inside/a.txt"));
    assertEquals(List.of("b.txt", "inside/a.txt"), keys(""));
    assertEquals("b", Files.readString(directory.resolve("b.txt")));
  }
}
