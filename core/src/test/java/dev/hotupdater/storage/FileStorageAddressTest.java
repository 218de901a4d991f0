package dev.hotupdater.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.context.RequestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStorageAddressTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final Instant START = Instant.parse("2026-03-01T10:20:30.456Z");
  private static final String KEY = "bundles/1/b.zip";
  private static final Admission REFUSED = new Admission.Refused();

  private static final Pattern DOWNLOAD =
      Pattern.compile("/files/updates/(.*)\\?expires=(\\d+)&signature=([A-Za-z0-9_-]{43})");
  private static final Pattern UPLOAD =
      Pattern.compile(
          "/files/updates/(.*)\\?expires=(\\d+)&size=(\\d+)&signature=([A-Za-z0-9_-]{43})");

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(START);
  private FileStorage storage;

  @BeforeEach
  void create() {
    storage = builder().build();
  }

  private FileStorage.Builder builder() {
    return FileStorage.builder(directory).clock(clock);
  }

  private static StorageUri uri(String key) {
    return new StorageUri("local", "updates", key);
  }

  private Matcher download(String key) {
    Matcher matcher = DOWNLOAD.matcher(storage.downloadAddress(uri(key), NONE).url());
    assertTrue(matcher.matches());
    return matcher;
  }

  private Matcher upload(String key, long size) {
    UploadAddress address = storage.uploadAddress(ObjectKey.of(key), size, "text/plain", NONE);
    Matcher matcher = UPLOAD.matcher(address.url());
    assertTrue(matcher.matches(), address.url());
    return matcher;
  }

  private Admission admit(String key, String expires, String signature) {
    return storage.admitDownload("updates", key, expires, signature);
  }

  @Test
  void downloadAddress_isRelativeEncodedAndExpires() {
    DownloadAddress address = storage.downloadAddress(uri("a b/+%.zip"), NONE);

    assertTrue(address.isRelative());
    assertTrue(address.url().startsWith("/files/updates/a%20b/%2B%25.zip?expires="));
    long expires = Long.parseLong(address.url().replaceAll(".*expires=(\\d+).*", "$1"));
    assertEquals(Instant.ofEpochSecond(expires), address.expiry().orElseThrow());
    assertEquals("DownloadAddress[/files/updates/a%20b/%2B%25.zip]", address.toString());
  }

  @Test
  void downloadAddress_staysTheSameForHalfItsLifetime() {
    Set<String> urls = new HashSet<>();
    for (int minute = 0; minute < 60; minute++) {
      urls.add(storage.downloadAddress(uri(KEY), NONE).url());
      clock.advance(Duration.ofMinutes(1));
    }

    assertTrue(urls.size() == 2 || urls.size() == 3, "" + urls.size());
  }

  @Test
  void downloadAddress_atAnyTime_hasAtLeastHalfOfItsLifetimeLeft() {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    System.out.println("FileStorageAddressTest: -Dhotupdater.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Duration lifetime = Duration.ofSeconds(2 + random.nextInt(10_000));
      clock.set(START.plusMillis(random.nextLong(1L << 40)));
      DownloadAddress address =
          builder().downloadLifetime(lifetime).build().downloadAddress(uri(KEY), NONE);

      Duration left = Duration.between(clock.instant(), address.expiry().orElseThrow());

      String message = "seed " + seed + ", lifetime " + lifetime + ", left " + left;
      assertTrue(left.multipliedBy(2).compareTo(lifetime) >= 0, message);
      assertTrue(left.compareTo(lifetime) <= 0, message);
    }
  }

  @Test
  void admitDownload_untilItExpires_isGranted() {
    Matcher address = download(KEY);
    Instant expiry = Instant.ofEpochSecond(Long.parseLong(address.group(2)));

    assertEquals(
        new Admission.Granted(ObjectKey.of(KEY), Duration.between(START, expiry)),
        admit(KEY, address.group(2), address.group(3)));
    clock.set(expiry.minusMillis(1));
    assertEquals(
        new Admission.Granted(ObjectKey.of(KEY), Duration.ofMillis(1)),
        admit(KEY, address.group(2), address.group(3)));
    clock.set(expiry);
    assertEquals(new Admission.Expired(), admit(KEY, address.group(2), address.group(3)));
  }

  @Test
  void admitDownload_changedSignature_isRefused() {
    Matcher address = download(KEY);
    String expires = address.group(2);
    String signature = address.group(3);
    List<String> forged = new ArrayList<>(List.of("", "=", signature + "=", signature + "A"));
    for (int i = 0; i < signature.length(); i++) {
      char other = signature.charAt(i) == 'A' ? 'B' : 'A';
      forged.add(signature.substring(0, i) + other + signature.substring(i + 1));
      forged.add(signature.substring(0, i));
    }
    forged.add(signature.toLowerCase(Locale.ROOT));
    forged.add(' ' + signature);

    for (String other : forged) {
      assertEquals(REFUSED, admit(KEY, expires, other), other);
    }
  }

  @Test
  void admitDownload_changedExpiry_isRefused() {
    Matcher address = download(KEY);
    long expires = Long.parseLong(address.group(2));
    List<String> forged =
        List.of(
            "" + (expires + 1),
            "" + (expires + 3600),
            "0" + expires,
            "+" + expires,
            " " + expires,
            "-1",
            "",
            "never",
            expires + ".0",
            "9999999999999",
            "99999999999999999999999",
            "\u0661");

    for (String other : forged) {
      assertEquals(REFUSED, admit(KEY, other, address.group(3)), other);
    }
  }

  @Test
  void admitDownload_otherObjectOrBucket_isRefused() {
    Matcher address = download(KEY);
    String expires = address.group(2);
    String signature = address.group(3);

    for (String other :
        List.of("", "bundles/1/c.zip", "bundles/1", KEY + "/", "/" + KEY, KEY + "\n" + expires)) {
      assertEquals(REFUSED, admit(other, expires, signature), other);
    }
    FileStorage sameKey = builder().bucket("other").build();
    assertEquals(REFUSED, sameKey.admitDownload("other", KEY, expires, signature));
    assertEquals(REFUSED, sameKey.admitDownload("updates", KEY, expires, signature));
    assertEquals(REFUSED, storage.admitDownload("other", KEY, expires, signature));
    assertEquals(REFUSED, storage.admitDownload("updates\n" + KEY, "", expires, signature));
  }

  @Test
  void addressOfOneUse_isRefusedForTheOther() {
    Matcher download = download(KEY);
    Matcher upload = upload(KEY, 10);

    assertEquals(REFUSED, admit(KEY, upload.group(2), upload.group(4)));
    for (String size : List.of("", "0", "10", download.group(2))) {
      assertEquals(
          REFUSED, storage.admitUpload("updates", KEY, size, download.group(2), download.group(3)));
    }
  }

  @Test
  void plainUploadAddress_isTheSame_withoutAnyHeader() {
    UploadAddress address = storage.plainUploadAddress(ObjectKey.of(KEY), 1234, NONE);

    assertEquals(Map.of(), address.headers());
    assertEquals(
        storage.uploadAddress(ObjectKey.of(KEY), 1234, "application/zip", NONE).url(),
        address.url());
    assertEquals(uri(KEY), storage.uri(ObjectKey.of(KEY)));
  }

  @Test
  void uploadAddress_isAPutOfTheWholeLifetime() {
    UploadAddress address = storage.uploadAddress(ObjectKey.of(KEY), 1234, "application/zip", NONE);

    assertTrue(address.isRelative());
    assertEquals("PUT", address.method());
    assertEquals(Map.of("Content-Type", "application/zip"), address.headers());
    assertEquals(Instant.parse("2026-03-01T11:20:30Z"), address.expiry());
    assertThrows(
        IllegalArgumentException.class,
        () -> storage.uploadAddress(ObjectKey.of(KEY), -1, "application/zip", NONE));
  }

  @Test
  void admitUpload_untilItExpires_isGrantedForItsKeyAndSize() {
    Matcher address = upload(KEY, 1234);
    String expires = address.group(2);
    String signature = address.group(4);

    assertEquals(
        new Admission.Granted(ObjectKey.of(KEY), Duration.ofMillis(3_599_544)),
        storage.admitUpload("updates", KEY, "1234", expires, signature));
    for (String size : List.of("", "1235", "01234", "-1", "12345678901234567890", "1234 ")) {
      assertEquals(REFUSED, storage.admitUpload("updates", KEY, size, expires, signature), size);
    }
    assertEquals(REFUSED, storage.admitUpload("updates", "other", "1234", expires, signature));
    assertEquals(REFUSED, storage.admitUpload("other", KEY, "1234", expires, signature));
    clock.advance(Duration.ofHours(1));
    assertEquals(
        new Admission.Expired(), storage.admitUpload("updates", KEY, "1234", expires, signature));
  }

  @Test
  void signingKey_isKeptWhereOnlyTheOwnerCanReadIt() throws IOException {
    storage.downloadAddress(uri(KEY), NONE);
    Path file = directory.resolve(".hotupdater/signing-key");

    assertEquals(32, Files.size(file));
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void signingKey_ofStoragesThatStartTogether_isTheSame() throws Exception {
    int processes = 16;
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      for (int round = 0; round < 20; round++) {
        Path shared = directory.resolve("shared" + round);
        Callable<String> task =
            () ->
                FileStorage.builder(shared)
                    .clock(clock)
                    .build()
                    .downloadAddress(uri(KEY), NONE)
                    .url();
        Set<String> urls = new HashSet<>();
        for (Future<String> url : threads.invokeAll(Collections.nCopies(processes, task))) {
          urls.add(url.get());
        }
        assertEquals(1, urls.size());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void signingKey_ofAnotherDirectory_isAnother() {
    String url = storage.downloadAddress(uri(KEY), NONE).url();
    FileStorage other = FileStorage.builder(directory.resolve("other")).clock(clock).build();

    assertNotEquals(url, other.downloadAddress(uri(KEY), NONE).url());
  }

  @Test
  void signingKey_survivesARestart() {
    String url = storage.downloadAddress(uri(KEY), NONE).url();

    assertEquals(url, builder().build().downloadAddress(uri(KEY), NONE).url());
  }

  @Test
  void signingKey_thatIsGiven_isUsedAndNotWritten() {
    byte[] key = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    FileStorage first = builder().signingKey(key).build();
    FileStorage second =
        FileStorage.builder(directory.resolve("copy")).clock(clock).signingKey(key).build();
    key[0]++;

    assertEquals(
        first.downloadAddress(uri(KEY), NONE).url(), second.downloadAddress(uri(KEY), NONE).url());
    assertFalse(Files.exists(directory.resolve(".hotupdater")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void signingKeyFile_ofAnotherSize_isAnErrorThatSaysWhatToDo(int size) throws IOException {
    Files.createDirectory(directory.resolve(".hotupdater"));
    Files.write(directory.resolve(".hotupdater/signing-key"), new byte[size]);

    StorageException failure =
        assertThrows(StorageException.class, () -> storage.downloadAddress(uri(KEY), NONE));

    assertTrue(failure.toString().contains("Delete it"), failure::toString);
    assertArrayEquals(
        new byte[size], Files.readAllBytes(directory.resolve(".hotupdater/signing-key")));
  }

  @Test
  void toString_tellsNoSecret() {
    assertEquals(
        "FileStorage[local://updates/ in " + directory.toAbsolutePath() + "]", storage.toString());
  }
}
