package dev.hotupdater.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Typed access to the fields of a JSON object, with errors that name the field. */
final class BundleFields {
  private final JsonNode object;
  private final String path;

  private BundleFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  static BundleFields of(JsonNode json) {
    if (!(json instanceof ObjectNode)) {
      throw new InvalidBundleException("bundle", "Invalid bundle payload");
    }
    return new BundleFields(json, "");
  }

  boolean has(String name) {
    return object.has(name);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> invalid(name, "must be a string"));
  }

  Optional<String> optionalText(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(name, "must be a string");
    }
    return Optional.of(value.textValue());
  }

  boolean bool(String name) {
    JsonNode value = get(name);
    if (!value.isBoolean()) {
      throw invalid(name, "must be true or false");
    }
    return value.booleanValue();
  }

  BundleId bundleId(String name) {
    return optionalText(name)
        .flatMap(BundleId::parse)
        .orElseThrow(() -> invalid(name, "must be a UUID"));
  }

  Platform platform(String name) {
    return optionalText(name)
        .flatMap(Platform::fromWireName)
        .orElseThrow(() -> invalid(name, "must be 'ios' or 'android'"));
  }

  Rollout rollout(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Rollout.FULL;
    }
    // A number such as 500.0 is an integer in JavaScript, where these requests come from.
    boolean isInteger =
        value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt();
    if (!isInteger || value.intValue() < 0 || value.intValue() > Rollout.FULL.count()) {
      throw invalid(name, "must be an integer between 0 and " + Rollout.FULL.count());
    }
    return Rollout.of(value.intValue());
  }

  Optional<Metadata> optionalMetadata(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!(value instanceof ObjectNode)) {
      throw invalid(name, "must be an object");
    }
    return Optional.of(Metadata.of((ObjectNode) value));
  }

  Optional<List<Cohort>> optionalCohorts(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    List<Cohort> cohorts = new ArrayList<>();
    for (JsonNode element : array(name, value)) {
      if (!element.isTextual()) {
        throw invalid(name + "[" + cohorts.size() + "]", "must be a string");
      }
      cohorts.add(Cohort.of(element.textValue()));
    }
    return Optional.of(cohorts);
  }

  List<BundlePatch> patches(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return List.of();
    }
    List<BundlePatch> patches = new ArrayList<>();
    for (JsonNode element : array(name, value)) {
      String elementPath = path + name + "[" + patches.size() + "]";
      if (!(element instanceof ObjectNode)) {
        throw invalid(elementPath, "must be an object");
      }
      BundleFields patch = new BundleFields(element, elementPath + ".");
      patches.add(
          new BundlePatch(
              patch.bundleId("baseBundleId"),
              patch.text("baseFileHash"),
              patch.text("patchFileHash"),
              patch.text("patchStorageUri")));
    }
    return patches;
  }

  private JsonNode array(String name, JsonNode value) {
    if (!value.isArray()) {
      throw invalid(name, "must be an array");
    }
    return value;
  }

  private JsonNode get(String name) {
    JsonNode value = object.get(name);
    return value == null ? MissingNode.getInstance() : value;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private InvalidBundleException invalid(String name, String expectation) {
    String field = path + name;
    return new InvalidBundleException(field, "Bundle field '" + field + "' " + expectation + ".");
  }
}
