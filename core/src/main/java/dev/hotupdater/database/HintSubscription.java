package dev.hotupdater.database;

/** A registration for change hints. Closing it more than once has no further effect. */
@FunctionalInterface
public interface HintSubscription extends AutoCloseable {
  /** Ends the registration. */
  @Override
  void close();
}
