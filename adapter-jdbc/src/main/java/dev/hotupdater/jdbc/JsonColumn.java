package dev.hotupdater.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The columns that hold JSON. What cannot be read counts as absent, as in the Node server: these
 * columns were not always written by software that checks them.
 */
final class JsonColumn {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(64)
                          .maxStringLength(4 * 1024 * 1024)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonColumn() {}

  static Metadata metadata(String text) {
    return parse(text)
        .filter(ObjectNode.class::isInstance)
        .map(object -> Metadata.of((ObjectNode) object))
        .orElse(Metadata.empty());
  }

  static Optional<List<Cohort>> cohorts(Optional<String> text) {
    return text.flatMap(JsonColumn::parse)
        .filter(ArrayNode.class::isInstance)
        .map(JsonColumn::cohorts);
  }

  private static List<Cohort> cohorts(JsonNode array) {
    List<Cohort> cohorts = new ArrayList<>();
    for (JsonNode element : array) {
      if (element.isTextual()) {
        cohorts.add(Cohort.of(element.textValue()));
      }
    }
    return cohorts;
  }

  static String write(Collection<Cohort> cohorts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    cohorts.forEach(cohort -> array.add(cohort.toString()));
    return array.toString();
  }

  /** Reads JSON; empty if it is none. */
  static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      // Some writers encode twice: a JSON text in a JSON string.
      return Optional.of(node.isTextual() ? MAPPER.readTree(node.textValue()) : node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
