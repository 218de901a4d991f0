package dev.hotupdater.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a release has come. It only ever goes forward, but for {@link #REMOVED}. */
public enum ReleaseState {
  /** Being put together; no client is offered it. */
  DRAFT,
  /** Offered to clients. Its bytes never change any more. */
  PUBLISHED,
  /** Taken back: offered to nobody, but who has been told of it can still download it. */
  YANKED,
  /**
   * Its bytes were deleted. What they were is still known, and it is published again only with the
   * same ones.
   */
  REMOVED;

  /** Whether it was offered to clients, and is not any more. */
  public boolean isTakenBack() {
    return this == YANKED || this == REMOVED;
  }

  /** The name in JSON, such as {@code published}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this name in JSON. */
  static Optional<ReleaseState> fromJsonName(String name) {
    return Arrays.stream(values()).filter(state -> state.jsonName().equals(name)).findFirst();
  }
}
