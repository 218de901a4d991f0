package dev.hotupdater.login;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a password is that of a user. It computes one hash of each kind that users have,
 * whether the user exists or not, so that the time does not tell who does. Safe for use by many
 * threads.
 */
final class PasswordCheck {
  static final int MAX_KINDS = 4;

  private static final Logger log = LoggerFactory.getLogger(PasswordCheck.class);

  private final UserDirectory users;
  private final PasswordHasher hasher;
  private final Turns turns;
  private final List<PasswordHash> decoys;
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  PasswordCheck(UserDirectory users, PasswordHasher hasher, Turns turns) {
    this.users = users;
    this.hasher = hasher;
    this.turns = turns;
    Set<HashKind> kinds = users.kinds();
    if (kinds.isEmpty() || kinds.size() > MAX_KINDS) {
      throw new IllegalArgumentException(
          "The users' passwords are hashed in "
              + kinds.size()
              + " ways, and it must be 1 to "
              + MAX_KINDS
              + ", since each sign-in computes one hash of each. Make some hashes again.");
    }
    decoys = kinds.stream().map(HashKind::decoy).toList();
  }

  /**
   * The hash of the user, if this is their password.
   *
   * @throws dev.hotupdater.database.DatabaseUnavailableException if it cannot be told now
   */
  Optional<PasswordHash> check(String userName, String password) {
    Optional<byte[]> bytes = PasswordBytes.of(password);
    if (bytes.isEmpty() || !UserNames.isName(userName)) {
      return Optional.empty();
    }
    try {
      return turns.take(() -> check(users.find(userName), bytes.get()));
    } finally {
      Arrays.fill(bytes.get(), (byte) 0);
    }
  }

  private Optional<PasswordHash> check(Optional<PasswordHash> found, byte[] password) {
    boolean isRight = false;
    boolean isChecked = false;
    for (PasswordHash decoy : decoys) {
      boolean isOfKind = found.isPresent() && found.get().kind().equals(decoy.kind());
      boolean matches = hasher.matches(password, isOfKind ? found.get() : decoy);
      isRight |= isOfKind & matches;
      isChecked |= isOfKind;
    }
    if (found.isPresent() && !isChecked) {
      isRight = checkUnexpected(found.get(), password);
    }
    return isRight ? found : Optional.empty();
  }

  private boolean checkUnexpected(PasswordHash hash, byte[] password) {
    if (hasWarned.compareAndSet(false, true)) {
      log.warn(
          "A user has a password hash of a kind that the directory does not list ({}). The time of"
              + " a sign-in shows that the user exists. Have kinds() return it.",
          hash.kind());
    }
    return hasher.matches(password, hash);
  }
}
