package dev.hotupdater.examples.s3only;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.ExampleServer;
import dev.hotupdater.examples.server.Opened;
import dev.hotupdater.examples.standins.S3Service;
import dev.hotupdater.s3.S3Storage;
import dev.hotupdater.s3.database.S3Database;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** Bundles and files in one bucket: no database server at all. */
public final class S3Only implements ExampleServer.Setup {
  private S3Only() {}

  /** The set-up. */
  public static S3Only create() {
    return new S3Only();
  }

  /** Runs it until it is stopped. */
  public static void main(String[] args) throws Exception {
    ExampleServer.run(create());
  }

  @Override
  public HotUpdaterBuilder open(Environment environment, Opened opened, List<String> parts)
      throws Exception {
    S3Service s3 = S3Service.of(environment, opened);
    parts.add("Bundles and files: " + s3.description());

    S3Client client = opened.add(s3.client());
    S3Storage storage = opened.add(s3.storage());
    return HotUpdater.builder()
        .database(S3Database.builder(client, s3.bucket()).basePath("metadata").build())
        .storage(storage);
  }
}
