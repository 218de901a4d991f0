package dev.hotupdater.protocol.capacitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.Release;
import java.nio.file.Path;
import java.util.List;
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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  // What each column means:
  //   up_to_date    error no_new_version_available, message, kind up_to_date, version as it runs
  //   same version  an offer of the version that it runs already
  //   builtin       version "builtin" and nothing else
  @ParameterizedTest(
      name =
          "{0} {1}: update -> {2}; nothing new on a bundle -> {3}; nothing new on builtin -> {4};"
              + " bundle taken back -> {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          android  | 8.51.23 | sha256 manifest comment | up_to_date   | up_to_date | builtin
          ios      | 8.51.23 | sha256 manifest comment | up_to_date   | up_to_date | builtin
          android  | 8.46.0  | sha256 manifest comment | up_to_date   | up_to_date | builtin
          ios      | 7.50.1  | sha256 manifest comment | up_to_date   | up_to_date | builtin
          android  | 6.50.1  | sha256 manifest comment | up_to_date   | up_to_date | builtin
          android  | 5.50.1  | sha256 manifest comment | up_to_date   | up_to_date | up_to_date
          android  | 8.45.10 | sha256 manifest comment | same version | up_to_date | builtin
          ios      | 8.45.0  | sha256 manifest comment | same version | up_to_date | builtin
          android  | 8.0.0   | sha256 manifest         | same version | up_to_date | builtin
          android  | 7.42.3  | sha256 manifest comment | same version | up_to_date | builtin
          ios      | 7.25.0  | sha256 manifest         | same version | up_to_date | builtin
          android  | 7.18.4  | sha256 manifest         | same version | up_to_date | builtin
          android  | 7.0.34  | sha256                  | same version | up_to_date | builtin
          android  | 6.42.9  | sha256 manifest comment | same version | up_to_date | builtin
          android  | 6.24.0  | crc32                   | same version | up_to_date | builtin
          android  | 6.1.0   | crc32                   | same version | up_to_date | same version
          android  | 5.30.0  | sha256 manifest         | same version | up_to_date | same version
          android  | 5.9.0   | crc32                   | up_to_date   | up_to_date | up_to_date
          ios      | 5.0.0   | crc32                   | up_to_date   | up_to_date | up_to_date
          android  | 9.0.0   | crc32                   | up_to_date   | up_to_date | up_to_date
          ios      | 10.0.0  | crc32                   | up_to_date   | up_to_date | up_to_date
          electron | 0.0.6   | sha256                  | up_to_date   | up_to_date | up_to_date
          android  | ''      | sha256                  | up_to_date   | up_to_date | up_to_date
          """)
  void client_getsWhatItTakesCorrectly(
      String platform,
      String plugin,
      String update,
      String nothingNew,
      String nothingNewOnBuiltin,
      String takenBack) {
    ObjectNode device = CapgoServer.device(plugin).put("platform", platform);

    assertEquals(update, shape(device.put("version_name", "1.1.0")));
    assertEquals(nothingNew, shape(device.put("version_name", "1.2.0")));
    device.put("defaultChannel", "withdrawn");
    assertEquals(takenBack, shape(device.put("version_name", "1.3.0")));
    device.put("defaultChannel", "empty");
    assertEquals(nothingNewOnBuiltin, shape(device.put("version_name", "builtin")));
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
