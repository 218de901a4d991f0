package dev.hotupdater.patches;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.protocol.Backend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes the patches of one target, one base after the other. Not for use by several threads. */
final class PatchRun {
  private static final Logger log = LoggerFactory.getLogger(BundlePatches.class);

  /** What somebody has to put right, unlike bundles that just do not fit. */
  private static final Set<SkipReason> FAULTS =
      EnumSet.of(
          SkipReason.BAD_MANIFEST,
          SkipReason.BAD_FILE,
          SkipReason.FILE_MISSING,
          SkipReason.TOO_LARGE,
          SkipReason.NO_WRITABLE_STORAGE);

  private final Bundle target;
  private final ScriptReader scripts;
  private final PatchStore store;

  PatchRun(Bundle target, Backend backend, RequestContext context, int maxFileSize) {
    this.target = target;
    scripts = new ScriptReader(backend.storage(), context, maxFileSize);
    store = new PatchStore(backend, context);
  }

  /** Makes a patch from each of these bundles. */
  List<PatchOutcome> makeFrom(List<Bundle> bases) {
    List<PatchOutcome> outcomes = new ArrayList<>();
    if (bases.isEmpty()) {
      return outcomes;
    }
    try {
      store.storageFor(target);
      Script script = scripts.read(target);
      bases.forEach(base -> outcomes.add(makeFrom(base, script)));
    } catch (SkippedException e) {
      bases.forEach(base -> outcomes.add(skipped(base, e)));
    }
    return outcomes;
  }

  private PatchOutcome makeFrom(Bundle base, Script script) {
    try {
      return make(base, script);
    } catch (SkippedException e) {
      return skipped(base, e);
    }
  }

  private PatchOutcome skipped(Bundle base, SkippedException e) {
    log.atLevel(FAULTS.contains(e.reason()) ? Level.WARN : Level.INFO)
        .log("No patch of {} from {}: {}", target.id(), base.id(), e.detail());
    return new PatchOutcome.Skipped(base.id(), e.reason(), e.detail());
  }

  private PatchOutcome make(Bundle base, Script script) {
    requireOlder(base);
    Script baseScript = scripts.read(base);
    requireDifference(baseScript, script);
    byte[] patch = diff(baseScript, script);
    requireResult(baseScript, script, patch);
    PatchOutcome.Made made =
        new PatchOutcome.Made(
            store.save(target, base, baseScript, patch), patch.length, script.storedSize());
    log.info(
        "Made a patch of {} from {}: {} bytes in place of {}",
        target.id(),
        base.id(),
        made.size(),
        made.fullSize());
    return made;
  }

  private void requireOlder(Bundle base) {
    if (base.platform() != target.platform()) {
      throw new SkippedException(
          SkipReason.OTHER_PLATFORM,
          base.id() + " is for another platform than " + target.id() + ".");
    }
    if (base.id().compareTo(target.id()) >= 0) {
      throw new SkippedException(
          SkipReason.NOT_OLDER, base.id() + " is not older than " + target.id() + ".");
    }
  }

  private static void requireDifference(Script base, Script target) {
    if (!base.path().equals(target.path())) {
      throw new SkippedException(
          SkipReason.OTHER_SCRIPT_PATH,
          "The script bundle is "
              + target.path()
              + ", but that of the base is "
              + base.path()
              + ".");
    }
    if (base.hash().equalsIgnoreCase(target.hash())) {
      throw new SkippedException(
          SkipReason.UNCHANGED, "The script bundle is the same, so no device downloads it.");
    }
  }

  private static byte[] diff(Script base, Script target) {
    BoundedBuffer patch = new BoundedBuffer(target.storedSize() - 1);
    try {
      Bsdiff.diff(base.content(), target.content(), patch);
      return patch.toByteArray();
    } catch (BoundedBuffer.FullException e) {
      throw new SkippedException(
          SkipReason.NOT_SMALLER,
          "The patch would not be smaller than the "
              + target.storedSize()
              + " bytes of the whole file.");
    } catch (InterruptedIOException e) {
      CancellationException cancelled = new CancellationException(e.getMessage());
      cancelled.initCause(e);
      throw cancelled;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A patch that bricks apps is not let out, whatever has made it wrong. */
  private static void requireResult(Script base, Script target, byte[] patch) {
    ExpectedContent result = new ExpectedContent(target.content());
    try {
      Bspatch.apply(
          base.content(), new ByteArrayInputStream(patch), result, target.content().length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!result.isComplete()) {
      throw new IllegalStateException(
          "A patch did not give the file that it was made for, so it was not stored."
              + " Report this, with the hashes "
              + base.hash()
              + " and "
              + target.hash()
              + ".");
    }
  }
}
