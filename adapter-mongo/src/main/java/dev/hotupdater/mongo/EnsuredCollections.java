package dev.hotupdater.mongo;

import java.util.List;

/**
 * Sees to it that collections are there before something is written to them: a database that the
 * Node server has created has none of ours. A transaction could not create their indexes.
 */
final class EnsuredCollections {
  private final Connection connection;
  private final List<? extends NamedCollection> tables;
  private volatile boolean complete;

  EnsuredCollections(Connection connection, List<? extends NamedCollection> tables) {
    this.connection = connection;
    this.tables = tables;
  }

  /** Creates what is missing, unless it has been seen to before. */
  void require() {
    if (!complete) {
      complete =
          connection.run(
              () -> {
                CollectionSetup setup = new CollectionSetup(connection.database(), tables);
                setup.createCollections();
                setup.createIndexes();
                return true;
              });
    }
  }
}
