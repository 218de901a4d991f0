package dev.hotupdater.protocol;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.BatchAddressing;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for download addresses that are needed together. A storage that gives many with one call is
 * asked for all of its own when the first one is needed. Safe for use by many threads.
 */
final class AddressBatch {
  private final Storages storages;
  private final Collection<String> wanted;
  private final RequestContext context;
  private final Map<Storage, Map<StorageUri, DownloadAddress>> answers = new HashMap<>();

  AddressBatch(Storages storages, Collection<String> wanted, RequestContext context) {
    this.storages = storages;
    this.wanted = wanted;
    this.context = context;
  }

  DownloadAddress ask(String storageUri) {
    return inBatch(storageUri).orElseGet(() -> storages.downloadAddress(storageUri, context));
  }

  private Optional<DownloadAddress> inBatch(String storageUri) {
    if (wanted.size() < 2) {
      return Optional.empty();
    }
    return StorageUri.parse(storageUri)
        .flatMap(
            uri ->
                batchStorage(uri)
                    .flatMap(storage -> Optional.ofNullable(answer(storage).get(uri))));
  }

  private Optional<BatchAddressing> batchStorage(StorageUri uri) {
    return storages
        .findFor(uri)
        .filter(BatchAddressing.class::isInstance)
        .map(BatchAddressing.class::cast);
  }

  private synchronized Map<StorageUri, DownloadAddress> answer(BatchAddressing storage) {
    return answers.computeIfAbsent(
        storage, s -> storage.downloadAddresses(wantedFrom(storage), context));
  }

  private Set<StorageUri> wantedFrom(Storage storage) {
    Set<StorageUri> uris = new LinkedHashSet<>();
    for (String storageUri : wanted) {
      StorageUri.parse(storageUri)
          .filter(uri -> storages.findFor(uri).filter(storage::equals).isPresent())
          .ifPresent(uris::add);
    }
    return uris;
  }
}
