package dev.hotupdater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleChange;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.catalog.CatalogChange;
import dev.hotupdater.catalog.CatalogListener;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.storage.FileStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionTest {
  private static final BundleId ID = BundleId.of("0198c0de-abcd-7000-8000-000000000001");

  @TempDir private Path directory;

  private final Recorder recorder = new Recorder();

  @Test
  void publishing_tellsWhatWasPublishedOnce() {
    try (HotUpdater updater = start()) {
      updater.bundles().publish(bundle());

      assertEquals(List.of(List.of(bundle())), recorder.published);
      assertEquals(
          Optional.of(bundle()), updater.backend().bundles(RequestContext.none()).lookUp(ID));
    }
  }

  @Test
  void changingAndDeleting_tellOfNothingPublished() {
    try (HotUpdater updater = start()) {
      updater.bundles().publish(bundle());
      updater.bundles().change(ID, BundleChange.of(bundle -> bundle.enabled(false)));
      updater.bundles().delete(ID);

      assertEquals(1, recorder.published.size());
    }
  }

  @Test
  void publishingWhatIsRefused_tellsNothing() {
    try (HotUpdater updater = start()) {
      Bundle withoutTarget = bundle().toBuilder().targetAppVersion(Optional.empty()).build();

      assertThrows(InvalidBundleException.class, () -> updater.bundles().publish(withoutTarget));
      assertTrue(recorder.published.isEmpty());
    }
  }

  @Test
  void listenerThatFails_leavesThePublishingAlone() {
    recorder.failing = true;
    try (HotUpdater updater = start()) {
      updater.bundles().publish(bundle());

      assertTrue(updater.bundles().find(ID).isPresent());
    }
  }

  private HotUpdater start() {
    return HotUpdater.builder()
        .database(InMemoryDatabase.create())
        .storage(FileStorage.at(directory))
        .extension(recorder)
        .build();
  }

  private static Bundle bundle() {
    return Bundle.builder()
        .id(ID)
        .platform(Platform.IOS)
        .targetAppVersion(Optional.of("1.0.0"))
        .fileHash("hash")
        .storageUri("local://updates/a.zip")
        .build();
  }

  private static final class Recorder implements Extension, CatalogListener {
    final List<List<Bundle>> published = new ArrayList<>();
    boolean failing;

    @Override
    public void start(Backend backend) {
      backend.onCatalogChange(this);
    }

    @Override
    public void changed(CatalogChange change) {
      // Of no interest here.
    }

    @Override
    public void published(List<Bundle> bundles, RequestContext context) {
      published.add(bundles);
      if (failing) {
        throw new IllegalStateException("of the test");
      }
    }
  }
}
