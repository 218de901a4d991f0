package dev.hotupdater.signature;

/** What is signed is the hash of the file, however large that is. */
final class PrehashedMessage implements SignedMessage {
  private final Ed25519Key key;
  private final Blake2b hash = new Blake2b();

  PrehashedMessage(Ed25519Key key) {
    this.key = key;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    hash.update(bytes, offset, length);
  }

  @Override
  public boolean matches(byte[] signature) {
    return key.check().update(hash.digest()).matches(signature);
  }
}
