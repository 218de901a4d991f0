package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.http.EntityTag;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Validators;
import dev.hotupdater.internal.ContentHash;
import dev.hotupdater.protocol.Lifetime;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer to update checks as bytes, which many devices get. Its content never changes. Safe for
 * use by many threads.
 */
final class UpdateAnswer {
  private static final HttpResponse PRECONDITION_FAILED =
      HttpResponse.uncached(412, "{\"error\":\"Precondition failed\"}").build();

  private final byte[] json;
  private final Lifetime lifetime;
  private final Validators validators;

  // The responses for the last value of Cache-Control, which is nearly always the next one too.
  private volatile @Nullable Responses responses;

  private record Responses(String cacheControl, HttpResponse whole, HttpResponse notModified) {}

  private UpdateAnswer(byte[] json, Lifetime lifetime) {
    this.json = json;
    this.lifetime = lifetime;
    validators = Validators.of(EntityTag.strong(ContentHash.of(json)));
  }

  static UpdateAnswer of(String json, Lifetime lifetime) {
    return new UpdateAnswer(json.getBytes(StandardCharsets.UTF_8), lifetime);
  }

  /** How long the addresses in it are handed out. */
  Lifetime lifetime() {
    return lifetime;
  }

  /** How many bytes it has. */
  int size() {
    return json.length;
  }

  /** The response to a request, which may say that the client has this answer already. */
  HttpResponse respond(HttpRequest request, String cacheControl) {
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
        HttpResponse.status(status)
            .header("Cache-Control", cacheControl)
            .header("Vary", SdkVersion.HEADER);
    validators.addTo(builder);
    return builder;
  }
}
