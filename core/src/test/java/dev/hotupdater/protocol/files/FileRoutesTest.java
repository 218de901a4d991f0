package dev.hotupdater.protocol.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.SettableClock;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRoutesTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final String KEY = "bundles/1/bundle.zip";
  private static final String CONTENT = "0123456789";
  private static final String REFUSED =
      "{\"error\":\"The address of the file is not valid. Ask the server for a new one.\"}";

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private FileStorage storage;
  private FileStorage other;
  private HotUpdater server;

  private record Answer(int status, HttpHeaders headers, String text, long length) {
    String header(String name) {
      return headers.first(name).orElse("");
    }
  }

  @BeforeEach
  void start() {
    storage = FileStorage.builder(directory.resolve("updates")).clock(clock).build();
    other = FileStorage.builder(directory.resolve("other")).bucket("other").clock(clock).build();
    server =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(storage)
            .storage(other)
            .basePath("/hot-updater")
            .build();
    write(storage, KEY, CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void write(FileStorage storage, String key, String content) {
    byte[] bytes = content.getBytes(ISO_8859_1);
    storage.write(
        ObjectKey.of(key), new ByteArrayInputStream(bytes), bytes.length, "text/plain", NONE);
  }

  private String downloadPath(FileStorage from, String key) {
    StorageUri uri = new StorageUri("local", from.bucket(), key);
    return from.downloadAddress(uri, NONE).url();
  }

  private String downloadPath() {
    return downloadPath(storage, KEY);
  }

  private String uploadPath(String key, long size) {
    return storage.uploadAddress(ObjectKey.of(key), size, "text/plain", NONE).url();
  }

  private Answer send(String method, String path, InputStream body, String... fields) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    String[] parts = path.split("\\?", 2);
    HttpRequest request =
        HttpRequest.builder(method, "/hot-updater" + parts[0])
            .rawQuery(parts.length == 2 ? parts[1] : "")
            .headers(headers.build())
            .body(body)
            .build();
    HttpResponse response = server.handle(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (HttpBody content = response.body()) {
      if (!method.equals("HEAD")) {
        content.writeTo(bytes);
      }
      return new Answer(
          response.status(), response.headers(), bytes.toString(ISO_8859_1), content.length());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Answer get(String path, String... fields) {
    return send("GET", path, InputStream.nullInputStream(), fields);
  }

  private Answer put(String path, String content, String... fields) {
    return send("PUT", path, new ByteArrayInputStream(content.getBytes(ISO_8859_1)), fields);
  }

  private static void assertRefused(Answer answer) {
    assertEquals(403, answer.status());
    assertEquals(REFUSED, answer.text());
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals("no-store", answer.header("Cache-Control"));
  }

  @Test
  void get_signedAddress_servesTheFile() {
    Answer answer = get(downloadPath());

    assertEquals(200, answer.status());
    assertEquals(CONTENT, answer.text());
    assertEquals(10, answer.length());
    assertEquals("application/zip", answer.header("Content-Type"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("attachment; filename=\"bundle.zip\"", answer.header("Content-Disposition"));
    assertEquals("bytes", answer.header("Accept-Ranges"));
    assertTrue(answer.header("ETag").matches("\"a-[0-9a-f]+\""), answer.header("ETag"));
    assertTrue(answer.header("Last-Modified").endsWith(" GMT"));
  }

  @Test
  void get_mayBeCachedUntilTheAddressExpires() {
    String path = downloadPath();

    assertEquals("private, max-age=3600", get(path).header("Cache-Control"));
    clock.advance(Duration.ofMillis(1_000_500));
    assertEquals("private, max-age=2599", get(path).header("Cache-Control"));
  }

  @Test
  void head_tellsWhatGetWould() {
    Answer head = send("HEAD", downloadPath(), InputStream.nullInputStream());
    Answer get = get(downloadPath());

    assertEquals(200, head.status());
    assertEquals(10, head.length());
    for (String field : List.of("Content-Type", "ETag", "Last-Modified", "Accept-Ranges")) {
      assertEquals(get.header(field), head.header(field), field);
    }
  }

  @Test
  void head_ofAMissingFile_isNotFound() {
    assertEquals(
        404,
        send("HEAD", downloadPath(storage, "missing"), InputStream.nullInputStream()).status());
  }

  @Test
  void get_missingFileOrFolder_isNotFound() {
    for (String key : List.of("missing.zip", "bundles/1", KEY + "/below")) {
      Answer answer = get(downloadPath(storage, key));

      assertEquals(404, answer.status(), key);
      assertEquals("{\"error\":\"File not found\"}", answer.text());
      assertEquals("no-store", answer.header("Cache-Control"));
    }
  }

  @Test
  void get_emptyFile_isServed() {
    write(storage, "empty", "");
    String path = downloadPath(storage, "empty");

    assertEquals(200, get(path).status());
    assertEquals(0, get(path).length());
    assertEquals(200, get(path, "Range", "bytes=-5").status());
    assertEquals(416, get(path, "Range", "bytes=0-").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b+c.zip", "100%.zip", "a#b?.zip", "\u00fc-\u65e5.zip", "d/e/f.json"})
  void get_oddName_isServed(String key) {
    Charset fileNames = Charset.forName(System.getProperty("sun.jnu.encoding"));
    assumeTrue(fileNames.newEncoder().canEncode(key), "The locale has no such file names");
    write(storage, key, key.replaceAll("[^a-z]", "_"));

    assertEquals(key.replaceAll("[^a-z]", "_"), get(downloadPath(storage, key)).text());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3,    0123,   bytes 0-3/10",
    "bytes=5-,     56789,  bytes 5-9/10",
    "bytes=-2,     89,     bytes 8-9/10",
    "bytes=9-99,   9,      bytes 9-9/10",
    "bytes=0-,     0123456789, bytes 0-9/10"
  })
  void get_range_isPartialContent(String range, String content, String contentRange) {
    Answer answer = get(downloadPath(), "Range", range);

    assertEquals(206, answer.status());
    assertEquals(content, answer.text());
    assertEquals(content.length(), answer.length());
    assertEquals(contentRange, answer.header("Content-Range"));
    assertEquals(get(downloadPath()).header("ETag"), answer.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void get_rangeBehindTheEnd_isNotSatisfiable(String range) {
    Answer answer = get(downloadPath(), "Range", range);

    assertEquals(416, answer.status());
    assertEquals("bytes */10", answer.header("Content-Range"));
    assertEquals("no-store", answer.header("Cache-Control"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,4-5", "bytes=3-2", "lines=1-2", "bytes=x"})
  void get_rangesThatAreNotSupported_areIgnored(String range) {
    Answer answer = get(downloadPath(), "Range", range);

    assertEquals(200, answer.status());
    assertEquals(CONTENT, answer.text());
    assertEquals("", answer.header("Content-Range"));
  }

  @Test
  void get_rangeOfAnotherState_servesTheWholeFile() {
    String path = downloadPath();
    String tag = get(path).header("ETag");
    String time = get(path).header("Last-Modified");

    assertEquals(206, get(path, "Range", "bytes=5-", "If-Range", tag).status());
    for (String validator : List.of("\"old\"", "W/" + tag, time, "x")) {
      Answer answer = get(path, "Range", "bytes=5-", "If-Range", validator);
      assertEquals(200, answer.status(), validator);
      assertEquals(CONTENT, answer.text());
    }
  }

  @Test
  void get_stateThatTheClientHas_isNotModified() {
    String path = downloadPath();
    Answer first = get(path);

    Answer byTag = get(path, "If-None-Match", "\"x\", " + first.header("ETag"));
    Answer byTime = get(path, "If-Modified-Since", first.header("Last-Modified"));

    for (Answer answer : List.of(byTag, byTime)) {
      assertEquals(304, answer.status());
      assertEquals(0, answer.length());
      assertEquals(first.header("ETag"), answer.header("ETag"));
      assertEquals(first.header("Cache-Control"), answer.header("Cache-Control"));
    }
    assertEquals(304, get(path, "If-None-Match", "*", "Range", "bytes=0-1").status());
    assertEquals(412, get(path, "If-Match", "\"x\"").status());
    assertEquals(200, get(path, "If-Match", first.header("ETag")).status());
  }

  @Test
  void get_replacedFile_hasAnotherTag() {
    String path = downloadPath();
    String tag = get(path).header("ETag");

    write(storage, KEY, "9876543210");

    assertNotEquals(tag, get(path).header("ETag"));
    assertEquals(200, get(path, "If-None-Match", tag).status());
    assertEquals("9876543210", get(path, "Range", "bytes=5-", "If-Range", tag).text());
  }

  @Test
  void answersWithoutTheFile_letGoOfIt() throws IOException {
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open), "No /proc here");
    String path = downloadPath();
    String tag = get(path).header("ETag");
    for (int i = 0; i < 20; i++) {
      get(path, "If-None-Match", tag);
      get(path, "If-Match", "\"x\"");
      get(path, "Range", "bytes=99-");
      send("HEAD", path, InputStream.nullInputStream());
    }
    try (var descriptors = Files.list(open)) {
      assertEquals(0, descriptors.filter(this::isOfTheStorage).count());
    }
  }

  private boolean isOfTheStorage(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void get_expiredAddress_saysSo() {
    String path = downloadPath();
    clock.advance(Duration.ofHours(1));

    Answer answer = get(path);

    assertEquals(403, answer.status());
    assertEquals(
        "{\"error\":\"The address of the file has expired. Ask the server for a new one.\"}",
        answer.text());
  }

  @Test
  void get_withoutGenuineSignature_isRefused() {
    String path = downloadPath();
    String file = path.substring(0, path.indexOf('?'));
    String query = path.substring(path.indexOf('?'));

    assertRefused(get(file));
    assertRefused(get(file + query.replaceFirst("&signature=.*", "")));
    assertRefused(get(file + query.replaceFirst("signature=.", "signature=")));
    assertRefused(get(file + query.replaceFirst("expires=\\d+", "expires=9999999999")));
    assertRefused(get(file + query.replaceFirst("expires=\\d+&", "")));
    assertRefused(get(file + query.replaceFirst("expires=", "expires=0&expires=")));
    assertRefused(get("/files/updates/bundles/1/other.zip" + query));
    assertRefused(get("/files/updates/bundles/1" + query));
    assertRefused(get("/files/other/" + KEY + query));
    assertRefused(get("/files/unknown/" + KEY + query));
    assertRefused(get("/files/UPDATES/" + KEY + query));
  }

  @Test
  void addressOfAnotherBucketOrUse_isRefused() {
    write(other, KEY, "other content");
    String ofOther = downloadPath(other, KEY);
    String upload = uploadPath(KEY, 10);

    assertEquals("other content", get(ofOther).text());
    assertRefused(get(ofOther.replace("/files/other/", "/files/updates/")));
    assertRefused(put(downloadPath(), CONTENT));
    assertRefused(put(downloadPath() + "&size=10", CONTENT));
    assertRefused(get(upload));
    assertEquals(CONTENT, get(downloadPath()).text());
  }

  /** With the query of a genuine address, in case only its form were looked at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.txt",
        "../../outside.txt",
        "%2e%2e/outside.txt",
        "..%2foutside.txt",
        "%2e%2e%2foutside.txt",
        "..%5coutside.txt",
        "bundles/../../outside.txt",
        "bundles/%2e%2e/%2e%2e/outside.txt",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "/%2fetc/passwd",
        "file:%2f%2f%2fetc%2fpasswd",
        "C:%5cWindows%5cwin.ini",
        ".hotupdater/signing-key",
        "%2ehotupdater/signing-key",
        ".HOTUPDATER/signing-key",
        "bundles/..%2f.hotupdater/signing-key",
        "link/secret.txt",
        "bundles/1/bundle.zip%0a",
        "bundles/1/bundle.zip;x",
        "bundles//1/bundle.zip",
        "./bundles/1/bundle.zip",
        "%252e%252e/outside.txt"
      })
  void get_pathsThatLeadElsewhere_areRefused(String path) throws IOException {
    Files.writeString(directory.resolve("outside.txt"), "outside");
    String address = downloadPath();

    assertRefused(get("/files/updates/" + path + address.substring(address.indexOf('?'))));
    assertRefused(put("/files/updates/" + path + uploadQuery(), CONTENT));
    assertEquals("outside", Files.readString(directory.resolve("outside.txt")));
  }

  private String uploadQuery() {
    String path = uploadPath(KEY, 10);
    return path.substring(path.indexOf('?'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00.zip", "%ff%fe.zip", "a%zz.zip", "a%2", "%c0%ae%c0%ae/x"})
  void get_brokenEncoding_isABadRequest(String path) {
    String address = downloadPath();

    assertEquals(
        400, get("/files/updates/" + path + address.substring(address.indexOf('?'))).status());
    assertEquals(400, get("/files/updates/a?expires=%zz&signature=x").status());
  }

  @Test
  void get_overlongPathOrQuery_isRefused() {
    assertRefused(get("/files/updates/" + "x".repeat(100_000) + "?expires=1&signature=x"));
    assertRefused(get("/files/updates/" + "d/".repeat(50_000) + "x?expires=1&signature=x"));
    assertRefused(get("/files/updates/a?expires=1&signature=" + "x".repeat(100_000)));
  }

  @Test
  void get_fileBehindALinkOutside_isNotServed() throws IOException {
    Files.writeString(directory.resolve("outside.txt"), "outside");
    Files.createSymbolicLink(
        directory.resolve("updates/link.txt"), directory.resolve("outside.txt"));

    Answer answer = get(downloadPath(storage, "link.txt"));

    assertEquals(500, answer.status());
    assertFalse(answer.text().contains("outside"), answer.text());
  }

  @Test
  void put_signedAddress_storesTheFile() {
    Answer answer = put(uploadPath("up/a b.json", 7), "{\"a\":1}", "Content-Length", "7");

    assertEquals(201, answer.status());
    assertEquals("{\"success\":true}", answer.text());
    assertEquals("{\"a\":1}", get(downloadPath(storage, "up/a b.json")).text());
  }

  @Test
  void put_existingFile_isReplaced() {
    assertEquals(201, put(uploadPath(KEY, 3), "new").status());

    assertEquals("new", get(downloadPath()).text());
  }

  @Test
  void put_anotherSizeThanSigned_isRefusedAndNothingIsStored() {
    String path = uploadPath("new.zip", 5);

    assertEquals(413, put(path, "123456").status());
    assertEquals(413, put(path, "123456", "Content-Length", "6").status());
    assertEquals(400, put(path, "1234").status());
    assertEquals(400, put(path, "1234", "Content-Length", "4").status());
    assertEquals(400, put(path, "").status());
    assertEquals(404, get(downloadPath(storage, "new.zip")).status());

    assertRefused(put(path.replace("size=5", "size=6"), "123456"));
    assertRefused(put(path.replace("size=5&", ""), "12345"));
    assertEquals(404, get(downloadPath(storage, "new.zip")).status());
  }

  @Test
  void put_bodyThatBreaksOff_storesNothing() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream("12".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("reset by peer");
              }
            });

    assertEquals(400, send("PUT", uploadPath(KEY, 5), broken).status());
    assertEquals(CONTENT, get(downloadPath()).text());
  }

  @Test
  void put_partOfAFile_isRefused() {
    Answer answer = put(uploadPath(KEY, 3), "new", "Content-Range", "bytes 0-2/10");

    assertEquals(400, answer.status());
    assertTrue(answer.text().contains("Content-Range"));
    assertEquals(CONTENT, get(downloadPath()).text());
  }

  @Test
  void put_whereOtherFilesAreInTheWay_isAConflict() {
    assertEquals(409, put(uploadPath("bundles/1", 1), "x").status());
    assertEquals(409, put(uploadPath(KEY + "/below", 1), "x").status());
    assertEquals(CONTENT, get(downloadPath()).text());
  }

  @Test
  void put_expiredAddress_isRefused() {
    String path = uploadPath(KEY, 3);
    clock.advance(Duration.ofHours(1));

    assertEquals(403, put(path, "new").status());
    assertEquals(CONTENT, get(downloadPath()).text());
  }

  @Test
  void otherMethods_areNotFound() {
    for (String method : List.of("POST", "DELETE", "PATCH")) {
      assertEquals(
          404, send(method, downloadPath(), InputStream.nullInputStream()).status(), method);
    }
  }

  @Test
  void of_noStorageOrTheSameBucketTwice_isRefused() {
    FileStorage sameBucket = FileStorage.builder(directory.resolve("third")).scheme("disk").build();

    assertThrows(IllegalArgumentException.class, () -> FileRoutes.of(List.of()));
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> FileRoutes.of(List.of(storage, sameBucket)));
    assertEquals(Optional.of(true), Optional.of(failure.toString().contains("'updates'")));
  }
}
