package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;

/** Users, secrets and requests of the tests. */
final class Samples {
  static final String PASSWORD = "correct horse";

  /** The least that Argon2 can do, so that tests are quick. */
  static final Argon2idKind CHEAP = new Argon2idKind(8, 1, 1);

  static final TokenSecret SECRET = secret(1);

  private Samples() {}

  static PasswordHash cheapHash(String password) {
    return CHEAP.hash(password.getBytes(UTF_8));
  }

  static Users users() {
    return Users.builder().add("alice", cheapHash(PASSWORD)).build();
  }

  /** A secret that is the same in each run. */
  static TokenSecret secret(int number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number * 31 + i * 7);
    }
    return TokenSecret.of(bytes);
  }

  static HttpRequest request(String authorization) {
    return HttpRequest.builder("POST", "/api/ota/admin/ota/upload")
        .headers(HttpHeaders.builder().add("Authorization", authorization).build())
        .build();
  }
}
