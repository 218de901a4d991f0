package dev.hotupdater.supabase;

import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** The server refused a request. Holds nothing of the body, which may echo what was sent. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final transient Optional<Duration> retryAfter;

  /**
   * Creates the exception.
   *
   * @param retryAfter how long the server wants to be left alone, if it says
   */
  RefusedException(Refusal refusal, Optional<Duration> retryAfter) {
    super("status " + refusal.status());
    this.refusal = refusal;
    this.retryAfter = retryAfter;
  }

  Refusal refusal() {
    return refusal;
  }

  Refusal.Kind kind() {
    return refusal.kind();
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** What to tell the caller. */
  StorageException explained() {
    return switch (refusal.kind()) {
      case NO_BUCKET ->
          new StorageException(
              "Supabase Storage has no bucket of the configured name. Create it, or correct the"
                  + " bucket or projectUrl.");
      case DENIED ->
          new StorageException(
              "Supabase Storage denied access (status "
                  + refusal.status()
                  + "). Check that serviceRoleKey is the service_role or a secret key of this"
                  + " project, and not the anon key, an old or a revoked one.");
      case TOO_LARGE ->
          new StorageException(
              "The object is larger than Supabase Storage allows. Raise the file size limit of the"
                  + " bucket and of the project.");
      case MEDIA_TYPE ->
          new StorageException(
              "The bucket does not allow the media type of the object. Add it to the allowed MIME"
                  + " types of the bucket.");
      default -> other();
    };
  }

  private StorageException other() {
    if (refusal.isTemporary()) {
      return new StorageUnavailableException(
          "Supabase Storage is busy or not available (status "
              + refusal.status()
              + "). Try again later.");
    }
    return new StorageException(
        "Supabase Storage refused the request (status "
            + refusal.status()
            + "). Check that projectUrl is the project's URL, and the logs of Storage in the"
            + " Supabase dashboard.");
  }
}
