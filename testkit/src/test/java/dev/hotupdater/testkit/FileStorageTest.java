package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest extends WritableStorageContract {
  @TempDir private Path directory;
  private FileStorage storage;
  private HotUpdater server;

  @BeforeEach
  void start() {
    storage = FileStorage.at(directory.resolve("updates"));
    server = HotUpdater.builder().database(InMemoryDatabase.create()).storage(storage).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected WritableStorage storage() {
    return storage;
  }

  /** Asks the route that is mounted with the storage. */
  @Override
  protected byte[] download(DownloadAddress address) throws Exception {
    assertTrue(address.isRelative());
    String[] url = address.url().split("\\?", 2);
    HttpResponse answer =
        server.handle(HttpRequest.builder("GET", url[0]).rawQuery(url[1]).build());
    assertEquals(200, answer.status());
    try (HttpBody body = answer.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      body.writeTo(bytes);
      assertEquals(body.length(), bytes.size());
      return bytes.toByteArray();
    }
  }

  /** In a locale without UTF-8, Java cannot express other file names. */
  @Override
  protected boolean accepts(ObjectKey key) {
    return Charset.forName(System.getProperty("sun.jnu.encoding"))
        .newEncoder()
        .canEncode(key.toString());
  }
}
