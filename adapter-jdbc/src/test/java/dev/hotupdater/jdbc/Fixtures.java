package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.BundlePage;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Databases as the Node server left them, and what it answers from them. */
final class Fixtures {
  private Fixtures() {}

  /** Executes the statements of a file, one in each line, such as {@code node-0.21.0}. */
  static void load(String name, DataSource dataSource, Dialect dialect) throws SQLException {
    execute(dataSource, text(name + "-" + dialect + ".sql").lines().toList());
  }

  static void execute(DataSource dataSource, List<String> statements) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static void execute(DataSource dataSource, String... statements) throws SQLException {
    execute(dataSource, List.of(statements));
  }

  /** The bundles that the Node server lists from a fixture, newest first. */
  static List<JsonNode> expected(String file) {
    try {
      List<JsonNode> bundles = new ArrayList<>();
      new JsonMapper().readTree(text(file)).get("data").forEach(bundles::add);
      return bundles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bundles that a database lists, newest first. */
  static List<JsonNode> listed(Database database) {
    BundlePage page =
        database.bundles(RequestContext.none()).list(BundleQuery.first(BundleFilter.all()));
    List<JsonNode> bundles = new ArrayList<>();
    for (Bundle bundle : page.bundles()) {
      bundles.add(BundleJson.write(bundle));
    }
    return bundles;
  }

  static String text(String file) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + file)) {
      assertNotNull(in, file);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
