package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.APP_ID;
import static dev.hotupdater.fixture.ReleaseFixture.TIME;
import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.draft;
import static dev.hotupdater.fixture.ReleaseFixture.key;
import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.fixture.ReleaseFixture.signedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps and releases in the form that databases keep. */
class ReleaseJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Release FULL =
      published(
              "1.2.0-beta.1+7",
              ready("linux/x86_64/deb/file", signedBy("A"), signedBy("B")),
              pending("darwin/universal"))
          .channel("beta")
          .notes("Fixes\n\"quotes\" \u00e4 \ud83d\ude00")
          .signature(Optional.of("for all"))
          .announcement(Announcement.ON_PUBLISH)
          .mandatory(true)
          .minAppVersion(Optional.of(ReleaseVersion.of("1.0.0")))
          .rollout(Rollout.of(10))
          .targetCohorts(List.of(Cohort.of("qa"), Cohort.of("7")))
          .metadata(Metadata.of(MAPPER.createObjectNode().put("a", 1)))
          .build();

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void release_writtenAndRead_isTheSame() {
    for (Release release : List.of(FULL, draft("0.0.0").build(), FULL.yanked())) {
      String written = ReleaseJson.write(release).toString();

      Release read = ReleaseJson.read(json(written));

      assertEquals(release, read);
      assertEquals(written, ReleaseJson.write(read).toString());
      assertEquals(RecordRevision.of(release), RecordRevision.of(read));
    }
  }

  @Test
  void app_writtenAndRead_isTheSame() {
    for (App app : List.of(app(key("A"), key("B", "2.0.0")), app(), App.create(APP_ID, TIME))) {
      String written = AppJson.write(app).toString();

      App read = AppJson.read(json(written));

      assertEquals(app, read);
      assertEquals(written, AppJson.write(read).toString());
      assertEquals(RecordRevision.of(app), RecordRevision.of(read));
    }
  }

  @Test
  void targetCohorts_inAnotherOrder_areWrittenTheSame() {
    Release other =
        FULL.toBuilder().targetCohorts(List.of(Cohort.of("7"), Cohort.of("qa"))).build();

    assertEquals(ReleaseJson.write(FULL).toString(), ReleaseJson.write(other).toString());
    assertNotEquals(
        RecordRevision.of(FULL), RecordRevision.of(FULL.toBuilder().mandatory(false).build()));
  }

  @Test
  void read_withUnknownAndNullFields_passesThemOver() {
    ObjectNode json = ReleaseJson.write(draft("1.0.0").build());
    json.put("new_field", 1).putNull("signature").putNull("min_app_version").putNull("metadata");

    assertTrue(ReleaseJson.read(json).signature().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "app_id",
        "channel",
        "version",
        "notes",
        "announcement",
        "state",
        "created_at"
      })
  void read_withoutRequiredField_namesIt(String field) {
    ObjectNode json = ReleaseJson.write(FULL);
    json.remove(field);

    assertRefused(field, json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | \"no-uuid\" | id",
        "id | 7 | id",
        "app_id | \"a b\" | app_id",
        "channel | 7 | channel",
        "version | \"1.2\" | version",
        "version | 1.2 | version",
        "notes | [] | notes",
        "signature | {} | signature",
        "announcement | \"never\" | announcement",
        "state | \"PUBLISHED\" | state",
        "created_at | \"yesterday\" | created_at",
        "created_at | 1700000000 | created_at",
        "published_at | \"\" | published_at",
        "mandatory | \"true\" | mandatory",
        "mandatory | 1 | mandatory",
        "min_app_version | \"v1.0.0\" | min_app_version",
        "rollout | -1 | rollout",
        "rollout | 1001 | rollout",
        "rollout | 1.5 | rollout",
        "rollout | \"10\" | rollout",
        "target_cohorts | \"qa\" | target_cohorts",
        "target_cohorts | [1] | target_cohorts[0]",
        "artifacts | {} | artifacts",
        "artifacts | [1] | artifacts[0]",
        "artifacts | [{}] | artifacts[0].id",
        "metadata | [] | metadata"
      })
  void read_withOddField_namesIt(String field, String value, String named) {
    ObjectNode json = ReleaseJson.write(FULL);
    json.set(field, json(value));

    assertRefused(named, json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target | \"\" | target",
        "arch | null | artifacts[0].arch",
        "packaging | \"zip\" | artifacts[0].packaging",
        "state | \"done\" | artifacts[0].state",
        "size | \"1\" | artifacts[0].size",
        "size | 1e30 | artifacts[0].size",
        "signatures | [{\"key_id\":\"A\"}] | artifacts[0].signatures[0].text",
        "upload_expiry | 1 | artifacts[0].upload_expiry"
      })
  void read_withOddFieldOfArtifact_namesIt(String field, String value, String named) {
    ObjectNode json = ReleaseJson.write(FULL);
    ((ObjectNode) json.get("artifacts").get(0)).set(field, json(value));

    assertRefused(named, json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "1", "\"text\"", "true"})
  void read_ofNoObject_isRefused(String text) {
    assertThrows(InvalidReleaseException.class, () -> ReleaseJson.read(json(text)));
    assertThrows(InvalidReleaseException.class, () -> AppJson.read(json(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | 1 | id",
        "slug | \"apps\" | slug",
        "slug | [] | slug",
        "keys | {} | keys",
        "keys | [{\"id\":\"A\"}] | keys[0].text",
        "keys | [{\"id\":\"A\",\"text\":\"t\",\"since\":\"1\"}] | keys[0].since",
        "keys | [{\"id\":\"A\",\"text\":\"t\"},{\"id\":\"B\",\"text\":\"t\"}] | keys",
        "created_at | null | created_at"
      })
  void readApp_withOddField_namesIt(String field, String value, String named) {
    ObjectNode json = AppJson.write(app());
    json.set(field, json(value));

    assertEquals(
        named, assertThrows(InvalidReleaseException.class, () -> AppJson.read(json)).field());
  }

  private static void assertRefused(String field, JsonNode json) {
    InvalidReleaseException refusal =
        assertThrows(InvalidReleaseException.class, () -> ReleaseJson.read(json));
    assertEquals(field, refusal.field());
    assertTrue(String.valueOf(refusal.getMessage()).endsWith("."));
  }
}
