package dev.hotupdater.protocol.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.FormPart;
import dev.hotupdater.http.FormReader;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandaloneStorageRoutesTest {
  private static final String TOKEN = "a-token-for-the-tests";
  private static final URI BASE = URI.create("https://updates.test");
  private static final RequestContext NONE = RequestContext.none();

  @TempDir private Path temporary;
  private Path spool;
  private FileStorage storage;
  private HotUpdater server;

  private record Answer(int status, HttpHeaders headers, String text) {
    String error() throws IOException {
      return new ObjectMapper().readTree(text).path("error").asText();
    }

    String field(String name) throws IOException {
      return new ObjectMapper().readTree(text).path(name).asText();
    }
  }

  /** A storage that can only be read, and has one text. */
  private static final class ReadOnlyStorage implements Storage {
    @Override
    public String scheme() {
      return "fixed";
    }

    @Override
    public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
      return DownloadAddress.permanent("https://cdn.test/" + StorageUri.encodePath(uri.key()));
    }

    @Override
    public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
      if (!uri.key().equals("a.txt")) {
        throw new ObjectNotFoundException(uri);
      }
      return StoredObject.of(new ByteArrayInputStream("fixed".getBytes(UTF_8)), 5);
    }
  }

  @BeforeEach
  void start() throws IOException {
    spool = Files.createDirectory(temporary.resolve("spool"));
    storage = FileStorage.at(temporary.resolve("updates"));
    server = server(routes().maxUploadBytes(1000));
  }

  private StandaloneStorageRoutes routes() {
    return StandaloneStorageRoutes.protectedBy(Access.bearerToken(TOKEN)).spoolDirectory(spool);
  }

  private HotUpdater server(StandaloneStorageRoutes routes) {
    return HotUpdater.builder()
        .database(InMemoryDatabase.create())
        .storage(new ReadOnlyStorage())
        .storage(storage)
        .basePath("/hot-updater")
        .routes(routes)
        .build();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    try (Stream<Path> left = Files.list(spool)) {
      assertEquals(List.of(), left.toList(), "temporary files left behind");
    }
  }

  private static HttpRequest.Builder request(String method, String path) {
    return HttpRequest.builder(method, "/hot-updater" + path)
        .headers(HttpHeaders.builder().add("Authorization", "Bearer " + TOKEN).build())
        .context(NONE.withBaseUri(BASE));
  }

  private Answer send(HttpRequest request) {
    HttpResponse response = server.handle(request);
    try (HttpBody body = response.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      body.writeTo(bytes);
      return new Answer(response.status(), response.headers(), bytes.toString(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Answer json(String method, String path, String body) {
    return send(request(method, path).body(new ByteArrayInputStream(body.getBytes(UTF_8))).build());
  }

  private Answer json(String path, String storageUri) {
    String method = path.equals("/delete") ? "DELETE" : "POST";
    return json(method, path, "{\"storageUri\":\"" + storageUri + "\"}");
  }

  /** Hands out parts as a multipart parser does. */
  private static FormReader form(FormPart... parts) {
    return (request, visitor) -> {
      for (FormPart part : parts) {
        visitor.visit(part);
      }
    };
  }

  private static FormPart field(String name, String value) {
    return new FormPart(
        name, Optional.empty(), Optional.empty(), new ByteArrayInputStream(value.getBytes(UTF_8)));
  }

  private static FormPart file(String fileName, InputStream content) {
    return new FormPart("file", Optional.of(fileName), Optional.of("text/x-odd"), content);
  }

  private static FormPart file(String fileName, String content) {
    return file(fileName, new ByteArrayInputStream(content.getBytes(UTF_8)));
  }

  private Answer upload(FormPart... parts) {
    return send(request("POST", "/upload").formReader(form(parts)).build());
  }

  private void assertNothingStored() {
    try (var objects = storage.list("", NONE)) {
      assertEquals(List.of(), objects.toList());
    }
  }

  private String stored(String key) throws IOException {
    return Files.readString(temporary.resolve("updates").resolve(key));
  }

  private void write(String key, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    storage.write(
        ObjectKey.of(key), new ByteArrayInputStream(bytes), bytes.length, "text/plain", NONE);
  }

  @Test
  void upload_fileBeforeKey_isStoredInTheFolder() throws IOException {
    Answer answer = upload(file("bundle.zip", "zip"), field("key", "bundles/1"));

    assertEquals(200, answer.status());
    assertEquals("{\"storageUri\":\"local://updates/bundles/1/bundle.zip\"}", answer.text());
    assertEquals("zip", stored("bundles/1/bundle.zip"));
  }

  @Test
  void upload_keyBeforeFile_isStoredTheSame() throws IOException {
    Answer answer =
        upload(field("other", "x"), field("key", "assets/sha256/ab"), file("ab.png", "png"));

    assertEquals("local://updates/assets/sha256/ab/ab.png", answer.field("storageUri"));
    assertEquals("png", stored("assets/sha256/ab/ab.png"));
  }

  @ParameterizedTest
  @CsvSource({
    "bundles/1/bundle.zip, bundle.zip,                bundles/1/bundle.zip",
    "bundle.zip,           bundle.zip,                bundle.zip",
    "bundles/1,            C:\\Users\\me\\bundle.zip, bundles/1/bundle.zip",
    "bundles/1,            /home/me/bundle.zip,       bundles/1/bundle.zip",
    "bundles/1,            ../../bundle.zip,          bundles/1/bundle.zip",
    "my bundle.zip,        bundle.zip,                my bundle.zip/bundle.zip",
    "a b/%2e,              100%+.zip,                 a b/%2e/100%+.zip"
  })
  void upload_keyAndFileName_makeTheObjectKey(String key, String fileName, String expected)
      throws IOException {
    Answer answer = upload(file(fileName, "zip"), field("key", key));

    assertEquals(200, answer.status(), answer.text());
    assertEquals(
        new StorageUri("local", "updates", expected),
        StorageUri.parse(answer.field("storageUri")).orElseThrow());
    assertEquals("zip", stored(expected));
  }

  @Test
  void upload_emptyFile_isStored() throws IOException {
    assertEquals(200, upload(file("empty.txt", ""), field("key", "assets")).status());

    assertEquals("", stored("assets/empty.txt"));
  }

  @Test
  void upload_sameKeyAgain_replacesTheFile() throws IOException {
    upload(file("a.txt", "old"), field("key", "k"));

    assertEquals(200, upload(file("a.txt", "new"), field("key", "k")).status());

    assertEquals("new", stored("k/a.txt"));
  }

  private void assertBad(String field, FormPart... parts) throws IOException {
    Answer answer = upload(parts);

    assertEquals(400, answer.status(), answer.text());
    assertTrue(answer.error().contains("'" + field + "'"), answer.error());
    assertNothingStored();
  }

  @Test
  void upload_withoutAField_namesIt() throws IOException {
    assertBad("key", file("a.txt", "x"));
    assertBad("file", field("key", "k"));
    assertBad("key");
    assertBad("key", file("a.txt", "x"), field("key", ""));
    assertBad("file", field("file", "no file name"), field("key", "k"));
    assertBad("file", file("", "x"), field("key", "k"));
    assertBad("file", file("folder/", "x"), field("key", "k"));
  }

  @Test
  void upload_withAFieldTwice_namesIt() throws IOException {
    assertBad("key", field("key", "a"), file("a.txt", "x"), field("key", "b"));
    assertBad("file", file("a.txt", "x"), file("b.txt", "x"), field("key", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../up",
        "a/../b",
        "/a",
        "a/",
        "a//b",
        ".",
        "a\\b",
        "a\0b",
        "a\nb",
        ".hotupdater",
        ".HotUpdater/unfinished"
      })
  void upload_keyThatLeadsElsewhere_namesIt(String key) throws IOException {
    assertBad("key", file("a.txt", "x"), field("key", key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a\0.txt", "a\n.txt", "up/.."})
  void upload_fileNameThatIsNone_namesIt(String fileName) throws IOException {
    assertBad("file", file(fileName, "x"), field("key", "k"));
  }

  @Test
  void upload_overlongKeyOrName_namesIt() throws IOException {
    assertBad("key", file("a.txt", "x"), field("key", "k/".repeat(600) + "k"));
    assertBad("key", file("a.txt", "x"), field("key", "k".repeat(1_000_000)));
    assertBad("key", file("x".repeat(256), "x"), field("key", "k"));
  }

  @Test
  void upload_whereOtherFilesAreInTheWay_namesTheKey() throws IOException {
    write("a/b.txt", "x");

    Answer below = upload(file("c.txt", "x"), field("key", "a/b.txt/d"));
    Answer folder = upload(file("a", "x"), field("key", "a"));

    assertEquals(400, below.status());
    assertTrue(below.error().contains("'key'"));
    assertEquals(400, folder.status());
  }

  @Test
  void upload_atTheLimit_isStored() throws IOException {
    assertEquals(200, upload(file("a.txt", "x".repeat(1000)), field("key", "k")).status());

    assertEquals(1000, stored("k/a.txt").length());
  }

  @Test
  void upload_largerThanTheLimit_isTooLarge() throws IOException {
    assertEquals(413, upload(file("a.txt", "x".repeat(1001)), field("key", "k")).status());
    assertEquals(413, upload(field("other", "x".repeat(70_000)), field("key", "k")).status());
    HttpRequest declared =
        request("POST", "/upload")
            .headers(
                HttpHeaders.builder()
                    .add("Authorization", "Bearer " + TOKEN)
                    .add("Content-Length", "5000000000")
                    .build())
            .formReader(
                (request, visitor) -> {
                  throw new AssertionError("The form is read");
                })
            .build();
    assertEquals(413, send(declared).status());
    assertNothingStored();
  }

  @Test
  void upload_ofManyParts_isRefused() throws IOException {
    FormPart[] parts = new FormPart[200];
    Arrays.fill(parts, field("x", ""));

    assertEquals(400, upload(parts).status());
  }

  @Test
  void upload_thatBreaksOff_storesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          private int count;

          @Override
          public int read() throws IOException {
            if (++count > 100) {
              throw new IOException("reset by peer");
            }
            return 'x';
          }
        };

    assertEquals(400, upload(field("key", "k"), file("a.txt", broken)).status());
    assertNothingStored();
  }

  @Test
  void upload_whenTheSpoolDirectoryIsMissing_isAnErrorWithoutInternals() throws IOException {
    server.close();
    server = server(routes().spoolDirectory(temporary.resolve("missing")));

    Answer answer = upload(file("a.txt", "x"), field("key", "k"));

    assertEquals(500, answer.status());
    assertFalse(answer.text().contains("missing"), answer.text());
  }

  @Test
  void upload_ofAProcessThatIsKilled_leavesNothing() throws IOException {
    assumeTrue(
        Files.getFileStore(spool).supportsFileAttributeView("posix"),
        "this system keeps the name of a file that is open");
    List<Path> seen = new ArrayList<>();
    InputStream content =
        new ByteArrayInputStream("x".repeat(500).getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            try (Stream<Path> files = Files.list(spool)) {
              files.forEach(seen::add);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            return super.read(target, offset, Math.min(length, 100));
          }
        };

    assertEquals(200, upload(file("a.txt", content), field("key", "k")).status());
    // What has no name is gone with the process that has it open.
    assertEquals(List.of(), seen);
  }

  @Test
  void readText_object_isItsText() {
    write("manifest.json", "{\"\u00fc\":1}");

    Answer answer = json("/readText", "local://updates/manifest.json");

    assertEquals(200, answer.status());
    assertEquals("{\"\u00fc\":1}", answer.text());
    assertEquals(Optional.of("text/plain; charset=utf-8"), answer.headers().first("Content-Type"));
    assertEquals("fixed", json("/readText", "fixed://any/a.txt").text());
  }

  @Test
  void readText_missingObject_isNotFound() throws IOException {
    Answer answer = json("/readText", "local://updates/missing.json");

    assertEquals(404, answer.status());
    assertEquals("Object not found", answer.error());
    assertEquals(404, json("/readText", "local://updates/../outside").status());
    assertEquals(404, json("/readText", "local://updates/.hotupdater/signing-key").status());
  }

  @Test
  void readText_hugeObject_isRefused() throws IOException {
    try (var file =
        new java.io.RandomAccessFile(
            Files.createDirectories(temporary.resolve("updates")).resolve("huge").toFile(), "rw")) {
      file.setLength(17L << 20);
    }

    Answer answer = json("/readText", "local://updates/huge");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("'storageUri'"), answer.error());
  }

  @Test
  void getDownloadUrl_isAnAddressThatWorks() throws IOException {
    write("a b.txt", "content");

    String url = json("/getDownloadUrl", "local://updates/a%20b.txt").field("fileUrl");

    String start = "https://updates.test/hot-updater/files/updates/a%20b.txt?expires=";
    assertTrue(url.startsWith(start), url);
    URI parsed = URI.create(url);
    Answer file =
        send(
            HttpRequest.builder("GET", parsed.getRawPath()).rawQuery(parsed.getRawQuery()).build());
    assertEquals("content", file.text());
    assertEquals(
        "https://cdn.test/x/y.zip", json("/getDownloadUrl", "fixed://b/x/y.zip").field("fileUrl"));
  }

  /** The command line asks for the URL first and then sends HEAD to it, to see if a file exists. */
  @Test
  void getDownloadUrl_ofAMissingObject_isGivenAndLeadsToNothing() throws IOException {
    String url = json("/getDownloadUrl", "local://updates/missing").field("fileUrl");
    URI parsed = URI.create(url);

    Answer file =
        send(
            HttpRequest.builder("HEAD", parsed.getRawPath())
                .rawQuery(parsed.getRawQuery())
                .build());

    assertEquals(404, file.status());
  }

  @Test
  void delete_object_isGone() {
    write("k/a.txt", "x");

    for (int i = 0; i < 2; i++) {
      Answer answer = json("/delete", "local://updates/k/a.txt");
      assertEquals(200, answer.status());
      assertEquals("{\"success\":true}", answer.text());
    }

    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/delete", "/readText", "/getDownloadUrl"})
  void storageUri_thatCannotBeUsed_isNamed(String path) throws IOException {
    write("a.txt", "x");
    for (String uri :
        List.of(
            "",
            "a.txt",
            "local://updates",
            "local://updates/",
            "local://other/a.txt",
            "s3://updates/a.txt",
            "http://updates/a.txt",
            "file:///etc/passwd")) {
      Answer answer = json(path, uri);

      assertEquals(400, answer.status(), uri);
      assertTrue(answer.error().contains("'storageUri'"), answer.error());
    }
    assertEquals("x", stored("a.txt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/delete", "/readText", "/getDownloadUrl"})
  void body_thatIsNotTheExpectedJson_isABadRequest(String path) {
    String method = path.equals("/delete") ? "DELETE" : "POST";
    for (String body :
        List.of(
            "",
            "x",
            "{",
            "null",
            "[]",
            "\"local://updates/a.txt\"",
            "{}",
            "{\"storageUri\":null}",
            "{\"storageUri\":1}",
            "{\"storageUri\":[\"local://updates/a.txt\"]}",
            "[".repeat(30_000))) {
      assertEquals(400, json(method, path, body).status(), body);
    }
    assertEquals(413, json(method, path, " ".repeat(70_000)).status());
  }

  @Test
  void delete_inAStorageThatCannotBeWrittenTo_isRefused() throws IOException {
    Answer answer = json("/delete", "fixed://any/a.txt");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("'storageUri'"), answer.error());
  }

  @Test
  void getDownloadUrl_ofAKeyThatCannotBe_namesTheField() throws IOException {
    Answer answer = json("/getDownloadUrl", "local://updates/..%2foutside");

    assertEquals(400, answer.status());
    assertTrue(answer.error().contains("'storageUri'"), answer.error());
  }

  @Test
  void body_ofWhateverContentType_isRead() {
    write("a.txt", "text");
    HttpRequest request =
        request("POST", "/readText")
            .headers(
                HttpHeaders.builder()
                    .add("Authorization", "Bearer " + TOKEN)
                    .add("Content-Type", "text/plain;charset=UTF-8")
                    .build())
            .body(
                new ByteArrayInputStream(
                    "{\"storageUri\":\"local://updates/a.txt\"}".getBytes(UTF_8)))
            .build();

    assertEquals("text", send(request).text());
  }

  @Test
  void withoutCredentials_nothingIsRead() {
    for (String path : List.of("/upload", "/readText", "/getDownloadUrl")) {
      HttpRequest request =
          HttpRequest.builder("POST", "/hot-updater" + path)
              .formReader(
                  (r, visitor) -> {
                    throw new AssertionError("The form is read");
                  })
              .build();
      assertEquals(401, send(request).status(), path);
    }
    assertEquals(401, send(HttpRequest.builder("DELETE", "/hot-updater/delete").build()).status());
  }

  @Test
  void uploads_goToTheGivenStorage() throws IOException {
    FileStorage second = FileStorage.builder(temporary.resolve("second")).bucket("second").build();
    HotUpdater both =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(storage)
            .storage(second)
            .basePath("/hot-updater")
            .routes(routes().over(second))
            .build();
    server.close();
    server = both;

    Answer answer = upload(file("a.txt", "x"), field("key", "k"));

    assertEquals("local://second/k/a.txt", answer.field("storageUri"));
    assertEquals("x", json("/readText", "local://second/k/a.txt").text());
    assertNothingStored();
  }

  @Test
  void routes_withoutAStorageToWriteTo_cannotBeMounted() {
    var readOnly =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(new ReadOnlyStorage())
            .routes(routes());
    var foreign =
        HotUpdater.builder()
            .database(InMemoryDatabase.create())
            .storage(new ReadOnlyStorage())
            .routes(routes().over(storage));

    for (var builder : List.of(readOnly, foreign)) {
      RuntimeException failure = assertThrows(RuntimeException.class, builder::build);
      assertTrue(failure.toString().contains("standalone storage routes"), failure::toString);
    }
    assertThrows(IllegalArgumentException.class, () -> routes().maxUploadBytes(0));
  }
}
