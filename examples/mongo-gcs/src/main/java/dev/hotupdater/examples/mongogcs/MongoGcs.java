package dev.hotupdater.examples.mongogcs;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.ExampleServer;
import dev.hotupdater.examples.server.Opened;
import dev.hotupdater.examples.standins.MongoStandIn;
import dev.hotupdater.gcs.GcsStorage;
import dev.hotupdater.gcs.standin.GcsStandIn;
import dev.hotupdater.mongo.MongoBundleDatabase;
import dev.hotupdater.mongo.MongoSchema;
import java.util.List;
import java.util.Optional;

/** Bundles in MongoDB, files in Google Cloud Storage or Firebase Storage. */
public final class MongoGcs implements ExampleServer.Setup {
  private MongoGcs() {}

  /** The set-up. */
  public static MongoGcs create() {
    return new MongoGcs();
  }

  /** Runs it until it is stopped. */
  public static void main(String[] args) throws Exception {
    ExampleServer.run(create());
  }

  @Override
  public HotUpdaterBuilder open(Environment environment, Opened opened, List<String> parts) {
    MongoClient client = opened.add(client(environment, opened, parts));
    String database = environment.get("MONGODB_DATABASE").orElse("hot-updater");
    MongoSchema.of(client, database).migrate();
    return HotUpdater.builder()
        .database(MongoBundleDatabase.create(client, database))
        .storage(opened.add(storage(environment, opened, parts)));
  }

  private static MongoClient client(Environment environment, Opened opened, List<String> parts) {
    Optional<String> url = environment.get("MONGODB_URL");
    if (url.isPresent()) {
      parts.add("Bundles: the MongoDB of MONGODB_URL");
      return MongoClients.create(url.get());
    }
    parts.add("Bundles: a stand-in for MongoDB in memory (MONGODB_URL is not set)");
    return MongoClients.create(opened.add(MongoStandIn.start()).url());
  }

  private static GcsStorage storage(Environment environment, Opened opened, List<String> parts) {
    Optional<String> bucket = environment.get("GCS_BUCKET");
    if (bucket.isPresent()) {
      parts.add("Files: the bucket " + bucket.get() + " of Google Cloud Storage");
      return GcsStorage.builder(bucket.get()).build();
    }
    parts.add("Files: a stand-in for Google Cloud Storage in memory (GCS_BUCKET is not set)");
    GcsStandIn server = opened.add(GcsStandIn.start());
    return GcsStorage.builder(GcsStandIn.BUCKET)
        .serviceAccount(server.serviceAccountKey())
        .endpoint(server.endpoint())
        .build();
  }
}
