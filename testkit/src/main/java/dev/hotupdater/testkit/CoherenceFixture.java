package dev.hotupdater.testkit;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.catalog.Freshness;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty database for each test, and servers on it. */
abstract class CoherenceFixture {
  /**
   * The default poll interval, and nothing read again for the sake of other software, which would
   * hide that a poll has missed something.
   */
  static final Freshness POLLING = Freshness.polling(Duration.ofSeconds(1), Duration.ofHours(1));

  private final List<UpdateNode> nodes = new ArrayList<>();
  private @Nullable Database first;

  protected abstract Database createDatabase() throws Exception;

  protected abstract Database anotherDatabase() throws Exception;

  protected abstract void dispose() throws Exception;

  /** Asks for the database of a test. */
  @BeforeEach
  public void createDatabaseOfTest() throws Exception {
    first = createDatabase();
  }

  /** Stops the servers of a test and disposes of its database. */
  @AfterEach
  public void stopNodesOfTest() throws Exception {
    nodes.forEach(UpdateNode::close);
    dispose();
  }

  /** The bundles as a writer without a server sees them. */
  BundleStore store() {
    if (first == null) {
      throw new IllegalStateException("there is a database during a test only");
    }
    return first.bundles(RequestContext.none());
  }

  /** A server with a database object of its own, as every server has. */
  UpdateNode node(Freshness freshness) throws Exception {
    return node(anotherDatabase(), freshness);
  }

  /** A server that gets no hints, and knows of everything a little later than it was read. */
  UpdateNode lateNode(Freshness freshness) throws Exception {
    UnreliableDatabase database = new UnreliableDatabase(anotherDatabase());
    database.become(UnreliableDatabase.State.LATE);
    return node(database, freshness);
  }

  /**
   * A server that learns nothing of the writes of others by itself, for as long as a test lasts.
   */
  UpdateNode unawareNode() throws Exception {
    return lateNode(Freshness.polling(Duration.ofHours(1), Duration.ofHours(1)));
  }

  UpdateNode node(Database database, Freshness freshness) {
    UpdateNode node = UpdateNode.start(database, freshness);
    nodes.add(node);
    return node;
  }

  List<UpdateNode> nodes(int count, Freshness freshness) throws Exception {
    List<UpdateNode> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(node(freshness));
    }
    return started;
  }

  /** A bundle that can be served without a storage. */
  static Bundle bundle(int number) {
    return SampleBundles.small(number).toBuilder()
        .storageUri("https://updates.test/" + number + ".zip")
        .build();
  }

  /** Prints what a test has counted, on one line. */
  void report(String format, Object... values) {
    System.out.println(
        getClass().getSimpleName() + ": " + String.format(Locale.ROOT, format, values));
  }
}
