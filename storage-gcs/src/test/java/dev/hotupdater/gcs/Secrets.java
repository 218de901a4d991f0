package dev.hotupdater.gcs;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hotupdater.gcs.standin.GcsStandIn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What must not be told: in messages, causes, logs and descriptions. */
final class Secrets {
  private Secrets() {}

  /** Fails if a secret is in an exception or its causes. */
  static void assertNone(Throwable failure, GcsStandIn gcs) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertNone(text.toString(), gcs);
  }

  /** Fails if a secret is in the text. */
  static void assertNone(String text, GcsStandIn gcs) {
    for (String secret :
        List.of(
            "SECRET",
            "upload_id",
            "PRIVATE KEY",
            gcs.account().privateKeyPem().substring(100, 130),
            gcs.token(),
            "X-Goog-Signature",
            "assertion")) {
      assertFalse(text.contains(secret), () -> secret + " is in " + text);
    }
  }
}
