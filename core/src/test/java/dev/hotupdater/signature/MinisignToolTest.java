package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.fixture.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the program itself, where it is installed. */
class MinisignToolTest {
  private static final int FILE_BYTES = 3 * 1024 * 1024 + 1;
  private static final int CHUNK_BYTES = 8192;
  private static final long DEADLINE_SECONDS = 60;

  @TempDir private Path folder;

  @BeforeEach
  void makeKeysAndFile() throws Exception {
    assumeTrue(isInstalled(), "no program `minisign` on the path");
    run("-G", "-W", "-p", "key.pub", "-s", "key");
    byte[] content = new byte[FILE_BYTES];
    Seed.random(MinisignToolTest.class).nextBytes(content);
    Files.write(folder.resolve("app.bin"), content);
  }

  private boolean isInstalled() throws Exception {
    try {
      run("-v");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("minisign"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private void run(String... arguments) throws Exception {
    Process process = start(arguments);
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "minisign does not end");
      assertEquals(0, process.exitValue(), Files.readString(folder.resolve("output")));
    } finally {
      process.destroyForcibly();
    }
  }

  private MinisignSignature signature() throws IOException {
    return MinisignSignature.parse(Files.readString(folder.resolve("app.bin.minisig")));
  }

  private void verify(MinisignSignature signature) throws IOException {
    MinisignVerifier verifier =
        MinisignVerifier.of(
            signature, MinisignPublicKey.parse(Files.readString(folder.resolve("key.pub"))));
    byte[] content = Files.readAllBytes(folder.resolve("app.bin"));
    for (int next = 0; next < content.length; next += CHUNK_BYTES) {
      verifier.update(content, next, Math.min(CHUNK_BYTES, content.length - next));
    }
    assertDoesNotThrow(verifier::verify);
  }

  @Test
  void signatureOfTheTool_prehashed_isVerified() throws Exception {
    run("-S", "-s", "key", "-m", "app.bin");
    assertTrue(signature().isPrehashed());
    verify(signature());
  }

  @Test
  void signatureOfTheTool_legacy_isVerified() throws Exception {
    run("-S", "-l", "-s", "key", "-m", "app.bin");
    assertFalse(signature().isPrehashed());
    verify(signature());
  }

  @Test
  void textHandedOut_decoded_isVerifiedByTheTool() throws Exception {
    run("-S", "-s", "key", "-m", "app.bin", "-t", "file:app.bin\tversion:1.2.0");
    Files.writeString(folder.resolve("app.bin.minisig"), Minisign.decode(signature().text()));
    String key = MinisignPublicKey.parse(Files.readString(folder.resolve("key.pub"))).text();
    Files.writeString(folder.resolve("other.pub"), Minisign.decode(key));
    run("-V", "-p", "other.pub", "-m", "app.bin");
  }

  @Test
  void secretKeyOfTheTool_isRecognised() throws Exception {
    String secret = Files.readString(folder.resolve("key"));
    Refusals.assertRefused(secret, "This contains a SECRET key", () -> SecretKeys.refuseIn(secret));
  }
}
