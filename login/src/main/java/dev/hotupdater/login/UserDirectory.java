package dev.hotupdater.login;

import java.util.Optional;
import java.util.Set;

/**
 * Where the users are. {@link Users} is a fixed set of them; others look them up elsewhere. It must
 * be safe for use by many threads.
 *
 * <p>It is asked at each sign-in and, as long as a token is used, with each request: a user who is
 * not found any more, or has another hash, is signed out.
 */
@FunctionalInterface
public interface UserDirectory {
  /**
   * The password hash of a user, if there is one. It should take the same time either way.
   *
   * @param name 1 to 254 UTF-16 units without control characters, as the user typed it
   * @throws dev.hotupdater.database.DatabaseUnavailableException if it cannot be looked up now; the
   *     request is answered with status 503
   */
  Optional<PasswordHash> find(String name);

  /**
   * The kinds of hashes that users have, of which there may be four; asked once. A sign-in computes
   * one hash of each, whoever it is for, so that it always takes the same time: hashes of a kind
   * that is missing here work as well, but the time shows that their users exist.
   *
   * @return by default {@link HashKind#recommended()} alone
   */
  default Set<HashKind> kinds() {
    return Set.of(HashKind.recommended());
  }
}
