package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the state of a resource is recognised by: its entity tag, and where it is known, when it was
 * last modified. Decides on requests that carry a condition. Immutable.
 *
 * <p>Source: RFC 9110, section 13.
 */
public final class Validators {
  private final EntityTag entityTag;
  private final Optional<Instant> lastModified;

  /** What the conditions of a request mean for it. */
  public enum Verdict {
    /** It is carried out as if it had no condition. */
    PROCEED,
    /** The client has the current state already: the answer is 304. */
    NOT_MODIFIED,
    /** The client expects another state: the answer is 412. */
    PRECONDITION_FAILED
  }

  private Validators(EntityTag entityTag, Optional<Instant> lastModified) {
    this.entityTag = requireNonNull(entityTag, "entityTag");
    this.lastModified = lastModified.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The validators of a resource of which no time is known. */
  public static Validators of(EntityTag entityTag) {
    return new Validators(entityTag, Optional.empty());
  }

  /** The validators of a resource. */
  public static Validators of(EntityTag entityTag, Instant lastModified) {
    return new Validators(entityTag, Optional.of(lastModified));
  }

  /** Evaluates the conditions of a request for this resource, in their order of precedence. */
  public Verdict verdict(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (!allowedByIfMatch(headers)) {
      return Verdict.PRECONDITION_FAILED;
    }
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    Optional<EntityTagCondition> ifNoneMatch = EntityTagCondition.of(headers, "If-None-Match");
    if (ifNoneMatch.isPresent()) {
      if (!ifNoneMatch.get().matchesWeakly(entityTag)) {
        return Verdict.PROCEED;
      }
      return isRead ? Verdict.NOT_MODIFIED : Verdict.PRECONDITION_FAILED;
    }
    return isRead && isUnmodifiedSince(headers, "If-Modified-Since")
        ? Verdict.NOT_MODIFIED
        : Verdict.PROCEED;
  }

  private boolean allowedByIfMatch(HttpHeaders headers) {
    Optional<EntityTagCondition> ifMatch = EntityTagCondition.of(headers, "If-Match");
    if (ifMatch.isPresent()) {
      return ifMatch.get().matchesStrongly(entityTag);
    }
    return lastModified.isEmpty()
        || date(headers, "If-Unmodified-Since").isEmpty()
        || isUnmodifiedSince(headers, "If-Unmodified-Since");
  }

  private boolean isUnmodifiedSince(HttpHeaders headers, String field) {
    if (lastModified.isEmpty()) {
      return false;
    }
    Optional<Instant> since = date(headers, field);
    return since.isPresent() && !lastModified.get().isAfter(since.get());
  }

  private static Optional<Instant> date(HttpHeaders headers, String field) {
    return headers.first(field).flatMap(text -> HttpDate.parse(text, Clock.systemUTC()));
  }

  /**
   * Whether a range of the resource may be sent: unless {@code If-Range} says that the client has a
   * part of another state. A date there never fits, since a file may change twice in a second; the
   * client falls back to the whole resource.
   */
  public boolean allowRange(HttpRequest request) {
    Optional<String> ifRange = request.header("If-Range");
    return ifRange.isEmpty()
        || EntityTag.parse(ifRange.get().strip()).filter(entityTag::matchesStrongly).isPresent();
  }

  /** Adds the header fields that tell a client these validators. */
  public void addTo(HttpResponse.Builder response) {
    response.header("ETag", entityTag.toString());
    lastModified.ifPresent(time -> response.header("Last-Modified", HttpDate.format(time)));
  }
}
