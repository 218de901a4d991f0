package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotupdater.fixture.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSL, where it is installed. */
class RsaToolTest {
  private static final long DEADLINE_SECONDS = 60;
  private static final List<String> PSS =
      List.of(
          "-sigopt",
          "rsa_padding_mode:pss",
          "-sigopt",
          "rsa_pss_saltlen:32",
          "-sigopt",
          "rsa_mgf1_md:sha256");

  @TempDir private Path folder;

  @BeforeEach
  void makeKeyAndFile() throws Exception {
    assumeTrue(isInstalled(), "no program `openssl` on the path");
    assertEquals(
        0,
        run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem"));
    byte[] content = new byte[100_000];
    Seed.random(RsaToolTest.class).nextBytes(content);
    Files.write(folder.resolve("bundle.zip"), content);
  }

  private boolean isInstalled() throws Exception {
    try {
      return run("version") == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private int run(String... arguments) throws Exception {
    return run(List.of(arguments));
  }

  private int run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "openssl does not end");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private int digest(List<String> options, String... rest) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("dgst", "-sha256"));
    arguments.addAll(options);
    arguments.addAll(List.of(rest));
    return run(arguments);
  }

  @Test
  void signature_ofThisServer_isVerifiedByTheTool() throws Exception {
    RsaSigningKey key = RsaSigningKey.fromPem(read("key.pem"));
    byte[] content = Files.readAllBytes(folder.resolve("bundle.zip"));
    BundleSigner signer = SigningKeys.of(key).signer();
    signer.update(content, 0, content.length);
    Files.write(
        folder.resolve("signature"), Base64.getDecoder().decode(signer.sign().get(0).text()));
    Files.writeString(folder.resolve("public.pem"), key.publicKeyPem());

    assertEquals(
        0,
        digest(PSS, "-verify", "public.pem", "-signature", "signature", "bundle.zip"),
        read("output"));
    Files.writeString(folder.resolve("bundle.zip"), "other bytes");
    assertEquals(1, digest(PSS, "-verify", "public.pem", "-signature", "signature", "bundle.zip"));
  }

  @Test
  void signature_ofTheTool_isVerifiedIfItsSaltIsThatOfClients() throws Exception {
    assertEquals(
        0, digest(PSS, "-sign", "key.pem", "-out", "signature", "bundle.zip"), read("output"));
    assertTrue(verifies());
    assertEquals(0, digest(List.of(), "-sign", "key.pem", "-out", "signature", "bundle.zip"));
    assertFalse(verifies());
  }

  private boolean verifies() throws Exception {
    assertEquals(0, run("pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"));
    BundleVerifier verifier = BundleVerifier.of(RsaVerificationKey.parse(read("public.pem")));
    byte[] content = Files.readAllBytes(folder.resolve("bundle.zip"));
    verifier.update(content, 0, content.length);
    return verifier.matches(
        Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("signature"))));
  }

  @Test
  void keys_inAllFormsOfTheTool_areReadOrRefused() throws Exception {
    String id = RsaSigningKey.fromPem(read("key.pem")).id();
    assertEquals(
        0, run("rsa", "-in", "key.pem", "-traditional", "-out", "pkcs1.pem"), read("output"));
    assertTrue(read("pkcs1.pem").contains("BEGIN RSA PRIVATE KEY"));
    assertEquals(id, RsaSigningKey.fromPem(read("pkcs1.pem")).id());
    assertEquals(
        0,
        run("pkey", "-in", "key.pem", "-aes256", "-passout", "pass:secret", "-out", "locked.pem"));
    assertTrue(isRefused(read("locked.pem")));
    assertEquals(
        0,
        run(
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            "ec.pem"));
    assertTrue(isRefused(read("ec.pem")));
  }

  private static boolean isRefused(String pem) {
    try {
      RsaSigningKey.fromPem(pem);
      return false;
    } catch (InvalidSignatureTextException e) {
      return true;
    }
  }
}
