package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.catalog.BundleView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Archive;
import dev.hotupdater.protocol.hotupdater.UpdateInfo.Status;
import java.util.Optional;

/**
 * Answers update checks: has the catalogue decide, and has the storages say where the files are.
 * What has been found out about bundles is kept until they change, so use one for many checks. Safe
 * for use by many threads.
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
  private final BundleDifferences differences;

  /** Creates it over the parts of a server. */
  public UpdateResolver(Backend backend) {
    this.backend = backend;
    differences = new BundleDifferences(backend.storage());
    backend.onCatalogChange(differences::forget);
  }

  /**
   * What a device is to do.
   *
   * @param status how the target stands to what is running
   * @param target the bundle to switch to; absent for the one built into the app
   * @param running the bundle that runs on the device, where the way to the target depends on it
   */
  record Instruction(Status status, Optional<Bundle> target, Optional<Bundle> running) {
    static final Instruction BACK_TO_BUILT_IN =
        new Instruction(Status.ROLLBACK, Optional.empty(), Optional.empty());
  }

  /**
   * An answer with addresses.
   *
   * @param info the answer
   * @param lifetime how long it is handed out
   */
  record Resolved(UpdateInfo info, Lifetime lifetime) {}

  /**
   * The answer for a device; empty if it should keep what it has.
   *
   * @throws dev.hotupdater.database.DatabaseException if there is no state to decide from
   * @throws dev.hotupdater.storage.StorageException if a storage fails
   */
  public Optional<UpdateInfo> resolve(UpdateCheck check, RequestContext context) {
    return instruct(check, context).map(instruction -> resolve(instruction, context).info());
  }

  /** What a device is to do; empty if it should keep what it has. Asks no storage. */
  Optional<Instruction> instruct(UpdateCheck check, RequestContext context) {
    BundleView bundles = backend.bundles(context).view();
    UpdateDecision decision = bundles.decide(check);
    if (decision instanceof UpdateDecision.NoUpdate) {
      return Optional.empty();
    }
    if (decision instanceof UpdateDecision.Update) {
      Bundle target = ((UpdateDecision.Update) decision).bundle();
      return Optional.of(instruction(Status.UPDATE, target, check, bundles));
    }
    if (decision instanceof UpdateDecision.Rollback) {
      Bundle target = ((UpdateDecision.Rollback) decision).bundle();
      return Optional.of(instruction(Status.ROLLBACK, target, check, bundles));
    }
    return Optional.of(Instruction.BACK_TO_BUILT_IN);
  }

  private static Instruction instruction(
      Status status, Bundle target, UpdateCheck check, BundleView bundles) {
    boolean matters = BundleDifferences.exist(target) && !check.bundleId().isNil();
    return new Instruction(
        status, Optional.of(target), matters ? bundles.find(check.bundleId()) : Optional.empty());
  }

  /** The answer that tells a device what to do. */
  Resolved resolve(Instruction instruction, RequestContext context) {
    return instruction
        .target()
        .map(target -> resolve(target, instruction, context))
        .orElseGet(() -> new Resolved(BUILT_IN, Lifetime.UNLIMITED));
  }

  private Resolved resolve(Bundle target, Instruction instruction, RequestContext context) {
    StorageAccess storage = backend.storage();
    return storage.withinDeadline(
        () -> {
          ChangeResolver files = new ChangeResolver(storage, differences, context);
          Status status = instruction.status();
          UpdateInfo info =
              new UpdateInfo(
                  target.id(),
                  status,
                  status == Status.ROLLBACK || target.shouldForceUpdate(),
                  target.message(),
                  Optional.of(new Archive(target.fileHash(), files.archiveUrl(target))),
                  files.resolve(target, instruction.running()));
          return new Resolved(info, files.lifetime());
        });
  }
}
