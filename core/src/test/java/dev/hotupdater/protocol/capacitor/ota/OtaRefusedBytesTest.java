package dev.hotupdater.protocol.capacitor.ota;

import static dev.hotupdater.protocol.capacitor.ota.OtaServer.field;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.file;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.sha256;
import static dev.hotupdater.protocol.capacitor.ota.OtaServer.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.protocol.capacitor.ota.OtaServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How scripts are told that the bytes that they upload are refused. */
class OtaRefusedBytesTest {
  private OtaServer server;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = OtaServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] zipOf(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write("1".getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private void assertRefused(int status, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertTrue(reply.field("error").endsWith("."), reply.text());
  }

  @Test
  void zip_thatIsNotAdmitted_isABadRequest() throws IOException {
    assertRefused(400, server.upload(file("no zip".getBytes(UTF_8)), field("version", "1.2.0")));
    assertRefused(400, server.upload(file(zipOf("other.html")), field("version", "1.2.0")));
    assertRefused(400, server.upload(file(zipOf("../index.html")), field("version", "1.2.0")));
    assertEquals(List.of(), server.history("?removed=true"));
  }

  @Test
  void checksum_ofOtherBytes_isABadRequest() {
    String other = sha256(zip("other"));

    Reply reply =
        server.upload(file(zip("1.2.0")), field("version", "1.2.0"), field("checksum", other));

    assertRefused(400, reply);
    assertTrue(reply.field("error").contains(other), reply.text());
    assertEquals(List.of(), server.history("?removed=true"));
  }

  @Test
  void bytes_otherThanThoseOfTheVersion_areAConflict() {
    assertEquals(201, server.upload("1.2.0").status());

    assertRefused(409, server.upload(file(zip("other")), field("version", "1.2.0")));
    assertEquals(List.of("1.2.0"), server.history("?removed=true"));
  }
}
