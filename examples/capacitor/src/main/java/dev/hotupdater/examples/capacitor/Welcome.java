package dev.hotupdater.examples.capacitor;

import java.net.URI;

/** What the example prints when it is ready: the addresses, the user, and commands to try. */
final class Welcome {
  private Welcome() {}

  static String text(URI url, String user, String password, ExampleSite site) {
    return """

        The update server is ready.

          URL:       %1$s
          User:      %2$s
          Password:  %3$s

          plugins.CapacitorUpdater.updateUrl:   %1$s/capgo/updates
          plugins.CapacitorUpdater.statsUrl:    %1$s/capgo/stats
          plugins.CapacitorUpdater.channelUrl:  %1$s/capgo/channel_self
          liveUpdate.serverUrl:                 %1$s/native-update/apps/%4$s

        Four commands to try, in another terminal:

        1. Sign in:

        %5$s

        2. Upload the zip of a site (an example that the server has made):

        %6$s

        3. Check for the update, as the app does in version 1.0.0:

        %7$s

        4. Download it:

        %8$s

        Stop with Ctrl-C. What you upload is kept.
        """
        .formatted(
            url,
            user,
            password,
            CapacitorServer.APP,
            signIn(url, user, password),
            upload(url, site),
            check(url),
            download(url));
  }

  private static String signIn(URI url, String user, String password) {
    return "TOKEN=$(curl -fsS -H 'Content-Type: application/json' -d '{\"username\":\""
        + user
        + "\",\"password\":\""
        + password
        + "\"}' '"
        + url
        + "/api/auth/login' | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')";
  }

  private static String upload(URI url, ExampleSite site) {
    return "curl -fsS -H \"Authorization: Bearer $TOKEN\" -F 'file=@"
        + site.zip()
        + "' -F version="
        + ExampleSite.VERSION
        + " '"
        + url
        + "/api/ota/admin/ota/upload'";
  }

  private static String check(URI url) {
    return "curl -fsS -H 'Content-Type: application/json' -d '{\"platform\":\"android\","
        + "\"device_id\":\"00000000-0000-4000-8000-000000000000\",\"app_id\":\""
        + CapacitorServer.APP
        + "\",\"version_build\":\"1.0.0\",\"version_name\":\"builtin\","
        + "\"plugin_version\":\"8.51.23\",\"is_prod\":true,\"is_emulator\":false}' '"
        + url
        + "/capgo/updates'";
  }

  private static String download(URI url) {
    return "curl -fsS -o update.zip \"$("
        + check(url)
        + " | sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/')\" && unzip -p update.zip index.html";
  }
}
