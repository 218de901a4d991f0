package dev.hotupdater;

import static dev.hotupdater.fixture.PublishedBundle.SCRIPT;
import static dev.hotupdater.fixture.PublishedBundle.archive;
import static dev.hotupdater.fixture.PublishedBundle.id;
import static dev.hotupdater.fixture.PublishedBundle.manifest;
import static dev.hotupdater.fixture.PublishedBundle.manifestKey;
import static dev.hotupdater.fixture.PublishedBundle.withManifest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.fixture.CountingStorage;
import dev.hotupdater.fixture.Device;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and caches are told about answers to update checks. */
class UpdateCheckCachingTest {
  private static final Device DEVICE = Device.ofVersion("1.0.0");
  private static final String VERSION_HEADER = "Hot-Updater-SDK-Version";

  private final CountingStorage storage = new CountingStorage();
  private HotUpdater server = build(InMemoryDatabase.create());

  /** The answers that differ. */
  private enum Case {
    UPDATE(DEVICE),
    UPDATE_WITH_MANIFEST(DEVICE.following("files").running(id(1))),
    ROLLBACK(DEVICE.running(id(99))),
    ROLLBACK_TO_BUILT_IN(DEVICE.following("empty").running(id(1))),
    NOTHING(DEVICE.following("empty")),
    UP_TO_DATE(DEVICE.following("empty"), Map.of(VERSION_HEADER, "0.31.0"));

    private final Device device;
    private final Map<String, String> headers;

    Case(Device device) {
      this(device, Map.of());
    }

    Case(Device device, Map<String, String> headers) {
      this.device = device;
      this.headers = headers;
    }

    Answer ask(HotUpdater server, String... more) {
      return send(server, "GET", more);
    }

    Answer send(HotUpdater server, String method, String... more) {
      Map<String, String> all = new HashMap<>(headers);
      for (int i = 0; i < more.length; i += 2) {
        all.put(more[i], more[i + 1]);
      }
      return TestServer.send(server, method, device.path(), all, "");
    }
  }

  private HotUpdater build(Database database) {
    return HotUpdater.builder().database(database).storage(storage).build();
  }

  @BeforeEach
  void publish() {
    storage.put(manifestKey(2), manifest(Map.of(SCRIPT, "s2", "a.png", "2")));
    server.bundles().publish(List.of(archive(1).build(), withManifest(2).channel("files").build()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String header(Answer answer, String name) {
    return answer.headers().first(name).orElse("absent");
  }

  private static Map<String, List<String>> headers(Answer answer) {
    Map<String, List<String>> all = new TreeMap<>();
    answer.headers().forEach((name, value) -> all.put(name, answer.headers().all(name)));
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void answer_hasAStrongTag_andIsUsedOnlyAfterAsking(Case the) {
    Answer answer = the.ask(server);

    assertEquals(200, answer.status());
    assertTrue(header(answer, "ETag").matches("\"[0-9a-f]{32}\""), header(answer, "ETag"));
    assertEquals("no-cache", header(answer, "Cache-Control"));
    assertEquals(VERSION_HEADER, header(answer, "Vary"));
    assertEquals("application/json", header(answer, "Content-Type"));
  }

  @Test
  void differentAnswers_haveDifferentTags_andTexts() {
    Set<String> tags = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Case the : Case.values()) {
      tags.add(header(the.ask(server), "ETag"));
      texts.add(the.ask(server).text());
    }

    assertEquals(Case.values().length, tags.size());
    assertEquals(Case.values().length, texts.size());
  }

  @ParameterizedTest
  @EnumSource
  void equalAnswers_haveEqualTags_onEveryServer(Case the) {
    Answer answer = the.ask(server);
    close();
    server = build(InMemoryDatabase.create());
    publish();

    assertEquals(answer.text(), the.ask(server).text());
    assertEquals(header(answer, "ETag"), header(the.ask(server), "ETag"));
  }

  @Test
  void equalAnswersToDifferentDevices_haveEqualTags() {
    Answer one = DEVICE.ask(server);
    Answer other = Device.ofVersion("7.1").inCohort("12").ask(server);

    assertEquals(one.text(), other.text());
    assertEquals(headers(one), headers(other));
  }

  @ParameterizedTest
  @EnumSource
  void ifNoneMatch_withTheTag_is304WithoutBody(Case the) {
    Answer answer = the.ask(server);
    String tag = header(answer, "ETag");

    for (String condition :
        List.of(tag, "W/" + tag, "\"other\", " + tag, "\"a,b\",W/" + tag, "*")) {
      Answer again = the.ask(server, "If-None-Match", condition);

      assertEquals(304, again.status(), condition);
      assertEquals("", again.text());
      for (String name : List.of("ETag", "Cache-Control", "Vary")) {
        assertEquals(header(answer, name), header(again, name));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ifNoneMatch_withAnotherTag_is200(Case the) {
    Answer answer = the.ask(server);

    for (String condition : List.of("\"other\"", "W/\"other\", \"more\"", "no tag", "")) {
      Answer again = the.ask(server, "If-None-Match", condition);

      assertEquals(200, again.status(), condition);
      assertEquals(answer.text(), again.text());
    }
  }

  @Test
  void ifNoneMatch_withTheTagOfAnAnswerInAnotherForm_is200() {
    String tag = header(Case.NOTHING.ask(server), "ETag");

    assertEquals(200, Case.UP_TO_DATE.ask(server, "If-None-Match", tag).status());
  }

  @Test
  void ifNoneMatch_afterAPublish_is200WithTheNewAnswer() {
    Answer old = DEVICE.ask(server);
    server.bundles().publish(archive(3).build());

    Answer fresh = DEVICE.ask(server, Map.of("If-None-Match", header(old, "ETag")));

    assertEquals(200, fresh.status());
    assertEquals(id(3).toString(), fresh.json().path("id").asText());
    assertNotEquals(header(old, "ETag"), header(fresh, "ETag"));
  }

  @Test
  void ifNoneMatch_whenTheAnswerIsWhatItWas_is304Again() {
    Map<String, String> condition = Map.of("If-None-Match", header(DEVICE.ask(server), "ETag"));

    server.bundles().change(id(1), BundleChange.of(b -> b.message(Optional.of("new"))));
    assertEquals(200, DEVICE.ask(server, condition).status());
    server.bundles().change(id(1), BundleChange.of(b -> b.message(Optional.empty())));
    assertEquals(304, DEVICE.ask(server, condition).status());
  }

  @ParameterizedTest
  @EnumSource
  void ifMatch_thatDoesNotHold_is412(Case the) {
    String tag = header(the.ask(server), "ETag");

    for (String condition : List.of("\"other\"", "W/" + tag)) {
      Answer refused = the.ask(server, "If-Match", condition);
      assertEquals(412, refused.status(), condition);
      assertEquals("no-store", header(refused, "Cache-Control"));
    }
    for (String condition : List.of(tag, "\"other\", " + tag, "*")) {
      assertEquals(200, the.ask(server, "If-Match", condition).status(), condition);
    }
    assertEquals(412, the.ask(server, "If-Match", "\"other\"", "If-None-Match", tag).status());
  }

  @ParameterizedTest
  @EnumSource
  void head_hasTheStatusAndHeadersOfGet(Case the) {
    String tag = header(the.ask(server), "ETag");
    String[][] conditions = {{}, {"If-None-Match", tag}, {"If-Match", "\"other\""}};
    int[] statuses = {200, 304, 412};

    for (int i = 0; i < conditions.length; i++) {
      Answer get = the.send(server, "GET", conditions[i]);
      Answer head = the.send(server, "HEAD", conditions[i]);

      assertEquals(statuses[i], get.status());
      assertEquals(get.status(), head.status());
      assertEquals(headers(get), headers(head));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app-version/windows/1.0.0/production/00000000-0000-0000-0000-000000000000/00000000-0000-0000-0000-000000000000",
        "/app-version/ios/1.0.0/production/00000000-0000-0000-0000-000000000000/none",
        "/app-version/ios/%zz/production/00000000-0000-0000-0000-000000000000/00000000-0000-0000-0000-000000000000",
        "/fingerprint/ios/f/production/x/00000000-0000-0000-0000-000000000000/1"
      })
  void malformedCheck_is400AndNotStored(String path) {
    Answer answer = TestServer.send(server, "GET", path, Map.of("If-None-Match", "*"), "");

    assertEquals(400, answer.status());
    assertEquals("no-store", header(answer, "Cache-Control"));
    assertEquals("absent", header(answer, "ETag"));
  }

  @Test
  void storageThatFails_isNotStored() {
    storage.addressing(
        (uri, context) -> {
          throw new StorageException("of the test");
        });
    assertNotStored(500, DEVICE.ask(server, Map.of("If-None-Match", "*")));
    storage.addressing(
        (uri, context) -> {
          throw new StorageUnavailableException("of the test");
        });
    assertNotStored(503, DEVICE.ask(server, Map.of("If-None-Match", "*")));
  }

  @Test
  void databaseThatIsAway_isNotStored() {
    close();
    server =
        build(
            new Database() {
              @Override
              public void check() {
                throw new DatabaseUnavailableException("of the test");
              }

              @Override
              public BundleStore bundles(RequestContext context) {
                throw new DatabaseUnavailableException("of the test");
              }
            });

    assertNotStored(503, DEVICE.ask(server, Map.of("If-None-Match", "*")));
  }

  private static void assertNotStored(int status, Answer answer) {
    assertEquals(status, answer.status(), answer::text);
    assertEquals("no-store", header(answer, "Cache-Control"));
    assertEquals("absent", header(answer, "ETag"));
  }
}
