package dev.hotupdater.examples.quickstart;

import java.net.URI;
import java.security.SecureRandom;
import java.util.UUID;

/** What the quickstart prints when it is ready: the address, the token, and commands to try. */
final class Welcome {
  private static final String NIL = "00000000-0000-0000-0000-000000000000";
  private static final int TIMESTAMP_SHIFT = 16;
  private static final long VERSION_7 = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Welcome() {}

  static String text(URI url, String token, ExampleBundle example) {
    return """

        The update server is ready.

          URL:    %1$s
          Token:  %2$s

        Three commands to try, in another terminal:

        1. Publish a real zip:

        %3$s

        2. Check for the update, as an app with the bundle it was built with:

        %4$s

        3. Download it:

        %5$s

        Stop with Ctrl-C. What you publish is kept.
        """
        .formatted(url, token, publish(url, token, example), check(url), download(url));
  }

  private static String publish(URI url, String token, ExampleBundle example) {
    String id = newBundleId();
    String authorization = "-H 'Authorization: Bearer " + token + "'";
    String key = "bundles/" + id;
    return "curl -fsS "
        + authorization
        + " -F 'file=@"
        + example.file()
        + "' -F 'key="
        + key
        + "' '"
        + url
        + "/upload' && curl -fsS "
        + authorization
        + " -H 'Content-Type: application/json' -d '{\"id\":\""
        + id
        + "\",\"platform\":\"ios\",\"channel\":\"production\",\"targetAppVersion\":\"*\","
        + "\"enabled\":true,\"shouldForceUpdate\":false,\"message\":\"Hello\",\"fileHash\":\""
        + example.sha256()
        + "\",\"storageUri\":\"local://updates/"
        + key
        + "/"
        + example.file().getFileName()
        + "\"}' '"
        + url
        + "/api/bundles'";
  }

  private static String check(URI url) {
    return "curl -fsS '" + url + "/app-version/ios/1.0.0/production/" + NIL + "/" + NIL + "'";
  }

  private static String download(URI url) {
    return "curl -fsS -o update.zip \"$("
        + check(url)
        + " | sed 's/.*\"fileUrl\":\"\\([^\"]*\\)\".*/\\1/')\" && jar tf update.zip";
  }

  /** A UUID of version 7, so that what is published later is newer. */
  private static String newBundleId() {
    SecureRandom random = new SecureRandom();
    long time = System.currentTimeMillis() << TIMESTAMP_SHIFT;
    long high = time | VERSION_7 | random.nextInt(0x1000);
    long low = VARIANT | random.nextLong() >>> 2;
    return new UUID(high, low).toString();
  }
}
