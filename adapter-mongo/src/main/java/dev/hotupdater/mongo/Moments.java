package dev.hotupdater.mongo;

import java.time.Instant;
import org.bson.BsonDateTime;

/** Moments as BSON keeps them: in milliseconds since 1970. */
final class Moments {
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Moments() {}

  /** The value of a moment; of one beyond the reach of BSON, the nearest. */
  static BsonDateTime write(Instant moment) {
    if (moment.isBefore(FIRST)) {
      return new BsonDateTime(Long.MIN_VALUE);
    }
    return new BsonDateTime(moment.isAfter(LAST) ? Long.MAX_VALUE : moment.toEpochMilli());
  }
}
