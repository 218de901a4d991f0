package dev.hotupdater.login;

/**
 * An algorithm of password hashes with the parameters that decide how much work one is: two hashes
 * of one kind take the same time. Immutable, and compared by its content.
 */
public abstract class HashKind {
  HashKind() {}

  /** That of new hashes: Argon2id with 19 MiB of memory, 2 passes and 1 lane. */
  public static HashKind recommended() {
    return Argon2idKind.RECOMMENDED;
  }

  /** Whether this hash, which is of this kind, is that of the password. */
  abstract boolean matches(byte[] password, String hash);

  /** A hash of this kind of no password that anybody knows, to be checked in place of one. */
  abstract PasswordHash decoy();

  @Override
  public abstract boolean equals(Object other);

  @Override
  public abstract int hashCode();
}
