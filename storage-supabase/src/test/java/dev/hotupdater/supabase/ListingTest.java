package dev.hotupdater.supabase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final RequestContext NONE = RequestContext.none();

  private final SupabaseServer server;
  private final SupabaseStorage storage;

  ListingTest() throws IOException {
    server = SupabaseServer.start();
    storage = server.storage().build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> keys(String prefix) {
    try (Stream<ObjectSummary> objects = storage.list(prefix, NONE)) {
      return objects.map(object -> object.uri().key()).sorted().toList();
    }
  }

  private void put(String... keys) {
    for (String key : keys) {
      server.put(key, new byte[1]);
    }
  }

  @Test
  void list_serverThatGivesFewerThanAskedFor_findsAll() {
    server.mostListed = 150;
    for (int i = 0; i < 400; i++) {
      put("f/" + i);
    }

    assertEquals(400, keys("f/").size());
  }

  @Test
  void list_isFetchedAsItIsRead() {
    put("a/1", "b/1", "c/1");

    try (Stream<ObjectSummary> objects = storage.list("", NONE)) {
      assertEquals(0, server.calls().size());
      Iterator<ObjectSummary> iterator = objects.iterator();
      assertEquals("a/1", iterator.next().uri().key());
      assertEquals(2, server.calls().size());
      assertEquals("b/1", iterator.next().uri().key());
      assertEquals(3, server.calls().size());
      assertEquals("c/1", iterator.next().uri().key());
      assertThrows(NoSuchElementException.class, iterator::next);
    }
  }

  @Test
  void list_prefix_asksForNoOtherFolder() {
    put("a/b/1", "a/c/1", "d/1");

    assertEquals(List.of("a/b/1"), keys("a/b"));
    assertEquals(2, server.calls().size());
  }

  @Test
  void list_objectWithTheNameOfAFolder_findsBoth() {
    put("a", "a/b");

    assertEquals(List.of("a", "a/b"), keys(""));
    assertEquals(List.of("a", "a/b"), keys("a"));
    assertEquals(List.of("a/b"), keys("a/"));
  }

  @Test
  void list_keysThatCannotBeAskedFor_areLeftOut() {
    put("a//b", "a/./c", "a/d");

    assertEquals(List.of("a/d"), keys("a/"));
  }

  @Test
  void list_uploadThatIsNotComplete_isLeftOut() {
    String answer =
        "[{\"name\":\"a\",\"id\":\"1\",\"updated_at\":\"2026-01-02T03:04:05Z\",\"metadata\":null},"
            + "{\"name\":\"b\",\"id\":\"2\",\"updated_at\":null,"
            + "\"created_at\":\"2026-01-02T03:04:05.6+00:00\",\"metadata\":{\"size\":7}}]";
    server.plan("POST", "/object/list/", SupabaseServer.answer(200, "application/json", answer));

    try (Stream<ObjectSummary> objects = storage.list("", NONE)) {
      ObjectSummary found = objects.findFirst().orElseThrow();
      assertEquals("b", found.uri().key());
      assertEquals(7, found.size());
      assertEquals("2026-01-02T03:04:05.600Z", found.lastModified().toString());
    }
  }

  @Test
  void list_answerWithoutATime_isRefused() {
    String answer = "[{\"name\":\"a\",\"id\":\"1\",\"metadata\":{\"size\":7}}]";
    server.plan("POST", "/object/list/", SupabaseServer.answer(200, "application/json", answer));

    assertThrows(StorageException.class, () -> keys(""));
  }

  @Test
  void list_prefixThatNoKeyStartsWith_costsNoCall() {
    put("a/b");

    assertEquals(List.of(), keys("/a/"));
    assertEquals(List.of(), keys("a/../a/"));
    assertEquals(List.of(), keys("a//"));
    assertTrue(server.calls().isEmpty());
  }
}
