/** Looks after the database of an update server from the command line. */
module dev.hotupdater.cli {
  requires dev.hotupdater.jdbc;
  requires info.picocli;
  requires java.logging;
  requires static org.jspecify;
  requires org.mariadb.jdbc;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;

  opens dev.hotupdater.cli to
      info.picocli;
}
