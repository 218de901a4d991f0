package dev.hotupdater.mongo;

import java.util.List;

/**
 * Sees to it that there are collections for apps and releases before something is written there: a
 * database that the Node server has created has none. A transaction could not create their indexes.
 */
final class ReleaseCollections {
  private final Connection connection;
  private volatile boolean complete;

  ReleaseCollections(Connection connection) {
    this.connection = connection;
  }

  /** Creates what is missing, unless it has been seen to before. */
  void require() {
    if (!complete) {
      complete =
          connection.run(
              () -> {
                CollectionSetup setup =
                    new CollectionSetup(connection.database(), List.of(ReleaseTable.values()));
                setup.createCollections();
                setup.createIndexes();
                return true;
              });
    }
  }
}
