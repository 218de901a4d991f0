package dev.hotupdater.mongo;

import com.mongodb.client.model.Filters;
import dev.hotupdater.database.SchemaException;

/** Sees to it that nothing is read or written in documents of another version. */
final class SchemaCheck {
  static final String VERSION = "version";

  private final Connection connection;
  private volatile boolean current;

  SchemaCheck(Connection connection) {
    this.connection = connection;
  }

  /** What the database records. */
  static SchemaStatus status(Access access) {
    return SchemaStatus.of(
        access
            .first(Table.SETTINGS, Filters.eq(Fields.SETTING, VERSION))
            .flatMap(setting -> Values.text(setting, Fields.VALUE)));
  }

  /**
   * Asks the database.
   *
   * @throws SchemaException if the schema is not the current one
   */
  void check() {
    current = false;
    connection.run(() -> status(connection.access())).requireCurrent();
    current = true;
  }

  /**
   * Asks the database unless it has been asked before.
   *
   * @throws SchemaException if the schema is not the current one
   */
  void require() {
    if (!current) {
      check();
    }
  }
}
