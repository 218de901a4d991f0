package dev.hotupdater.s3.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON mapper of the metadata database, with bounds that hostile text cannot exceed. */
final class MetadataJson {
  /**
   * What the library accepts from outside, and more than the five levels that the journal has
   * around the metadata of a bundle: whatever is written must be read again.
   */
  private static final int MAX_DEPTH = 64 + 8;

  private static final int MAX_NUMBER_LENGTH = 64;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private MetadataJson() {}
}
