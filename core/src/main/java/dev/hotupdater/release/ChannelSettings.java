package dev.hotupdater.release;

import static java.util.Objects.requireNonNull;

/**
 * Who gets the releases of a channel. Immutable.
 *
 * @param isPublic whether every device may name it
 * @param selfAssignable whether a device may choose it for itself
 * @param servesBuiltin whether its devices go back to the bundle that came with the app, whatever
 *     the channel has
 * @param rules which devices its releases may be delivered to
 */
public record ChannelSettings(
    boolean isPublic, boolean selfAssignable, boolean servesBuiltin, DeliveryRules rules) {
  /** A channel that every device may name, but not choose. */
  public static final ChannelSettings PUBLIC =
      new ChannelSettings(true, false, false, DeliveryRules.NONE);

  /** A channel for those devices alone that it was given to. */
  public static final ChannelSettings PRIVATE =
      new ChannelSettings(false, false, false, DeliveryRules.NONE);

  /** A channel that every device may name, and choose. */
  public static final ChannelSettings OPEN =
      new ChannelSettings(true, true, false, DeliveryRules.NONE);

  /**
   * Checks the rules.
   *
   * @throws InvalidReleaseException if no native version can meet them
   */
  public ChannelSettings {
    requireNonNull(rules, "rules");
    rules.checkLimits();
  }

  /**
   * Whether a device may name it that was not given to it. {@link LiveUpdateSettings#canBeNamed}
   * tells it of every channel, the default one and those without settings too.
   */
  public boolean canBeNamed() {
    return isPublic || selfAssignable;
  }

  /** These settings with another answer to whether it serves what came with the app. */
  public ChannelSettings servingBuiltin(boolean builtin) {
    return new ChannelSettings(isPublic, selfAssignable, builtin, rules);
  }
}
