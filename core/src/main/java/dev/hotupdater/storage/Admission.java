package dev.hotupdater.storage;

import java.time.Duration;

/** Whether a signed address of a {@link FileStorage} may be used. */
public sealed interface Admission {
  /**
   * It may.
   *
   * @param key the object that the address is for
   * @param validFor how much longer the address works
   */
  record Granted(ObjectKey key, Duration validFor) implements Admission {}

  /** It might have been used earlier: it is genuine, but its time is over. */
  record Expired() implements Admission {}

  /** It may not: it was not made by the storage, or not for this object or this use. */
  record Refused() implements Admission {}
}
