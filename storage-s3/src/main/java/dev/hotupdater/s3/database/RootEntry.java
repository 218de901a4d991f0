package dev.hotupdater.s3.database;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An app or a release as the root lists it: what makes it unique, and where the rest of it is.
 *
 * @param <T> what it is an entry of
 */
sealed interface RootEntry<T> permits AppEntry, ReleaseEntry {
  /** The object with all of it. */
  RecordName record();

  /** What it is, for messages. */
  String label();

  /**
   * Reads the content of the object.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if it is not what this is an entry of
   */
  T read(JsonNode content);
}
