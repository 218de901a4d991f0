package dev.hotupdater.examples.postgress3;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.ExampleServer;
import dev.hotupdater.examples.server.Opened;
import dev.hotupdater.examples.standins.PostgresStandIn;
import dev.hotupdater.examples.standins.S3Service;
import dev.hotupdater.jdbc.JdbcDatabase;
import dev.hotupdater.jdbc.JdbcSchema;
import java.util.List;
import java.util.Optional;

/** Bundles in PostgreSQL, files in S3. */
public final class PostgresS3 implements ExampleServer.Setup {
  private PostgresS3() {}

  /** The set-up. */
  public static PostgresS3 create() {
    return new PostgresS3();
  }

  /** Runs it until it is stopped. */
  public static void main(String[] args) throws Exception {
    ExampleServer.run(create());
  }

  @Override
  public HotUpdaterBuilder open(Environment environment, Opened opened, List<String> parts)
      throws Exception {
    HikariDataSource dataSource = opened.add(database(environment, opened, parts));
    JdbcSchema.of(dataSource).migrate();

    S3Service s3 = S3Service.of(environment, opened);
    parts.add("Files: " + s3.description());
    return HotUpdater.builder()
        .database(JdbcDatabase.create(dataSource))
        .storage(opened.add(s3.storage()));
  }

  private static HikariDataSource database(
      Environment environment, Opened opened, List<String> parts) throws Exception {
    HikariConfig config = new HikariConfig();
    Optional<String> url = environment.get("DATABASE_URL");
    if (url.isPresent()) {
      config.setJdbcUrl(url.get());
      environment.get("DATABASE_USER").ifPresent(config::setUsername);
      environment.get("DATABASE_PASSWORD").ifPresent(config::setPassword);
      parts.add("Bundles: the PostgreSQL of DATABASE_URL");
    } else {
      config.setJdbcUrl(opened.add(PostgresStandIn.start()).url());
      parts.add("Bundles: an embedded PostgreSQL (DATABASE_URL is not set)");
    }
    return new HikariDataSource(config);
  }
}
