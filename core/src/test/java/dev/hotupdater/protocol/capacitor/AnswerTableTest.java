package dev.hotupdater.protocol.capacitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.VersionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which client is told what, so that none takes it for a failure. */
class AnswerTableTest {
  private static final List<String> SUPERSET = List.of("error", "message", "kind", "version");

  private static final DeliveryRules SAME_MAJOR =
      new DeliveryRules(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(VersionPolicy.SAME_MAJOR),
          Optional.empty());

  @TempDir Path directory;
  private CapgoServer server;

  @BeforeEach
  void start() {
    server = new CapgoServer(directory);
    server.publish(
        "1.2.0", release -> release.notes("Notes"), server.listed(CapgoServer.file("a.js", "a")));
    server.channel("empty", ChannelSettings.PUBLIC);
    server.channel("withdrawn", ChannelSettings.PUBLIC);
    Release withdrawn =
        server.publish("1.3.0", release -> release.channel("withdrawn"), CapgoServer.bundle());
    server.change(withdrawn, Release::yanked);
    server.channel("next", ChannelSettings.PUBLIC);
    server.publish(
        "2.0.0", release -> release.channel("next").rules(SAME_MAJOR), CapgoServer.bundle());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  // What each column means:
  //   up_to_date    error no_new_version_available, message, kind up_to_date, version as it runs
  //   same version  an offer of the version that it runs already
  //   builtin       version "builtin" and nothing else
  //   blocked       error disable_auto_update_to_major, message, kind blocked, old as it runs, and
  //                 the version that there is for newer apps
  // Plugins that call the builtin bundle by the native version run one of that name, or builtin.
  @ParameterizedTest(
      name =
          "{0} {1}: update -> {2}; nothing new on a bundle -> {3}; nothing new on builtin -> {4};"
              + " nothing new on what is named by the native version -> {5};"
              + " bundle taken back -> {6}; too new for the app -> {7}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          android  | 8.51.23 | sha256 manifest comment | up_to_date   | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          ios      | 8.51.23 | sha256 manifest comment | up_to_date   | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          android  | 8.46.0  | sha256 manifest comment | up_to_date   | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          ios      | 7.50.1  | sha256 manifest comment | up_to_date   | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          android  | 6.50.1  | sha256 manifest comment | up_to_date   | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          android  | 5.50.1  | sha256 manifest comment | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked 2.0.0
          android  | 8.45.10 | sha256 manifest comment | same version | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          ios      | 8.45.0  | sha256 manifest comment | same version | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          android  | 8.0.0   | sha256 manifest         | same version | up_to_date | same version | builtin      | blocked 2.0.0
          android  | 7.43.0  | sha256 manifest comment | same version | up_to_date | up_to_date   | builtin      | blocked 2.0.0
          android  | 7.42.3  | sha256 manifest comment | same version | up_to_date | same version | builtin      | blocked 2.0.0
          ios      | 7.25.0  | sha256 manifest         | same version | up_to_date | same version | builtin      | blocked 2.0.0
          android  | 7.18.4  | sha256 manifest         | same version | up_to_date | same version | builtin      | blocked 2.0.0
          android  | 7.0.34  | sha256                  | same version | up_to_date | same version | builtin      | blocked 2.0.0
          android  | 6.42.9  | sha256 manifest comment | same version | up_to_date | same version | builtin      | blocked 2.0.0
          android  | 6.24.0  | crc32                   | same version | up_to_date | same version | builtin      | blocked 2.0.0
          android  | 6.1.0   | crc32                   | same version | up_to_date | same version | same version | blocked 2.0.0
          android  | 5.30.0  | sha256 manifest         | same version | up_to_date | same version | same version | blocked 2.0.0
          android  | 5.9.0   | crc32                   | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked 2.0.0
          ios      | 5.0.0   | crc32                   | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked 2.0.0
          android  | 9.0.0   | crc32                   | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked 2.0.0
          ios      | 10.0.0  | crc32                   | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked 2.0.0
          electron | 0.0.6   | sha256                  | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked 2.0.0
          android  | ''      | sha256                  | up_to_date   | up_to_date | up_to_date   | up_to_date   | blocked
          """)
  void client_getsWhatItTakesCorrectly(
      String platform,
      String plugin,
      String update,
      String nothingNew,
      String nothingNewOnBuiltin,
      String nothingNewOnNativeVersion,
      String takenBack,
      String tooNew) {
    ObjectNode device = CapgoServer.device(plugin).put("platform", platform);

    assertEquals(update, shape(device.put("version_name", "1.1.0")));
    assertEquals(nothingNew, shape(device.put("version_name", "1.2.0")));
    device.put("defaultChannel", "withdrawn");
    assertEquals(takenBack, shape(device.put("version_name", "1.3.0")));
    device.put("defaultChannel", "empty");
    assertEquals(nothingNewOnBuiltin, shape(device.put("version_name", "builtin")));
    assertEquals(nothingNewOnNativeVersion, shape(device.put("version_name", "1.0.0")));
    device.put("defaultChannel", "next");
    assertEquals(tooNew, blocked(device.put("version_name", "1.1.0")));
  }

  private String blocked(ObjectNode device) {
    JsonNode answer = server.check(device);
    List<String> names = new ArrayList<>(CapgoServer.names(answer));
    assertEquals("disable_auto_update_to_major", answer.path("error").textValue());
    assertTrue(answer.path("major").booleanValue());
    assertEquals("1.1.0", answer.path("old").textValue());
    names.remove("version");
    assertEquals(List.of("error", "message", "kind", "old", "major"), names);
    return Stream.of("kind", "version")
        .filter(answer::has)
        .map(name -> answer.path(name).textValue())
        .collect(Collectors.joining(" "));
  }

  private String shape(ObjectNode device) {
    JsonNode answer = server.check(device);
    String running = device.path("version_name").asText();
    if (answer.has("error")) {
      assertEquals(SUPERSET, CapgoServer.names(answer));
      assertEquals("no_new_version_available", answer.path("error").textValue());
      assertEquals(running, answer.path("version").textValue());
      return answer.path("kind").textValue();
    }
    if (answer.path("version").textValue().equals("builtin")) {
      assertEquals(1, answer.size());
      return "builtin";
    }
    return answer.path("version").textValue().equals(running) ? "same version" : offer(answer);
  }

  private static String offer(JsonNode answer) {
    String checksum = answer.path("checksum").textValue().length() == 8 ? "crc32" : "sha256";
    return Stream.concat(
            Stream.of(checksum), Stream.of("manifest", "link", "comment").filter(answer::has))
        .collect(Collectors.joining(" "));
  }
}
