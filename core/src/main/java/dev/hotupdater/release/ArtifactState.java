package dev.hotupdater.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the bytes of an artifact are there. */
public enum ArtifactState {
  /** Its upload was announced. */
  PENDING,
  /** Its bytes are stored and checked, and never change any more. */
  READY;

  /** The name in JSON, such as {@code ready}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this name in JSON. */
  static Optional<ArtifactState> fromJsonName(String name) {
    return Arrays.stream(values()).filter(state -> state.jsonName().equals(name)).findFirst();
  }
}
