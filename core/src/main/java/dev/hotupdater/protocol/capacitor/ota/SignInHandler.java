package dev.hotupdater.protocol.capacitor.ota;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RateLimit;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.internal.ContentHash;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.release.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives a token to those who sign in. Neither the answer nor the log has anything of what was sent,
 * and the answer is the same whether the user or the password is wrong.
 */
final class SignInHandler {
  private static final int MAX_BODY_BYTES = 8 * 1024;

  private final SignIn signIn;
  private final RateLimit limit;

  /**
   * Creates it.
   *
   * @param limit counts the attempts for each user name
   */
  SignInHandler(SignIn signIn, RateLimit limit) {
    this.signIn = signIn;
    this.limit = limit;
  }

  HttpResponse answer(RouteRequest request) {
    JsonFields fields = JsonFields.of(RequestJson.read(request, MAX_BODY_BYTES));
    String userName = fields.text("username");
    String password = fields.text("password");
    Optional<HttpResponse> refusal = limit.refuse("user " + fingerprint(userName));
    return refusal.orElseGet(
        () ->
            signIn
                .token(userName, password)
                .map(token -> answer(200, "token", token))
                .orElseGet(() -> answer(401, "error", "The user name or the password is wrong.")));
  }

  /** Of all spellings that a directory may take for the same. */
  private static String fingerprint(String userName) {
    return ContentHash.of(
        userName.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse answer(int status, String field, String text) {
    return HttpResponse.uncached(
            status, JsonNodeFactory.instance.objectNode().put(field, text).toString())
        .build();
  }
}
