package dev.hotupdater.bundle;

import static dev.hotupdater.bundle.BundleFixture.bundle;
import static dev.hotupdater.bundle.BundleFixture.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Bundle full() {
    return bundle(7)
        .shouldForceUpdate(true)
        .enabled(false)
        .gitCommitHash(Optional.of("c0ffee"))
        .message(Optional.of("größer 😀 \"quoted\""))
        .channel("Release Candidate/ü")
        .fingerprintHash(Optional.of("fp"))
        .metadata(
            Metadata.parse("{\"app_version\":\"1.0.0\",\"deep\":{\"a\":[1,null]}}").orElseThrow())
        .manifestStorageUri(Optional.of("s3://b/manifest.json"))
        .manifestFileHash(Optional.of("sig:abc"))
        .assetBaseStorageUri(Optional.of("s3://b/assets"))
        .patches(
            List.of(
                new BundlePatch(id(1), "b1", "p1", "s3://b/1"),
                new BundlePatch(id(2), "b2", "p2", "s3://b/2"),
                new BundlePatch(id(1), "b3", "p3", "s3://b/3")))
        .rollout(Rollout.of(137))
        .targetCohorts(Optional.of(List.of(Cohort.of("qa"), Cohort.of("007"))))
        .build();
  }

  private static Bundle changed(Bundle current, String patch) throws JsonProcessingException {
    return BundleJson.readChange(MAPPER.readTree(patch)).applyTo(current);
  }

  @Test
  void writeThenRead_isTheSameBundle() {
    assertEquals(full(), BundleJson.read(BundleJson.write(full())));
    assertEquals(bundle(1).build(), BundleJson.read(BundleJson.write(bundle(1).build())));
  }

  @Test
  void write_absentFields_areNullAndPresent() {
    ObjectNode json = BundleJson.write(bundle(1).build());

    for (String field :
        List.of(
            "gitCommitHash",
            "message",
            "fingerprintHash",
            "manifestStorageUri",
            "manifestFileHash",
            "assetBaseStorageUri",
            "patchBaseBundleId",
            "patchBaseFileHash",
            "patchFileHash",
            "patchStorageUri",
            "targetCohorts")) {
      assertTrue(json.has(field) && json.get(field).isNull(), field);
    }
    assertEquals("{}", json.get("metadata").toString());
    assertEquals("[]", json.get("patches").toString());
    assertEquals(1000, json.get("rolloutCohortCount").asInt());
  }

  @Test
  void write_patches_mirrorsTheFirst() {
    JsonNode json = BundleJson.write(full());

    assertEquals(2, json.get("patches").size());
    assertEquals(id(1).toString(), json.get("patchBaseBundleId").asText());
    assertEquals("p1", json.get("patchFileHash").asText());
  }

  @Test
  void read_mirrorWithoutPatches_isIgnored() {
    ObjectNode json = BundleJson.write(bundle(1).build());
    json.put("patchBaseBundleId", id(2).toString()).put("unknown", 1);

    assertEquals(bundle(1).build(), BundleJson.read(json));
  }

  @Test
  void read_upperCaseId_isLowerCase() {
    ObjectNode json = BundleJson.write(full());
    json.put("id", json.get("id").asText().toUpperCase(java.util.Locale.ROOT));

    assertEquals(full().id(), BundleJson.read(json).id());
  }

  @Test
  void change_presentFieldsOnly() throws Exception {
    Bundle changed =
        changed(full(), "{\"enabled\":true,\"message\":null,\"rolloutCohortCount\":null}");

    assertEquals(
        full().toBuilder().enabled(true).message(Optional.empty()).rollout(Rollout.FULL).build(),
        changed);
  }

  @Test
  void change_metadata_isMergedAndListsAreReplaced() throws Exception {
    Bundle changed =
        changed(
            full(),
            "{\"metadata\":{\"app_version\":\"2.0.0\",\"new\":1,\"deep\":{\"b\":true}},"
                + "\"targetCohorts\":[],\"patches\":null}");

    assertEquals(
        "{\"app_version\":\"2.0.0\",\"deep\":{\"a\":[1,null],\"b\":true},\"new\":1}",
        changed.metadata().toJson());
    assertEquals(0, changed.targetCohorts().orElseThrow().size());
    assertEquals(List.of(), changed.patches());
    assertEquals("{}", changed(full(), "{\"metadata\":null}").metadata().toJson());
  }

  @Test
  void change_idAndUnknownFields_areIgnored() throws Exception {
    assertEquals(full(), changed(full(), "{\"id\":\"x\",\"patchFileHash\":\"y\",\"z\":[]}"));
  }

  @Test
  void change_leavingNoTarget_isRefused() {
    InvalidBundleException e =
        assertThrows(
            InvalidBundleException.class,
            () -> changed(bundle(1).build(), "{\"targetAppVersion\":\" \"}"));
    assertEquals("targetAppVersion", e.field());
  }

  @Test
  void change_nullForARequiredField_isRefusedAndNamed() {
    for (String field :
        List.of("platform", "shouldForceUpdate", "enabled", "fileHash", "storageUri", "channel")) {
      InvalidBundleException e =
          assertThrows(
              InvalidBundleException.class, () -> changed(full(), "{\"" + field + "\":null}"));
      assertEquals(field, e.field());
      assertTrue(String.valueOf(e.getMessage()).contains(field));
    }
  }

  @Test
  void revision_followsEveryField() {
    BundleRevision revision = BundleRevision.of(full());

    assertEquals(revision, BundleRevision.of(full().toBuilder().build()));
    assertNotEquals(revision, BundleRevision.of(full().toBuilder().enabled(true).build()));
    assertNotEquals(
        revision, BundleRevision.of(full().toBuilder().targetCohorts(Optional.empty()).build()));
    assertNotEquals(
        revision, BundleRevision.of(full().toBuilder().metadata(Metadata.empty()).build()));
  }
}
