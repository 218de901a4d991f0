package dev.hotupdater.release;

/** What holds for channels of which {@link LiveUpdateSettings} say nothing. */
public enum UnsaidChannels {
  /** Every device may name them: to publish on a channel is enough to have it. */
  OPEN,

  /** They are for those devices alone that were given to them. */
  CLOSED
}
