package dev.hotupdater.examples.tauri;

import dev.hotupdater.examples.server.KeptSecret;
import java.io.IOException;
import java.net.URI;

/** What the example prints when it is ready: the address, the token, and commands to try. */
final class Welcome {
  private static final String APP = "com.example.my-app";
  private static final String SLUG = "my-app";

  private Welcome() {}

  static String text(URI url, KeptSecret token, ExampleBuild build) throws IOException {
    return """

        The update server is ready.

          URL:    %1$s
          Token:  %2$s

        Four commands to try, in another terminal:

        1. Give an app its name in addresses:

        %3$s

        2. Publish what was built (for the jar: mvn package -pl cli -am):

        %4$s

        3. Check for the update, as the app does in version 1.0.0:

        %5$s

        4. Download it:

        %6$s

        Stop with Ctrl-C. What you publish is kept.
        """
        .formatted(
            url,
            token.get(),
            register(url, token.get()),
            publish(url, token, build),
            check(url),
            download(url));
  }

  private static String register(URI url, String token) {
    return "curl -fsS -X PUT -H 'Authorization: Bearer "
        + token
        + "' -H 'Content-Type: application/json' -d '{\"slug\":\""
        + SLUG
        + "\"}' '"
        + url
        + "/apps/"
        + APP
        + "/slug'";
  }

  private static String publish(URI url, KeptSecret token, ExampleBuild build) {
    return "java -jar cli/target/hotupdater-cli.jar publish --token-file '"
        + token.file().toAbsolutePath()
        + "' --server '"
        + url
        + "' --app "
        + APP
        + " --version "
        + ExampleBuild.VERSION
        + " --notes 'Hello' --dist '"
        + build.folder()
        + "'";
  }

  private static String check(URI url) {
    return "curl -fsS '" + url + "/" + SLUG + "/linux/x86_64/1.0.0'";
  }

  private static String download(URI url) {
    return "curl -fsSL -o update.AppImage \"$("
        + check(url)
        + " | sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/')\" && cat update.AppImage";
  }
}
