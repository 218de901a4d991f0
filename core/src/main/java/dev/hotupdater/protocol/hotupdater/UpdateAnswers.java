package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.catalog.CatalogChange;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.BoundedCalls;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Status;
import dev.hotupdater.protocol.hotupdater.UpdateResolver.Instruction;
import dev.hotupdater.protocol.hotupdater.UpdateResolver.Resolved;
import dev.hotupdater.storage.StorageUnavailableException;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The answers that tell devices to switch to another bundle, kept as bytes until a bundle in them
 * changes or their addresses have to be renewed. Safe for use by many threads.
 */
final class UpdateAnswers {
  private static final int LONGEST_SERVER_ADDRESS = 1_000;

  private final UpdateResolver resolver;
  private final StorageAccess storage;
  private final LoadingCache<Key, UpdateAnswer> answers;

  private record Key(
      String contextKey,
      Optional<URI> serverAddress,
      Status status,
      Optional<Bundle> target,
      Optional<Bundle> running) {}

  UpdateAnswers(UpdateResolver resolver, Backend backend) {
    this.resolver = resolver;
    storage = backend.storage();
    answers =
        new LoadingCache<>(
            CacheBudget.BYTES, storage.timeout(), storage::inBackground, storage.clock());
    backend.onCatalogChange(this::forget);
  }

  /**
   * The answer with this instruction.
   *
   * @throws dev.hotupdater.storage.StorageException if a storage fails
   */
  UpdateAnswer get(Instruction instruction, RequestContext context) {
    Optional<String> contextKey = context.cacheKey();
    Optional<URI> serverAddress = storage.serverAddress(context);
    if (contextKey.isEmpty() || isMadeUp(serverAddress)) {
      return make(instruction, context);
    }
    Key key =
        new Key(
            contextKey.get(),
            serverAddress,
            instruction.status(),
            instruction.target(),
            instruction.running());
    try {
      return answers.get(key, () -> loaded(key, make(instruction, context)));
    } catch (BoundedCalls.CallTimeoutException e) {
      throw new StorageUnavailableException("A storage did not answer in time.", e);
    }
  }

  /** No host has so long a name; clients can send what they like, but not have it kept. */
  private static boolean isMadeUp(Optional<URI> serverAddress) {
    return serverAddress.isPresent()
        && serverAddress.get().toString().length() > LONGEST_SERVER_ADDRESS;
  }

  private UpdateAnswer make(Instruction instruction, RequestContext context) {
    Resolved resolved = resolver.resolve(instruction, context);
    return UpdateAnswer.of(UpdateInfoJson.write(resolved.info()).toString(), resolved.lifetime());
  }

  private static Loaded<UpdateAnswer> loaded(Key key, UpdateAnswer answer) {
    Lifetime lifetime = answer.lifetime();
    // Of an address there is the text, and its parts once more.
    long keyBytes = 4L * key.serverAddress().map(address -> address.toString().length()).orElse(0);
    long weight = 2 * CacheBudget.ENTRY_BYTES + keyBytes + answer.size();
    return Loaded.until(answer, weight, lifetime.renewal(), lifetime.end());
  }

  private void forget(CatalogChange change) {
    Set<Bundle> gone = new HashSet<>(change.before());
    answers.dropIf(
        key ->
            key.target().filter(gone::contains).isPresent()
                || key.running().filter(gone::contains).isPresent());
  }
}
