package dev.hotupdater.cli;

import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database, and who asks. Nothing of it is ever printed: a URL may contain a password. */
final class ConnectionOptions {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String MARIADB = "jdbc:mariadb:";
  private static final String MYSQL = "jdbc:mysql:";
  private static final String SQLITE = "jdbc:sqlite:";

  /** A field, because the registry of loggers alone would let go of it, and of its level. */
  private static final Logger POSTGRESQL_LOGGER = Logger.getLogger("org.postgresql");

  static {
    // It warns of what it takes for a wrong port, which may well be a password.
    POSTGRESQL_LOGGER.setLevel(Level.OFF);
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "<jdbc-url>",
      description =
          "The database: jdbc:postgresql://..., jdbc:mysql://..., jdbc:mariadb://... or"
              + " jdbc:sqlite:<file>")
  private String url = "";

  @Option(names = "--user", description = "The user of the database, if the URL does not name one.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--password-env",
      paramLabel = "<name>",
      description =
          "The environment variable with the user's password. Without it you are asked for the"
              + " password.")
  private Optional<String> passwordVariable = Optional.empty();

  DataSource dataSource(Surroundings surroundings) {
    try {
      if (url.startsWith(POSTGRESQL)) {
        return postgresql(surroundings);
      }
      if (url.startsWith(MARIADB) || url.startsWith(MYSQL)) {
        return mariaDb(surroundings);
      }
      if (url.startsWith(SQLITE)) {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl(url);
        return dataSource;
      }
    } catch (SQLException | IllegalArgumentException e) {
      // The driver's own message has the URL in it.
      throw wrong("--url is not one that the driver of this database understands.");
    }
    throw wrong(
        "--url must begin with "
            + String.join(", ", POSTGRESQL, MYSQL, MARIADB)
            + " or "
            + SQLITE
            + ".");
  }

  private DataSource postgresql(Surroundings surroundings) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(url);
    user.ifPresent(dataSource::setUser);
    password(surroundings).ifPresent(dataSource::setPassword);
    return dataSource;
  }

  private DataSource mariaDb(Surroundings surroundings) throws SQLException {
    // This driver serves both kinds of servers, but knows one kind of URL.
    String known = url.startsWith(MYSQL) ? MARIADB + url.substring(MYSQL.length()) : url;
    MariaDbDataSource dataSource = new MariaDbDataSource(known);
    if (user.isPresent()) {
      dataSource.setUser(user.get());
    }
    Optional<String> password = password(surroundings);
    if (password.isPresent()) {
      dataSource.setPassword(password.get());
    }
    return dataSource;
  }

  private Optional<String> password(Surroundings surroundings) {
    if (passwordVariable.isPresent()) {
      String name = passwordVariable.get();
      return Optional.of(
          surroundings
              .variable(name)
              .orElseThrow(() -> wrong("The environment variable " + name + " is not set.")));
    }
    return user.map(
        name ->
            surroundings
                .askForPassword("Password of " + name + ": ")
                .orElseThrow(
                    () ->
                        wrong(
                            "There is nobody to ask for the password. Put it into an environment"
                                + " variable and name that with --password-env.")));
  }

  private ParameterException wrong(String message) {
    if (command == null) {
      throw new IllegalStateException("used outside of a command");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
