package dev.hotupdater.protocol;

import dev.hotupdater.http.EntityTag;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Validators;
import dev.hotupdater.internal.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON answer as bytes, which many clients get, with an entity tag by which they ask whether it
 * still is the right one. Its content never changes. Safe for use by many threads.
 */
public final class JsonAnswer {
  private static final HttpResponse PRECONDITION_FAILED =
      HttpResponse.uncached(412, "{\"error\":\"Precondition failed\"}").build();

  private final byte[] json;
  private final Optional<String> vary;
  private final Validators validators;

  // The responses for the last value of Cache-Control, which is nearly always the next one too.
  private volatile @Nullable Responses responses;

  private record Responses(String cacheControl, HttpResponse whole, HttpResponse notModified) {}

  private JsonAnswer(byte[] json, Optional<String> vary) {
    this.json = json;
    this.vary = vary;
    validators = Validators.of(EntityTag.strong(ContentHash.of(json)));
  }

  /** An answer that depends on the address alone. */
  public static JsonAnswer of(String json) {
    return new JsonAnswer(json.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  /**
   * An answer that depends on header fields of the request as well.
   *
   * @param vary their names, as the field {@code Vary} lists them
   */
  public static JsonAnswer varying(String json, String vary) {
    return new JsonAnswer(json.getBytes(StandardCharsets.UTF_8), Optional.of(vary));
  }

  /** How many bytes it has. */
  public int size() {
    return json.length;
  }

  /** The response to a request, which may say that the client has this answer already. */
  public HttpResponse respond(HttpRequest request, String cacheControl) {
    return switch (validators.verdict(request)) {
      case PROCEED -> responses(cacheControl).whole();
      case NOT_MODIFIED -> responses(cacheControl).notModified();
      case PRECONDITION_FAILED -> PRECONDITION_FAILED;
    };
  }

  private Responses responses(String cacheControl) {
    Responses known = responses;
    if (known == null || !known.cacheControl().equals(cacheControl)) {
      known =
          new Responses(
              cacheControl,
              builder(200, cacheControl)
                  .header("Content-Type", "application/json")
                  .body(HttpBody.of(json))
                  .build(),
              builder(304, cacheControl).build());
      responses = known;
    }
    return known;
  }

  private HttpResponse.Builder builder(int status, String cacheControl) {
    HttpResponse.Builder builder =
        HttpResponse.status(status).header("Cache-Control", cacheControl);
    vary.ifPresent(names -> builder.header("Vary", names));
    validators.addTo(builder);
    return builder;
  }
}
