package dev.hotupdater.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;

/**
 * What the server answered in place of what was asked for. The API answers most errors with the
 * status 400 and says the real one in the body; newer versions add a code.
 *
 * @param status the real status
 */
record Refusal(int status, Kind kind) {
  /** What the matter is. */
  enum Kind {
    NO_OBJECT,
    NO_BUCKET,
    UNUSABLE_KEY,
    UNSATISFIABLE_RANGE,
    DENIED,
    TOO_LARGE,
    MEDIA_TYPE,
    OTHER
  }

  private static final Set<String> DENIALS =
      Set.of("InvalidJWT", "AccessDenied", "SignatureDoesNotMatch", "InvalidSignature");

  /** What older versions say of an upload into a bucket that is not there. */
  private static final Set<String> BUCKET_MESSAGES =
      Set.of("The related resource does not exist", "The parent resource is not found");

  /** Statuses after which the same request may succeed a moment later. */
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504, 544);

  /** Two writers of one key at the same time, or a request that took too long to arrive. */
  private static final Set<Integer> BUSY = Set.of(408, 409, 423, 425, 429);

  /**
   * Reads a refusal.
   *
   * @param body what of the body was read; empty for the answer to a HEAD
   */
  static Refusal of(int httpStatus, byte[] body) {
    JsonNode error = parse(body);
    String code = error.path("code").asText();
    String legacy = error.path("error").asText();
    String message = error.path("message").asText();
    int status = statusIn(error, httpStatus);
    return new Refusal(status, kind(status, code, legacy, message));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      // A page of a proxy: then the status is all there is.
      return Json.MAPPER.missingNode();
    }
  }

  private static int statusIn(JsonNode error, int httpStatus) {
    int inBody = error.path("statusCode").asInt(0);
    return inBody >= 400 && inBody <= 599 ? inBody : httpStatus;
  }

  private static Kind kind(int status, String code, String legacy, String message) {
    if (code.equals("NoSuchBucket")
        || legacy.equals("Bucket not found")
        || BUCKET_MESSAGES.contains(message)) {
      return Kind.NO_BUCKET;
    }
    if (code.equals("NoSuchKey") || (code.isEmpty() && isMissing(status, legacy, message))) {
      return Kind.NO_OBJECT;
    }
    if (code.equals("InvalidKey") || legacy.equals("InvalidKey") || legacy.equals("Invalid key")) {
      return Kind.UNUSABLE_KEY;
    }
    if (status == 416 || code.equals("InvalidRange") || legacy.equals("invalid_range")) {
      return Kind.UNSATISFIABLE_RANGE;
    }
    if (status == 401 || status == 403 || DENIALS.contains(code)) {
      return Kind.DENIED;
    }
    if (status == 413) {
      return Kind.TOO_LARGE;
    }
    return legacy.equals("invalid_mime_type") || status == 415 ? Kind.MEDIA_TYPE : Kind.OTHER;
  }

  /** A server that is not the storage API also says "Not Found", but of a route. */
  private static boolean isMissing(int status, String legacy, String message) {
    return status == 404
        && (legacy.equals("not_found") || legacy.equals("Not found") || legacy.equals("Not Found"))
        && (message.equals("Object not found") || message.equals("The resource was not found"));
  }

  /** Whether the same request is worth sending again at once. */
  boolean isPassing() {
    return PASSING.contains(status);
  }

  /** Whether trying again later may help. */
  boolean isTemporary() {
    return status >= 500 || BUSY.contains(status);
  }
}
