package dev.hotupdater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.login.PasswordHash;
import dev.hotupdater.login.TokenLogin;
import dev.hotupdater.login.TokenSecret;
import dev.hotupdater.login.Users;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashPasswordCommandTest {
  private static final String PASSWORD = "geheim-4711-Grüße";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Deque<String> typed = new ArrayDeque<>();
  private final List<String> questions = new ArrayList<>();
  private Optional<String> piped = Optional.empty();

  @TempDir Path directory = Path.of("");

  private int run(String... more) {
    List<String> args = new ArrayList<>(List.of("hash-password"));
    args.addAll(List.of(more));
    return HotUpdaterCli.run(
        new Surroundings() {
          @Override
          public Optional<String> ask(String question) {
            throw new IllegalStateException("would show what is typed");
          }

          @Override
          public Optional<String> askForPassword(String question) {
            questions.add(question);
            return Optional.ofNullable(typed.poll());
          }

          @Override
          public Optional<String> pipedLine() {
            return piped;
          }

          @Override
          public Optional<String> variable(String name) {
            return Optional.empty();
          }
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        args.toArray(String[]::new));
  }

  /** Whether a user with this hash can sign in with this password. */
  private static boolean opens(String hash, String password) {
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (i * 7);
    }
    Users users = Users.builder().add("me", PasswordHash.of(hash)).build();
    return TokenLogin.builder(users, TokenSecret.of(secret))
        .build()
        .token("me", password)
        .isPresent();
  }

  private void assertNothingPrinted(String secret) {
    assertFalse(out.toString().contains(secret), out.toString());
    assertFalse(err.toString().contains(secret), err.toString());
  }

  @Test
  void hashPassword_typedTwice_printsItsHashAlone() {
    typed.addAll(List.of(PASSWORD, PASSWORD));

    assertEquals(0, run(), err::toString);

    assertEquals(1, out.toString().lines().count(), out.toString());
    assertTrue(out.toString().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), out.toString());
    assertTrue(opens(out.toString().strip(), PASSWORD));
    assertEquals(2, questions.size());
    assertEquals("", err.toString());
  }

  @Test
  void hashPassword_pipedIn_printsItsHashAlone() {
    piped = Optional.of(PASSWORD);

    assertEquals(0, run(), err::toString);

    assertTrue(opens(out.toString().strip(), PASSWORD));
    assertNothingPrinted(PASSWORD);
  }

  @Test
  void hashPassword_typedDifferently_fails() {
    typed.addAll(List.of(PASSWORD, PASSWORD + "x"));

    assertEquals(1, run());

    assertEquals("", out.toString());
    assertNothingPrinted(PASSWORD);
  }

  @Test
  void hashPassword_tooShort_failsInOneLine() {
    piped = Optional.of("geheim");

    assertEquals(1, run());

    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("at least 8"), err.toString());
    assertNothingPrinted("geheim");
  }

  @Test
  void hashPassword_withLettersThatTheTerminalDoesNotHave_fails() {
    typed.addAll(List.of("geheim-\ufffd\ufffd", "geheim-\ufffd\ufffd"));

    assertEquals(1, run());

    assertTrue(err.toString().contains("UTF-8"), err.toString());
    assertNothingPrinted("geheim");
  }

  @ParameterizedTest
  @ValueSource(strings = {PASSWORD, "-" + PASSWORD, "--password=" + PASSWORD, "two " + PASSWORD})
  void hashPassword_asAnArgument_isAWrongCallAndIsNotRepeated(String arguments) {
    assertEquals(2, run(arguments.split(" ")));

    assertNothingPrinted(PASSWORD);
    assertTrue(err.toString().contains("not an argument"), err.toString());
    assertEquals(List.of(), questions);
  }

  @Test
  void hashPassword_withNobodyToAskAndNothingPipedIn_isAWrongCall() {
    assertEquals(2, run());

    assertEquals("", out.toString());
  }

  @Test
  void hashPassword_ofAProcess_readsStandardInput() throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HotUpdaterCli.class.getName(),
                "hash-password")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((PASSWORD + "\r\nanother line\n").getBytes(UTF_8));
    }

    assertEquals(0, process.waitFor());
    List<String> lines = Files.readAllLines(output);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(opens(lines.get(0), PASSWORD));
  }

  @Test
  void hashPassword_help_saysHowThePasswordIsGiven() {
    assertEquals(0, run("--help"));

    assertTrue(out.toString().contains("Usage: hotupdater hash-password"), out.toString());
    assertTrue(out.toString().contains("Asks for the password twice"), out.toString());
  }

  @Test
  void pipedLine_ofStream_isItsFirstLine() throws Exception {
    assertEquals(Optional.empty(), PipedLine.read(stream("")));
    assertEquals(Optional.of(""), PipedLine.read(stream("\n")));
    assertEquals(Optional.of("é "), PipedLine.read(stream("é ")));
    assertEquals(Optional.of(" a"), PipedLine.read(stream(" a\r\nb")));
    assertThrows(IOException.class, () -> PipedLine.read(stream("a".repeat(16_385))));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
