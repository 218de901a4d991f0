package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.catalog.Bundles;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Archive;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Status;
import java.util.Optional;

/**
 * Answers update checks: has the catalogue decide, and has the storages say where the files are.
 * Safe for use by many threads.
 */
public final class UpdateResolver {
  private static final UpdateInfo BUILT_IN =
      new UpdateInfo(
          BundleId.NIL,
          Status.ROLLBACK,
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final Backend backend;

  /** Creates it over the parts of a server. */
  public UpdateResolver(Backend backend) {
    this.backend = backend;
  }

  /**
   * The answer for a device; empty if it should keep what it has.
   *
   * @throws dev.hotupdater.database.DatabaseException if there is no state to decide from
   * @throws dev.hotupdater.storage.StorageException if a storage fails
   */
  public Optional<UpdateInfo> resolve(UpdateCheck check, RequestContext context) {
    Bundles bundles = backend.bundles(context);
    UpdateDecision decision = bundles.decide(check);
    if (decision instanceof UpdateDecision.Update) {
      Bundle target = ((UpdateDecision.Update) decision).bundle();
      return Optional.of(info(target, Status.UPDATE, running(check, bundles), context));
    }
    if (decision instanceof UpdateDecision.Rollback) {
      Bundle target = ((UpdateDecision.Rollback) decision).bundle();
      return Optional.of(info(target, Status.ROLLBACK, running(check, bundles), context));
    }
    return decision instanceof UpdateDecision.RollbackToBuiltIn
        ? Optional.of(BUILT_IN)
        : Optional.empty();
  }

  private static Optional<Bundle> running(UpdateCheck check, Bundles bundles) {
    return check.bundleId().isNil() ? Optional.empty() : bundles.lookUp(check.bundleId());
  }

  private UpdateInfo info(
      Bundle target, Status status, Optional<Bundle> running, RequestContext context) {
    StorageAccess storage = backend.storage();
    return storage.withinDeadline(
        () ->
            new UpdateInfo(
                target.id(),
                status,
                status == Status.ROLLBACK || target.shouldForceUpdate(),
                target.message(),
                Optional.of(
                    new Archive(
                        target.fileHash(), storage.downloadUrl(target.storageUri(), context))),
                new ChangeResolver(storage, context).resolve(target, running)));
  }
}
