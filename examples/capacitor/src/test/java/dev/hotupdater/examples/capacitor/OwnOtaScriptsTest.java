package dev.hotupdater.examples.capacitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.login.PasswordHash;
import dev.hotupdater.login.Users;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documented scripts run as they are written, and devices get what they
 * uploaded. What the scripts call beside curl and jq answers as the real tools did.
 */
class OwnOtaScriptsTest {
  /** The scripts have three dots in place of the user and the password, so there is such a user. */
  private static final String DOTS = "...";

  /** Of fewer rounds than that of a real user. */
  private static final String HASH_OF_DOTS =
      "$2b$04$abcdefghijklmnopqrstuuMTaPqSCX/dNGwO6RjL1ki9FGtmPwzvq";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SHA_256 =
      "56cd48a2b2766c83be0991a1cefc06c43b767885e42f57b2e2b7a522126ef496";

  /** What the command line prints, from which the script takes the name and the checksum. */
  private static final String NPX =
      "npx() {\n"
          + "  printf '%s\\n' '│' '●  Zipped 767 bytes' '◇  Checksum SHA256: "
          + SHA_256
          + "' '◇  Saved to com.example.app_1.2.0.zip' '└  Done ✅'\n"
          + "}\n";

  private static final String DOCKER =
      "docker() {\n"
          + "  mkdir -p android/app/build/outputs/apk/debug\n"
          + "  cp com.example.app_1.2.0.zip android/app/build/outputs/apk/debug/app-debug.apk\n"
          + "}\n";

  @TempDir private Path folder;
  private Shell shell;
  private CapacitorServer server;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Shell.canRun("curl", "--version"), "curl is not installed");
    assumeTrue(Shell.canRun("jq", "--version"), "jq is not installed");
    assumeTrue(Shell.canRun("bash", "-c", "true"), "there is no bash");
    shell = new Shell(folder);
    shell.put("/capgo-cli/com.example.app_1.2.0.zip");
    Users users = Users.builder().add(DOTS, PasswordHash.of(HASH_OF_DOTS)).build();
    server = CapacitorServer.start(0, folder.resolve("data"), users);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void deployScript_uploadsWhatDevicesGet() throws Exception {
    JsonNode uploaded = MAPPER.readTree(deploy("1.2.0"));

    assertEquals("1.2.0", uploaded.path("version").asText());
    assertEquals("stable-1.2.0.zip", uploaded.path("key").asText());
    assertEquals(SHA_256, uploaded.path("checksum").asText());
    JsonNode offer = check("/check", device("1.0.0", "builtin"));
    assertEquals("1.2.0", offer.path("version").asText());
    assertEquals(SHA_256, offer.path("checksum").asText());
    assertFalse(offer.has("error"), offer.toString());
    assertEquals(SHA_256, sha256(download(offer.path("url").asText())));
    JsonNode current = check("/check", device("1.0.0", "1.2.0"));
    assertEquals("up_to_date", current.path("kind").asText());
    JsonNode delta = check("/capgo/updates", device("1.0.0", "builtin"));
    assertTrue(delta.path("manifest").size() > 0, delta.toString());
    for (JsonNode file : delta.path("manifest")) {
      assertEquals(
          file.path("file_hash").asText(), sha256(download(file.path("download_url").asText())));
    }
  }

  @Test
  void deployScript_runTwice_uploadsOnce_andRefusesOtherBytes() throws Exception {
    deploy("1.2.0");
    deploy("1.2.0");
    Path other = shell.put("/capgo-cli/other.zip");
    String tools =
        NPX.replace(SHA_256, sha256(Files.readAllBytes(other)))
            .replace("com.example.app_1.2.0.zip", "other.zip");

    JsonNode refused =
        MAPPER.readTree(shell.run(script("deploy-ota.sh", tools), variables("1.2.0")));

    assertTrue(refused.path("error").asText().contains("1.2.0"), refused.toString());
    assertEquals(SHA_256, check("/check", device("1.0.0", "builtin")).path("checksum").asText());
  }

  @Test
  void buildScript_uploadsThePackageOnItsOwnChannel() throws Exception {
    JsonNode uploaded =
        MAPPER.readTree(shell.run(script("build-apk.sh", DOCKER), variables("2.0.0")));

    assertEquals("apk-2.0.0.apk", uploaded.path("key").asText());
    assertEquals("up_to_date", check("/check", device("1.0.0", "builtin")).path("kind").asText());
    assertEquals(SHA_256, sha256(download(server.url() + "/api/ota/apk/2.0.0")));
  }

  @Test
  void encryptedBundle_arrivesAsItsPublisherMadeIt() throws Exception {
    Path encrypted = shell.put("/capgo-cli/com.example.app_1.2.0.zip_encrypted.zip");
    JsonNode made = MAPPER.readTree(shell.put("/capgo-cli/encrypt.json").toFile());
    String lines =
        signIn()
            + "curl -fsS -H \"Authorization: Bearer $AUTH_TOKEN\" -F \"file=@"
            + encrypted.getFileName()
            + "\" -F version=1.2.0 -F \"checksum=$CHECKSUM\" -F \"session_key=$SESSION_KEY\""
            + " \"$BASE_URL/api/ota/admin/ota/upload\"\n";
    shell.run(
        lines,
        Map.of(
            "BASE_URL",
            server.url().toString(),
            "CHECKSUM",
            made.path("checksum").asText(),
            "SESSION_KEY",
            made.path("ivSessionKey").asText()));

    JsonNode offer = check("/capgo/updates", device("1.0.0", "builtin"));

    assertEquals(made.path("checksum").asText(), offer.path("checksum").asText());
    assertEquals(made.path("ivSessionKey").asText(), offer.path("session_key").asText());
    assertFalse(offer.has("manifest"));
    byte[] plain =
        decrypted(download(offer.path("url").asText()), offer.path("session_key").asText());
    assertEquals(SHA_256, sha256(plain));
    assertArrayEquals(
        HexFormat.of().parseHex(SHA_256),
        rsa().doFinal(HexFormat.of().parseHex(offer.path("checksum").asText())));
  }

  /** As a device does it: the public key opens the key of the file. */
  private byte[] decrypted(byte[] file, String sessionKey) throws Exception {
    String[] parts = sessionKey.split(":", 2);
    byte[] key = rsa().doFinal(Base64.getDecoder().decode(parts[1]));
    Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
    aes.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new IvParameterSpec(Base64.getDecoder().decode(parts[0])));
    return aes.doFinal(file);
  }

  private Cipher rsa() throws Exception {
    String pem = Shell.text("/capgo-cli/public-key.pem");
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    // A sequence of two integers with two bytes of length, then 257 bytes of modulus, then 65537.
    BigInteger modulus = new BigInteger(1, Arrays.copyOfRange(der, 8, 8 + 257));
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
    Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    rsa.init(Cipher.DECRYPT_MODE, key);
    return rsa;
  }

  private String deploy(String version) throws Exception {
    return shell.run(script("deploy-ota.sh", NPX), variables(version));
  }

  private String script(String name, String tools) throws Exception {
    return tools + Shell.text("/own-ota-server/" + name);
  }

  /** The lines of the script up to the token. */
  private String signIn() throws Exception {
    String script = script("build-apk.sh", "");
    return script.substring(script.indexOf("AUTH_TOKEN="), script.lastIndexOf("curl"));
  }

  private Map<String, String> variables(String version) {
    return Map.of("BASE_URL", server.url().toString(), "VERSION", version);
  }

  private static String device(String nativeVersion, String bundle) {
    return MAPPER
        .createObjectNode()
        .put("platform", "android")
        .put("device_id", "00000000-0000-4000-8000-000000000000")
        .put("app_id", "com.example.app")
        .put("version_build", nativeVersion)
        .put("version_name", bundle)
        .put("plugin_version", "8.51.23")
        .put("is_prod", true)
        .put("is_emulator", false)
        .toString();
  }

  private JsonNode check(String path, String body) throws Exception {
    HttpURLConnection connection = open(server.url() + path);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    return MAPPER.readTree(answer(connection));
  }

  private static byte[] download(String url) throws Exception {
    return answer(open(url));
  }

  /** A connection that ends with its answer, so that the server need not wait for it to stop. */
  private static HttpURLConnection open(String url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Connection", "close");
    return connection;
  }

  private static byte[] answer(HttpURLConnection connection) throws Exception {
    assertEquals(200, connection.getResponseCode(), connection.getURL().toString());
    try (InputStream body = connection.getInputStream()) {
      return body.readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
