package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.JsonAnswer;
import dev.hotupdater.protocol.Lifetime;

/** An answer to update checks as bytes, which many devices get. Safe for use by many threads. */
final class UpdateAnswer {
  private final JsonAnswer answer;
  private final Lifetime lifetime;

  private UpdateAnswer(JsonAnswer answer, Lifetime lifetime) {
    this.answer = answer;
    this.lifetime = lifetime;
  }

  static UpdateAnswer of(String json, Lifetime lifetime) {
    return new UpdateAnswer(JsonAnswer.varying(json, SdkVersion.HEADER), lifetime);
  }

  /** How long the addresses in it are handed out. */
  Lifetime lifetime() {
    return lifetime;
  }

  /** How many bytes it has. */
  int size() {
    return answer.size();
  }

  /** The response to a request, which may say that the client has this answer already. */
  HttpResponse respond(HttpRequest request, String cacheControl) {
    return answer.respond(request, cacheControl);
  }
}
