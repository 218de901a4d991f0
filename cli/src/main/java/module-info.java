/** Looks after an update server's database, and publishes to it, from the command line. */
module dev.hotupdater.cli {
  requires dev.hotupdater.jdbc;
  requires dev.hotupdater.login;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.logging;
  requires java.net.http;
  requires static org.jspecify;
  requires org.mariadb.jdbc;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;

  opens dev.hotupdater.cli to
      info.picocli;
  opens dev.hotupdater.cli.publish to
      info.picocli;
}
