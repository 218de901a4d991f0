package dev.hotupdater.gcs.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Gives access tokens to whoever has the key of the service account. */
public final class TokenEndpoint {
  private final ServiceAccount account;
  private final String token = "token-" + UUID.randomUUID();

  TokenEndpoint(ServiceAccount account) {
    this.account = account;
  }

  public String token() {
    return token;
  }

  public boolean admits(Exchange request) {
    return request.header("Authorization").orElse("").equals("Bearer " + token);
  }

  public void handle(Exchange request) throws IOException {
    String body = new String(request.body(), UTF_8);
    String assertion = body.substring(body.indexOf("assertion=") + 10).split("&", 2)[0];
    int dot = assertion.lastIndexOf('.');
    boolean signed =
        dot > 0
            && account.signed(
                assertion.substring(0, dot),
                Base64.getUrlDecoder().decode(assertion.substring(dot + 1)));
    if (signed) {
      request.answer(
          200,
          Exchange.JSON.valueToTree(
              Map.of("access_token", token, "expires_in", 3600, "token_type", "Bearer")));
    } else {
      request.answer(
          400,
          Exchange.JSON.valueToTree(
              Map.of("error", "invalid_grant", "error_description", "SECRET of the server")));
    }
  }
}
