package dev.hotupdater.login;

/** Checks a password against a hash, which is where the time of a sign-in goes. */
@FunctionalInterface
interface PasswordHasher {
  boolean matches(byte[] password, PasswordHash hash);
}
