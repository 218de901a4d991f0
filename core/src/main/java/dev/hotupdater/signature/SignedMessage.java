package dev.hotupdater.signature;

/** The bytes of a file, on their way to the check of its signature. Not thread-safe. */
interface SignedMessage {
  void update(byte[] bytes, int offset, int length);

  /** Whether this is a signature of all the bytes. To be called once, at the end. */
  boolean matches(byte[] signature);
}
