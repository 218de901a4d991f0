package dev.hotupdater.bundle;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A partial change to a bundle: only what it names changes. Immutable.
 *
 * <pre>{@code
 * BundleChange.of(bundle -> bundle.enabled(false).message(Optional.empty()))
 * }</pre>
 *
 * <p>Source: Hot Updater protocol, "PATCH semantics".
 */
public final class BundleChange {
  private final List<Consumer<Bundle.Builder>> edits;
  private final BiConsumer<Bundle, Bundle> guard;

  private BundleChange(List<Consumer<Bundle.Builder>> edits, BiConsumer<Bundle, Bundle> guard) {
    this.edits = List.copyOf(edits);
    this.guard = guard;
  }

  /**
   * A change that makes these calls on a builder that holds the current bundle.
   *
   * @param edit may run more than once, when another writer is faster, so it must have no other
   *     effect
   */
  public static BundleChange of(Consumer<Bundle.Builder> edit) {
    return ofAll(List.of(edit));
  }

  /** A change that makes these changes one after the other. */
  static BundleChange ofAll(List<Consumer<Bundle.Builder>> edits) {
    return new BundleChange(edits, (before, after) -> {});
  }

  /**
   * This change, refused by whatever {@code guard} throws.
   *
   * @param guard receives the bundle before and after the change; like the edit it may run more
   *     than once
   */
  public BundleChange guardedBy(BiConsumer<Bundle, Bundle> guard) {
    return new BundleChange(edits, this.guard.andThen(guard));
  }

  /**
   * The bundle after the change. Its id is that of {@code current}, whatever the edit says.
   *
   * @throws InvalidBundleException if the result breaks a rule
   */
  public Bundle applyTo(Bundle current) {
    Bundle.Builder builder = current.toBuilder();
    edits.forEach(edit -> edit.accept(builder));
    Bundle changed = builder.id(current.id()).build();
    BundleRules.check(changed);
    guard.accept(current, changed);
    return changed;
  }
}
