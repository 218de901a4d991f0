package dev.hotupdater.s3.database;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An app or a release as the root lists it: what makes it unique, and where the rest of it is. The
 * names are any text: one that this version does not accept makes this entry unreadable, and no
 * other.
 *
 * @param <T> what it is an entry of
 */
sealed interface RootEntry<T> permits AppEntry, ReleaseEntry {
  /** The object with all of it. */
  RecordName record();

  /**
   * What is known without the object, for where nothing else matters; empty if it has a name that
   * this version does not accept, and that therefore nothing else can have.
   */
  Optional<T> outline();

  /** What it is, for messages. */
  String label();

  /**
   * Reads the content of the object.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if it is not what this is an entry of
   */
  T read(JsonNode content);
}
