package dev.hotupdater.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.jdbc.Dialect;
import dev.hotupdater.jdbc.JdbcSchema;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotUpdaterCliTest {
  private static final String SECRET = "geheim-4711";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> questions = new ArrayList<>();
  private Optional<String> answer = Optional.empty();

  @TempDir Path directory = Path.of("");

  private int run(String... args) {
    return HotUpdaterCli.run(
        new Surroundings() {
          @Override
          public Optional<String> ask(String question) {
            questions.add(question);
            return answer;
          }

          @Override
          public Optional<String> askForPassword(String question) {
            questions.add(question);
            return answer;
          }

          @Override
          public Optional<String> variable(String name) {
            return Optional.ofNullable(Map.of("DB_PASSWORD", SECRET).get(name));
          }
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        args);
  }

  private String sqlite() {
    return "jdbc:sqlite:" + directory.resolve("updates.db");
  }

  private int runAsProcess(String input, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HotUpdaterCli.class.getName()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return process.waitFor();
  }

  @Test
  void migrate_answerPipedIn_isTaken() throws Exception {
    assertEquals(1, runAsProcess("n\n", "db", "migrate", "--url", sqlite()));
    assertEquals(2, runAsProcess("", "db", "migrate", "--url", sqlite()));
    assertEquals(0, versions());

    assertEquals(0, runAsProcess("y\n", "db", "migrate", "--url", sqlite()));
    assertEquals(1, versions());
  }

  private int versions() throws Exception {
    try (Connection connection = DriverManager.getConnection(sqlite());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from sqlite_master where name = 'private_hot_updater_settings'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void generate_ofEachDialect_printsItsSql(Dialect dialect) {
    assertEquals(0, run("db", "generate", "--sql", dialect.toString()));

    assertEquals(JdbcSchema.generate(dialect), out.toString());
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void generate_fromAVersion_printsTheMigration(Dialect dialect) {
    assertEquals(0, run("db", "generate", "--sql", dialect.toString(), "--from", "0.29.0"));

    assertEquals(JdbcSchema.generate(dialect, "0.29.0"), out.toString());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void generate_ofReleases_printsTheirTablesAlone(Dialect dialect) {
    assertEquals(0, run("db", "generate", "--sql", dialect.toString(), "--releases"));

    assertEquals(JdbcSchema.generateReleases(dialect), out.toString());
    assertContains(out.toString(), "create table hot_updater_releases (");
    assertFalse(out.toString().contains("create table bundles"), out.toString());
  }

  @Test
  void generate_ofReleasesFromAVersion_isAWrongCall() {
    assertEquals(2, run("db", "generate", "--sql", "sqlite", "--releases", "--from", "0.29.0"));

    assertContains(err.toString(), "--releases");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void generate_ofDevices_printsTheirTablesAlone(Dialect dialect) {
    assertEquals(0, run("db", "generate", "--sql", dialect.toString(), "--devices"));

    assertEquals(JdbcSchema.generateDevices(dialect), out.toString());
    assertContains(out.toString(), "create table hot_updater_device_events (");
    assertFalse(out.toString().contains("create table hot_updater_releases"), out.toString());
  }

  @Test
  void generate_ofReleasesAndDevicesAtOnce_isAWrongCall() {
    assertEquals(2, run("db", "generate", "--sql", "sqlite", "--releases", "--devices"));

    assertContains(err.toString(), "--devices");
  }

  @Test
  void generate_withAFile_writesIt() throws Exception {
    Path file = directory.resolve("schema.sql");

    assertEquals(0, run("db", "generate", "--sql", "postgres", "--out", file.toString()));

    assertEquals(JdbcSchema.generate(Dialect.POSTGRESQL), Files.readString(file));
    assertEquals("", out.toString());
  }

  @Test
  void generate_withAFileThatCannotBeWritten_failsInOneLine() {
    Path file = directory.resolve("missing/schema.sql");

    assertEquals(1, run("db", "generate", "--sql", "sqlite", "--out", file.toString()));

    assertEquals(1, err.toString().lines().count(), err.toString());
    assertContains(err.toString(), "schema.sql");
  }

  @Test
  void generate_ofUnknownDialect_isAWrongCall() {
    assertEquals(2, run("db", "generate", "--sql", "oracle"));

    assertContains(err.toString(), "--sql must be postgresql, mysql or sqlite.");
  }

  @Test
  void generate_fromUnknownVersion_isAWrongCallThatNamesTheKnownOnes() {
    assertEquals(2, run("db", "generate", "--sql", "sqlite", "--from", "0.30.0"));

    assertContains(err.toString(), "0.21.0, 0.29.0");
  }

  @Test
  void migrate_withYes_showsTheStatementsAndExecutesThem() throws Exception {
    assertEquals(0, run("db", "migrate", "--url", sqlite(), "--yes"));

    assertContains(out.toString(), "create table bundles (");
    assertContains(out.toString(), "The schema is up to date.");
    assertEquals(List.of(), questions);
    assertEquals(1, versions());
  }

  @Test
  void migrate_forTheSecondTime_hasNothingToDo() {
    run("db", "migrate", "--url", sqlite(), "--yes");
    out.getBuffer().setLength(0);

    assertEquals(0, run("db", "migrate", "--url", sqlite()));

    assertEquals("The schema is up to date. Nothing to do.", out.toString().strip());
    assertEquals(List.of(), questions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "Yes", " YES "})
  void migrate_withConsent_executes(String consent) throws Exception {
    answer = Optional.of(consent);

    assertEquals(0, run("db", "migrate", "--url", sqlite()));

    assertEquals(1, questions.size());
    assertEquals(1, versions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "", "yup"})
  void migrate_withoutConsent_changesNothing(String refusal) throws Exception {
    answer = Optional.of(refusal);

    assertEquals(1, run("db", "migrate", "--url", sqlite()));

    assertContains(out.toString(), "Nothing was changed.");
    assertEquals(0, versions());
  }

  @Test
  void migrate_withNobodyToAsk_changesNothingAndNamesTheOption() throws Exception {
    assertEquals(2, run("db", "migrate", "--url", sqlite()));

    assertContains(err.toString(), "--yes");
    assertEquals(0, versions());
  }

  @Test
  void migrate_ofDatabaseThatIsTooNew_failsInOneLine() throws Exception {
    run("db", "migrate", "--url", sqlite(), "--yes");
    try (Connection connection = DriverManager.getConnection(sqlite());
        Statement statement = connection.createStatement()) {
      statement.execute("update private_hot_updater_settings set value = '0.99.0'");
    }

    assertEquals(1, run("db", "migrate", "--url", sqlite(), "--yes"));

    assertEquals(1, err.toString().lines().count(), err.toString());
    assertContains(err.toString(), "0.99.0");
  }

  @Test
  void status_beforeAndAfterMigration_saysHowFarTheDatabaseIs() {
    assertEquals(0, run("db", "status", "--url", sqlite()));
    run("db", "migrate", "--url", sqlite(), "--yes");
    assertEquals(0, run("db", "status", "--url", sqlite()));

    assertTrue(out.toString().startsWith("missing"), out.toString());
    assertContains(out.toString(), "0.31.0 is current");
  }

  @Test
  void migrate_ofReleases_executesTheirStatementsAlone() throws Exception {
    answer = Optional.of("y");

    assertEquals(0, run("db", "migrate", "--releases", "--url", sqlite()));
    assertEquals(0, run("db", "migrate", "--releases", "--url", sqlite()));

    assertContains(out.toString(), "create table hot_updater_releases (");
    assertFalse(out.toString().contains("create table bundles"), out.toString());
    assertContains(out.toString(), "statements. The schema of releases is up to date.");
    assertContains(out.toString(), "The schema of releases is up to date. Nothing to do.");
    assertEquals(List.of("Execute these 5 statements? [y/N] "), questions);
    assertEquals(0, versions());
  }

  @Test
  void status_ofReleases_isThatOfTheirTablesAlone() {
    run("db", "migrate", "--url", sqlite(), "--yes");

    assertEquals(
        "missing: `db migrate --releases` creates the schema of releases",
        printed("db", "status", "--releases", "--url", sqlite()));
    assertEquals("0.31.0 is current", printed("db", "status", "--url", sqlite()));

    run("db", "migrate", "--releases", "--url", sqlite(), "--yes");

    assertEquals("1 is current", printed("db", "status", "--releases", "--url", sqlite()));
    assertEquals("0.31.0 is current", printed("db", "status", "--url", sqlite()));
  }

  @Test
  void migrate_ofDevices_executesTheirStatementsAlone() {
    assertEquals(
        "missing: `db migrate --devices` creates the schema of devices",
        printed("db", "status", "--devices", "--url", sqlite()));

    assertContains(
        printed("db", "migrate", "--devices", "--url", sqlite(), "--yes"),
        "Executed 8 statements. The schema of devices is up to date.");

    assertEquals("1 is current", printed("db", "status", "--devices", "--url", sqlite()));
    assertContains(printed("db", "status", "--releases", "--url", sqlite()), "missing");
    assertContains(printed("db", "status", "--url", sqlite()), "missing");
  }

  private String printed(String... args) {
    out.getBuffer().setLength(0);
    assertEquals(0, run(args));
    return out.toString().strip();
  }

  @Test
  void serverThatIsNotThere_failsInOneLineWithoutThePassword() throws Exception {
    int port = freePort();
    for (String url :
        List.of(
            "jdbc:postgresql://127.0.0.1:" + port + "/updates?password=" + SECRET,
            "jdbc:mysql://127.0.0.1:" + port + "/updates?password=" + SECRET)) {
      err.getBuffer().setLength(0);

      assertEquals(
          1, run("db", "status", "--url", url, "--user", "me", "--password-env", "DB_PASSWORD"));

      assertEquals(1, err.toString().lines().count(), err.toString());
      assertContains(err.toString(), "Could not connect to the database");
      assertFalse(err.toString().contains(SECRET), err.toString());
    }
  }

  @Test
  void failure_whenVerbose_hasItsStackTraceWithoutThePassword() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + freePort() + "/updates?password=" + SECRET;

    assertEquals(1, run("db", "status", "--verbose", "--url", url));

    assertContains(err.toString(), "\tat ");
    assertFalse(err.toString().contains(SECRET), err.toString());
  }

  private static int freePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }

  @Test
  void user_withoutPasswordVariable_isAskedForThePassword() throws Exception {
    answer = Optional.of(SECRET);
    String url = "jdbc:mariadb://127.0.0.1:" + freePort() + "/updates";

    assertEquals(1, run("db", "status", "--url", url, "--user", "me"));

    assertEquals(List.of("Password of me: "), questions);
    assertFalse((out.toString() + err).contains(SECRET));
  }

  @Test
  void passwordVariable_thatIsNotSet_isAWrongCall() {
    String url = "jdbc:postgresql://127.0.0.1/updates";

    assertEquals(2, run("db", "status", "--url", url, "--user", "me", "--password-env", "NOT_SET"));

    assertContains(err.toString(), "NOT_SET is not set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:oracle:thin:me/" + SECRET + "@localhost",
        "jdbc:postgresql://me:" + SECRET + "@localhost/x",
        SECRET
      })
  void url_thatIsNotUnderstood_isAWrongCallAndIsNotPrinted(String url) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertEquals(2, run("db", "migrate", "--url", url, "--yes"));
    } finally {
      System.setErr(before);
    }

    assertContains(err.toString(), "--url");
    String everything = out.toString() + err + log.toString(StandardCharsets.UTF_8);
    assertFalse(everything.contains(SECRET), everything);
  }

  @Test
  void call_withoutSubcommand_isWrong() {
    assertEquals(2, run());
    assertEquals(2, run("db"));
    assertEquals(2, run("db", "migrate"));

    assertContains(err.toString(), "Missing required");
  }

  @Test
  void help_ofEachCommand_isPrinted() {
    for (String command : List.of("generate", "migrate", "status")) {
      assertEquals(0, run("db", command, "--help"));
    }

    assertContains(out.toString(), "Usage: hotupdater db migrate");
    assertEquals("", err.toString());
  }

  @Test
  void version_isPrinted() {
    assertEquals(0, run("--version"));
    assertEquals(0, run("db", "migrate", "--version"));

    assertEquals(2, out.toString().lines().filter(line -> line.startsWith("hotupdater ")).count());
  }
}
