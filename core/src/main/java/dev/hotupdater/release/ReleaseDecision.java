package dev.hotupdater.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a client gets: a release, or nothing for a reason. */
public sealed interface ReleaseDecision {
  /**
   * A release is offered.
   *
   * @param release the release
   * @param artifact the artifact of it that is the best for the client
   * @param signature the signature that the client can verify; absent only if it needs none
   */
  record Offer(Release release, Artifact artifact, Optional<ArtifactSignature> signature)
      implements ReleaseDecision {}

  /**
   * Nothing is offered.
   *
   * @param reason why the newest release that the client does not have is not for it
   */
  record Nothing(Reason reason) implements ReleaseDecision {}

  /** Why a release is not offered to a client. */
  enum Reason {
    /** The client has the newest release, or a newer one. */
    UP_TO_DATE,
    /** The channel has no published release. */
    NO_RELEASE,
    /** The release has no artifact that the client can install. */
    NO_ARTIFACT,
    /** The release has not been rolled out to the client yet. */
    ROLLOUT,
    /** The release needs a newer version of the app to start from. */
    MINIMUM_VERSION,
    /** The release has no signature that the client can verify. */
    NO_SIGNATURE,
    /** The release is not published yet. */
    DRAFT,
    /** The release was taken back. */
    YANKED;

    /** The name on the wire, such as {@code up-to-date}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason with this name on the wire. */
    public static Optional<Reason> fromWireName(String name) {
      return Arrays.stream(values()).filter(each -> each.wireName().equals(name)).findFirst();
    }
  }
}
