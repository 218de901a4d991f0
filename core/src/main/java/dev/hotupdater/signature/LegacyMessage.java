package dev.hotupdater.signature;

/** What is signed is the file itself. Its check goes over it twice, so it is kept in memory. */
final class LegacyMessage implements SignedMessage {
  private final Ed25519Key.Check check;
  private final int limit;
  private long length;

  LegacyMessage(Ed25519Key key, int limit) {
    this.check = key.check();
    this.limit = limit;
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    length += count;
    checkLength();
    check.update(bytes, offset, count);
  }

  @Override
  public boolean matches(byte[] signature) {
    // Otherwise whoever goes on after the exception would check the beginning of the file alone.
    checkLength();
    return check.matches(signature);
  }

  private void checkLength() {
    if (length > limit) {
      throw SignatureMismatchException.tooLargeForLegacy(limit);
    }
  }
}
