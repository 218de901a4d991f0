package dev.hotupdater.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Artifacts as the JSON that databases keep. */
final class ArtifactJson {
  private ArtifactJson() {}

  static ObjectNode write(Artifact artifact) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", artifact.id().value());
    json.put("target", artifact.target().target());
    json.put("arch", artifact.target().arch());
    artifact.target().bundleType().ifPresent(type -> json.put("bundle_type", type));
    artifact.target().packaging().ifPresent(each -> json.put("packaging", each.jsonName()));
    json.put("state", artifact.state().jsonName());
    json.put("size", artifact.size());
    json.put("storage_uri", artifact.storageUri());
    artifact.sha256().ifPresent(hash -> json.put("sha256", hash));
    artifact.fileName().ifPresent(name -> json.put("file_name", name));
    ArrayNode signatures = json.putArray("signatures");
    for (ArtifactSignature signature : artifact.signatures()) {
      ObjectNode element = signatures.addObject();
      element.put("text", signature.text());
      signature.keyId().ifPresent(keyId -> element.put("key_id", keyId));
    }
    json.put("created_at", artifact.createdAt().toString());
    json.put("upload_expiry", artifact.uploadExpiry().toString());
    if (!artifact.metadata().toObject().isEmpty()) {
      json.set("metadata", artifact.metadata().toObject());
    }
    return json;
  }

  static Artifact read(JsonFields fields) {
    List<ArtifactSignature> signatures =
        fields.objects("signatures").stream()
            .map(each -> new ArtifactSignature(each.text("text"), each.optionalText("key_id")))
            .toList();
    return new Artifact(
        fields.releaseId("id"),
        new ArtifactTarget(
            fields.text("target"),
            fields.text("arch"),
            fields.optionalText("bundle_type"),
            fields.optionalChoice("packaging", Packaging::fromJsonName)),
        fields.choice("state", ArtifactState::fromJsonName),
        fields.number("size"),
        fields.text("storage_uri"),
        fields.optionalText("sha256"),
        fields.optionalText("file_name"),
        signatures,
        fields.instant("created_at"),
        fields.instant("upload_expiry"),
        fields.metadata("metadata"));
  }
}
