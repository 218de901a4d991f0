package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Packaging;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * What a list of artifacts says about one file.
 *
 * @param file its path below the folder
 * @param target what it is for
 * @param signatureFile the path of its signature below the folder
 */
record ArtifactEntry(String file, ArtifactTarget target, String signatureFile) {
  private static final Set<String> FIELDS =
      Set.of("file", "target", "arch", "bundle_type", "packaging", "signature_file");

  /**
   * Reads one.
   *
   * @param place where it stands, for messages
   */
  static ArtifactEntry read(JsonNode json, String place) {
    if (!json.isObject()) {
      throw new PublishException(place + " must be an object with file, target and arch.");
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new PublishException(
            place + " has the unknown field '" + name + "'. Known are " + sortedFields() + ".");
      }
    }
    String file = required(json, "file", place);
    try {
      return new ArtifactEntry(
          file,
          new ArtifactTarget(
              required(json, "target", place),
              required(json, "arch", place),
              text(json, "bundle_type", place),
              text(json, "packaging", place).map(name -> packaging(name, place))),
          text(json, "signature_file", place).orElse(file + ArtifactFolder.SIGNATURE_ENDING));
    } catch (InvalidReleaseException e) {
      throw new PublishException(place + ": " + e.getMessage());
    }
  }

  private static String sortedFields() {
    return String.join(", ", FIELDS.stream().sorted().toList());
  }

  private static Packaging packaging(String name, String place) {
    return Packaging.fromJsonName(name)
        .orElseThrow(
            () -> new PublishException(place + ": packaging must be \"file\" or \"archive\"."));
  }

  private static String required(JsonNode json, String field, String place) {
    return text(json, field, place)
        .orElseThrow(() -> new PublishException(place + " has no '" + field + "'."));
  }

  private static Optional<String> text(JsonNode json, String field, String place) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new PublishException(place + ": '" + field + "' must be a text that is not empty.");
    }
    return Optional.of(value.textValue());
  }
}
