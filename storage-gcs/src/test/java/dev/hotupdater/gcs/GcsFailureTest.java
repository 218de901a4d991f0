package dev.hotupdater.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.gcs.standin.Exchange;
import dev.hotupdater.gcs.standin.GcsStandIn;
import dev.hotupdater.gcs.standin.ServiceAccount;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service refuses: every failure is told for what it is, and tells no secret. */
class GcsFailureTest {
  private static final RequestContext CONTEXT = RequestContext.none();
  private static final byte[] CONTENT = {1, 2, 3};

  private final GcsStandIn gcs = GcsStandIn.start();
  private final GcsStorage storage = GcsStorages.of(gcs).maxAttempts(2).build();

  @BeforeEach
  void plant() {
    gcs.blobs().put("a.zip", CONTENT, "application/zip", "");
  }

  @AfterEach
  void stop() {
    storage.close();
    gcs.close();
  }

  private static StorageUri uri(String bucket, String key) {
    return new StorageUri("gs", bucket, key);
  }

  private static StorageUri own(String key) {
    return uri(GcsStandIn.BUCKET, key);
  }

  private static InputStream content() {
    return new ByteArrayInputStream(CONTENT);
  }

  /** Every call that asks the service, on objects of a bucket. */
  private static Map<String, Runnable> calls(GcsStorage storage, String bucket) {
    Map<String, Runnable> calls = new LinkedHashMap<>();
    StorageUri uri = uri(bucket, "a.zip");
    calls.put("open", () -> storage.open(uri, ByteRange.ALL, CONTEXT));
    calls.put("exists", () -> storage.exists(uri, CONTEXT));
    calls.put("delete", () -> storage.delete(uri, CONTEXT));
    calls.put("deleteAll", () -> storage.deleteAll(List.of(uri), CONTEXT));
    calls.put("list", () -> list(storage));
    calls.put("check", storage::check);
    calls.put(
        "write",
        () ->
            storage.write(
                ObjectKey.of("b.zip"), content(), CONTENT.length, "application/zip", CONTEXT));
    return calls;
  }

  private static List<ObjectSummary> list(GcsStorage storage) {
    try (Stream<ObjectSummary> objects = storage.list("", CONTEXT)) {
      return objects.toList();
    }
  }

  private Stream<DynamicTest> eachFails(
      GcsStorage storage, String bucket, Class<? extends StorageException> type, String advice) {
    return calls(storage, bucket).entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(),
                    () -> {
                      StorageException failure =
                          assertThrows(StorageException.class, call.getValue()::run);
                      if (!(failure instanceof IncompleteDeletionException)) {
                        assertEquals(type, failure.getClass());
                      }
                      assertTrue(
                          String.valueOf(failure.getMessage()).contains(advice), failure::toString);
                      Secrets.assertNone(failure, gcs);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> missingBucket_isToldFromAMissingObject() {
    GcsStorage wrong = GcsStorages.of(gcs, "other-bucket").build();
    return eachFails(wrong, "other-bucket", StorageException.class, "There is no bucket");
  }

  @TestFactory
  Stream<DynamicTest> throttled_isUnavailable() {
    gcs.breakWith(request -> refuseApi(request, 429, "rateLimitExceeded"));
    return eachFails(
        storage, GcsStandIn.BUCKET, StorageUnavailableException.class, "Try again later");
  }

  @TestFactory
  Stream<DynamicTest> overloaded_isUnavailable() {
    gcs.breakWith(request -> refuseApi(request, 503, "backendError"));
    return eachFails(storage, GcsStandIn.BUCKET, StorageUnavailableException.class, "HTTP 503");
  }

  @TestFactory
  Stream<DynamicTest> denied_namesThePermission() {
    gcs.breakWith(request -> refuseApi(request, 403, "forbidden"));
    return eachFails(storage, GcsStandIn.BUCKET, StorageException.class, "storage.objects.");
  }

  @TestFactory
  Stream<DynamicTest> revokedToken_isToldAsSuch() {
    gcs.breakWith(request -> refuseApi(request, 401, "authError"));
    return eachFails(storage, GcsStandIn.BUCKET, StorageException.class, "are not accepted");
  }

  @TestFactory
  Stream<DynamicTest> refusedKey_isToldAsSuch() {
    GcsStorage stranger =
        GcsStorages.of(gcs)
            .serviceAccount(ServiceAccount.create().jsonStream(gcs.tokenUri()))
            .build();
    return eachFails(stranger, GcsStandIn.BUCKET, StorageException.class, "no access token");
  }

  @TestFactory
  Stream<DynamicTest> unreachable_isUnavailable() {
    storage.check();
    gcs.close();
    return eachFails(
        storage, GcsStandIn.BUCKET, StorageUnavailableException.class, "could not be reached");
  }

  @Test
  void tokensThatAreUnavailable_areToldFromARefusedKey() {
    gcs.breakWith(
        request -> {
          request.refuse(503, "backendError");
          return true;
        });

    StorageUnavailableException failure =
        assertThrows(StorageUnavailableException.class, storage::check);

    Secrets.assertNone(failure, gcs);
  }

  /** Refuses all but what is asked for a token. */
  private static boolean refuseApi(Exchange request, int status, String reason) throws IOException {
    if (request.rawPath().equals("/token")) {
      return false;
    }
    request.refuse(status, reason);
    return true;
  }

  @ParameterizedTest
  @CsvSource({"429,rateLimitExceeded", "503,backendError", "500,internalError", "408,timeout"})
  void failureThatPasses_isTriedAgain(int status, String reason) throws Exception {
    Set<String> failed = new ConcurrentSkipListSet<>();
    gcs.breakWith(
        request ->
            failed.add(request.method() + request.rawPath()) && refuseApi(request, status, reason));

    for (Runnable call : calls(storage, GcsStandIn.BUCKET).values()) {
      gcs.blobs().put("a.zip", CONTENT, "application/zip", "");
      call.run();
    }

    assertTrue(gcs.blobs().find("b.zip").isPresent());
  }

  @Test
  void failureThatStays_isTriedAsOftenAsSet() {
    gcs.breakWith(request -> refuseApi(request, 503, "backendError"));

    assertThrows(StorageUnavailableException.class, () -> storage.exists(own("a.zip"), CONTEXT));

    assertEquals(2, gcs.requests().stream().filter(r -> r.endsWith("/o/a.zip")).count());
  }

  @ParameterizedTest
  @CsvSource({
    "storage.objects.get, roles/storage.objectViewer",
    "storage.objects.list, roles/storage.objectUser"
  })
  void check_withAPermissionMissing_namesItAndTheRole(String permission, String role) {
    gcs.api().deny(permission);

    StorageException failure = assertThrows(StorageException.class, storage::check);

    assertTrue(String.valueOf(failure.getMessage()).contains(permission), failure::toString);
    assertTrue(String.valueOf(failure.getMessage()).contains(role), failure::toString);
  }

  @Test
  void deleteAll_withSomeThatFail_deletesTheRestAndNamesThem() {
    for (int i = 0; i < 250; i++) {
      gcs.blobs().put("many/" + i, CONTENT, "application/zip", "");
    }
    gcs.breakWith(
        request ->
            (request.rawPath().endsWith("many%2F7") || request.rawPath().endsWith("many%2F230"))
                && refuseApi(request, 403, "retentionPolicyNotMet"));
    gcs.batch().throttleOnce("many/7");
    gcs.batch().throttleOnce("many/100");
    gcs.batch().throttleOnce("many/230");
    List<StorageUri> uris = list(storage).stream().map(ObjectSummary::uri).toList();

    IncompleteDeletionException failure =
        assertThrows(IncompleteDeletionException.class, () -> storage.deleteAll(uris, CONTEXT));

    assertEquals(Set.of(own("many/7"), own("many/230")), failure.failures().keySet());
    assertEquals(2, list(storage).size());
    assertEquals(3, gcs.requests().stream().filter(r -> r.startsWith("POST /batch")).count());
  }

  @Test
  void list_whoseSecondPageFails_throwsOurException() {
    for (int i = 0; i < 1500; i++) {
      gcs.blobs().put("many/" + i, CONTENT, "application/zip", "");
    }
    gcs.breakWith(
        request ->
            request.query().containsKey("pageToken") && refuseApi(request, 403, "forbidden"));

    assertThrows(StorageException.class, () -> list(storage));
    try (Stream<ObjectSummary> objects = storage.list("", CONTEXT)) {
      assertEquals(10, objects.limit(10).count());
    }
  }

  @Test
  void open_objectThatIsReplacedWhileItIsOpened_givesTheNewOne() throws Exception {
    gcs.breakWith(
        request -> {
          if ("media".equals(request.query().get("alt"))) {
            gcs.blobs().put("a.zip", new byte[] {9, 8, 7, 6}, "application/zip", "");
            gcs.repair();
          }
          return false;
        });

    try (var object = storage.open(own("a.zip"), ByteRange.ALL, CONTEXT)) {
      assertEquals(4, object.size());
      assertArrayEquals(new byte[] {9, 8, 7, 6}, object.content().readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b.zip", "a.zip/", "folder"})
  void missingObject_isNotFound(String key) {
    assertThrows(
        ObjectNotFoundException.class, () -> storage.open(own(key), ByteRange.ALL, CONTEXT));
    assertFalse(storage.exists(own(key), CONTEXT));
    storage.delete(own(key), CONTEXT);
    storage.deleteAll(List.of(own(key)), CONTEXT);
  }
}
