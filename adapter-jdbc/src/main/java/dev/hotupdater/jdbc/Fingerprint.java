package dev.hotupdater.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether any row of some tables has changed, whoever wrote it. */
final class Fingerprint {
  private static final Logger log = LoggerFactory.getLogger(Fingerprint.class);

  private final SchemaPart schema;
  private final List<String> tables;
  private volatile boolean unsupported;

  /**
   * Creates the fingerprint of some tables.
   *
   * @param schema where the tables belong
   */
  Fingerprint(SchemaPart schema, List<String> tables) {
    this.schema = schema;
    this.tables = List.copyOf(tables);
  }

  /**
   * The fingerprint of the present state; empty if the database cannot tell.
   *
   * @throws dev.hotupdater.database.DatabaseException if the tables cannot be read
   */
  Optional<String> read(Transactor transactor) {
    if (unsupported) {
      return Optional.empty();
    }
    try {
      return transactor.read(this::read);
    } catch (UnsupportedStatementException e) {
      // Rights on the tables that are missing may be granted yet; this fails without them.
      transactor.checkSchema();
      unsupported = true;
      log.info(
          "This database cannot compute a fingerprint of its tables{}; what other software writes"
              + " is found by reading everything",
          Failure.code(e));
      return Optional.empty();
    }
  }

  private Optional<String> read(Session session) {
    Map<String, List<String>> columns = schema.columns();
    List<String> parts = new ArrayList<>();
    for (String table : tables) {
      Optional<String> part = read(session, table, columns.getOrDefault(table, List.of()));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(String.join("/", parts));
  }

  private static Optional<String> read(Session session, String table, List<String> columns) {
    Optional<String> query = session.syntax().fingerprintQuery(table, columns);
    return query.isPresent()
        ? session.query(Sql.of(query.get())).mapTo(String.class).findFirst()
        : Optional.of(RowDigest.of(session, table, columns));
  }
}
