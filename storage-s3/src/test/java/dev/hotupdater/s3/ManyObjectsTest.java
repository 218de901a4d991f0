package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** More objects than fit into one call, and objects that other software has put there. */
class ManyObjectsTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final int MANY = 2300;

  private S3Server server;
  private S3Storage storage;

  @BeforeEach
  void start() {
    server = S3Server.start();
    storage = server.storage().basePath("/apps/one/").build();
  }

  @AfterEach
  void stop() {
    storage.close();
    server.close();
  }

  private void plant(String storedKey) {
    server
        .store()
        .putBlob(
            PutObjectRequest.builder()
                .bucket(S3Server.BUCKET)
                .key(storedKey)
                .contentLength(0L)
                .build(),
            InputStream.nullInputStream());
  }

  private List<StorageUri> list(String prefix) {
    try (Stream<ObjectSummary> objects = storage.list(prefix, NONE)) {
      return objects.map(ObjectSummary::uri).toList();
    }
  }

  @Test
  void listAndDeleteAll_ofManyObjects_haveEachOfThem() {
    Set<String> keys =
        IntStream.range(0, MANY)
            .mapToObj(i -> "apps/one/many/" + i + " & <ü>")
            .collect(Collectors.toSet());
    keys.forEach(this::plant);
    plant("apps/one/other");
    plant("apps/two");

    List<StorageUri> found = list("many/");
    assertEquals(keys, found.stream().map(StorageUri::key).collect(Collectors.toSet()));
    assertEquals(MANY, found.size());

    storage.deleteAll(found, NONE);

    assertEquals(List.of(), list("many/"));
    assertEquals(List.of(new StorageUri("s3", S3Server.BUCKET, "apps/one/other")), list(""));
    assertTrue(server.store().blobExists(S3Server.BUCKET, "apps/two"));
  }

  @Test
  void list_withBasePath_givesUrisThatLeadToTheObjects() {
    byte[] content = {1, 2, 3};
    StorageUri uri =
        storage.write(
            ObjectKey.of("a.zip"), new ByteArrayInputStream(content), 3, "application/zip", NONE);

    assertEquals("s3://updates/apps/one/a.zip", uri.toString());
    assertEquals(List.of(uri), list(""));
    assertEquals(List.of(uri), list("a"));
    assertTrue(storage.exists(uri, NONE));
  }

  @Test
  void list_ofMarkersForFolders_leavesThemOut() {
    plant("apps/one/folder/");
    plant("apps/one/folder/a");

    assertEquals(
        List.of(new StorageUri("s3", S3Server.BUCKET, "apps/one/folder/a")), list("folder"));
  }

  @Test
  void exists_anObjectOutsideOfTheBasePath_isSeen() {
    plant("elsewhere/a.zip");
    StorageUri uri = new StorageUri("s3", S3Server.BUCKET, "elsewhere/a.zip");

    assertTrue(storage.exists(uri, NONE));
    storage.delete(uri, NONE);
    assertFalse(storage.exists(uri, NONE));
  }
}
