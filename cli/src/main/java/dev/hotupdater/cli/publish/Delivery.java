package dev.hotupdater.cli.publish;

import dev.hotupdater.release.ReleaseId;
import java.util.Optional;

/** Brings a file to the server: announced, uploaded, and checked there. */
final class Delivery {
  private final ReleaseClient releases;
  private final ArtifactUpload upload;
  private final Attempts attempts;

  Delivery(ReleaseClient releases, ArtifactUpload upload, Attempts attempts) {
    this.releases = releases;
    this.upload = upload;
    this.attempts = attempts;
  }

  /**
   * Uploads a file that was announced, and has it checked.
   *
   * @throws PublishException if that fails
   */
  void deliver(ReleaseId releaseId, UploadTicket announced, HashedFile hashed) {
    if (isSent(announced, hashed)) {
      releases.complete(releaseId, announced, hashed);
      return;
    }
    // The address may have expired while other files were on their way.
    Optional<UploadTicket> renewed = releases.announce(releaseId, hashed);
    if (renewed.isEmpty()) {
      return;
    }
    if (!isSent(renewed.get(), hashed)) {
      throw new PublishException(
          "Uploading "
              + hashed.file().name()
              + " failed: the storage does not take the address that the server has made for it."
              + " Whoever runs the server should look at its clock, and at the credentials of the"
              + " storage.");
    }
    releases.complete(releaseId, renewed.get(), hashed);
  }

  private boolean isSent(UploadTicket ticket, HashedFile hashed) {
    return attempts.repeat(
            "Uploading " + hashed.file().name(), () -> upload.send(ticket, hashed.file()))
        == ArtifactUpload.Outcome.SENT;
  }
}
