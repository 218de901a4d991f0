package dev.hotupdater.protocol.capacitor.ota;

import java.util.Optional;

/** Signs users in who manage what is published. Safe for use by many threads. */
@FunctionalInterface
public interface SignIn {
  /**
   * A token for a user who proves who they are.
   *
   * @return empty if there is no such user, or the password is wrong; which of the two can be told
   *     neither from the answer nor from the time that it takes
   * @throws dev.hotupdater.database.DatabaseUnavailableException if it cannot be said now: the
   *     users cannot be looked up, or too many others are signing in
   */
  Optional<String> token(String userName, String password);
}
