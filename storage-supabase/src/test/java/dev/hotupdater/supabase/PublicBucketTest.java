package dev.hotupdater.supabase;

import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.WritableStorage;
import dev.hotupdater.testkit.WritableStorageContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** The contract with a public bucket of an older server. */
class PublicBucketTest extends WritableStorageContract {
  private final SupabaseServer server;
  private final SupabaseStorage storage;

  PublicBucketTest() throws IOException {
    server = SupabaseServer.startOldWithPublicBucket();
    storage = server.storage().publicBucket().build();
  }

  @Override
  protected WritableStorage storage() {
    return storage;
  }

  @Override
  protected boolean accepts(ObjectKey key) {
    return KeyRules.accept(key.toString());
  }

  @Override
  @AfterEach
  protected void deleteWhatTheTestHasWritten() {
    try (server) {
      super.deleteWhatTheTestHasWritten();
    }
  }
}
