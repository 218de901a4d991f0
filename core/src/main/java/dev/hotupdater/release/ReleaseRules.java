package dev.hotupdater.release;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.internal.StorableText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a release must satisfy before it is written, and what may become of it afterwards. */
public final class ReleaseRules {
  /** The longest text of any kind, in UTF-16 units. */
  public static final int MAX_TEXT_LENGTH = 16_383;

  /** The most artifacts of one release. */
  public static final int MAX_ARTIFACTS = 64;

  /** The most target cohorts of one release. */
  public static final int MAX_TARGET_COHORTS = 1_000;

  /**
   * The most levels of objects and arrays in metadata, itself included. JSON with more than 64 is
   * not read, and there are up to three levels around it.
   */
  public static final int MAX_METADATA_DEPTH = 61;

  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");

  private ReleaseRules() {}

  /**
   * Checks every rule.
   *
   * @throws InvalidReleaseException for the first rule that the release breaks
   */
  public static void check(Release release) {
    checkChannel(release.channel());
    checkText("notes", release.notes());
    release.signature().ifPresent(text -> checkSignature("signature", text));
    checkMetadata(release.metadata());
    checkTargetCohorts(List.copyOf(release.targetCohorts()));
    if (release.sequence() < 0) {
      throw InvalidReleaseException.of("sequence", "must not be negative");
    }
    if (release.uploadSequence() < 0 || release.uploadSequence() > release.sequence()) {
      throw InvalidReleaseException.of(
          "upload_sequence", "must not be negative, and not be higher than sequence");
    }
    release.rules().checkLimits();
    release.minAppVersion().ifPresent(release.rules()::checkMinimum);
    checkArtifacts(release);
  }

  /**
   * Checks that a release may become another: states go forward, and what clients may have been
   * told of stays as it is.
   *
   * @throws ReleaseStateException if it may not
   */
  public static void checkChange(Release before, Release after) {
    if (before.state() == ReleaseState.REMOVED && after.state() == ReleaseState.PUBLISHED) {
      checkSameBytes(before, after);
      return;
    }
    if (after.state().compareTo(before.state()) < 0) {
      throw new ReleaseStateException(
          "A release that is "
              + before.state().jsonName()
              + " cannot become a "
              + after.state().jsonName()
              + " again. Make a new version instead.");
    }
    if (before.state() == ReleaseState.DRAFT) {
      return;
    }
    for (Artifact artifact : before.artifacts()) {
      if (artifact.isReady()
          && !after.artifact(artifact.id()).filter(artifact::becomes).isPresent()) {
        throw new ReleaseStateException(
            "The artifact "
                + artifact.target()
                + " of a release that is "
                + before.state().jsonName()
                + " cannot change. Make a new version instead.");
      }
    }
    if (!before.notes().equals(after.notes())
        || !before.signature().equals(after.signature())
        || !before.publishedAt().equals(after.publishedAt())) {
      throw new ReleaseStateException(
          "The notes, signature and time of a release that is "
              + before.state().jsonName()
              + " cannot change. Make a new version instead.");
    }
  }

  /** A version that comes back is what it was, for each target that it comes back for. */
  private static void checkSameBytes(Release before, Release after) {
    for (Artifact artifact : after.artifacts()) {
      boolean isTheSame =
          before
              .artifact(artifact.target())
              .filter(then -> then.sha256().equals(artifact.sha256()))
              .isPresent();
      if (!isTheSame) {
        throw new ReleaseStateException(
            "Version "
                + before.version()
                + " was removed, and comes back only with the bytes that it had then, which are not"
                + " these for "
                + artifact.target()
                + ". Make a new version instead.");
      }
    }
  }

  /**
   * Checks that an artifact may be added to a release.
   *
   * @throws ReleaseStateException if nothing can be added to the release any more
   */
  public static void checkAcceptsArtifacts(Release release) {
    if (!acceptsArtifacts(release)) {
      throw new ReleaseStateException(
          "Nothing can be added to a release that is "
              + release.state().jsonName()
              + ". Make a new version instead.");
    }
  }

  /** Whether an artifact may be added to a release. */
  public static boolean acceptsArtifacts(Release release) {
    return release.state() == ReleaseState.DRAFT
        || (release.state() == ReleaseState.PUBLISHED
            && release.announcement() == Announcement.ON_COMPLETION);
  }

  /**
   * Checks the name of a channel.
   *
   * @throws InvalidReleaseException if it is none
   */
  public static void checkChannel(String channel) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw InvalidReleaseException.of(
          "channel",
          "must be 1 to 64 letters, digits, '.', '_' or '-', and begin with a letter or a digit");
    }
  }

  private static void checkArtifacts(Release release) {
    List<Artifact> artifacts = release.artifacts();
    if (artifacts.size() > MAX_ARTIFACTS) {
      throw InvalidReleaseException.of(
          "artifacts", "must have at most " + MAX_ARTIFACTS + " elements");
    }
    Set<ArtifactTarget> targets = new HashSet<>();
    for (Artifact artifact : artifacts) {
      if (!targets.add(artifact.target())) {
        throw InvalidReleaseException.of("artifacts", "has two for " + artifact.target());
      }
      check(artifact);
    }
  }

  private static void check(Artifact artifact) {
    if (artifact.size() < 1) {
      throw InvalidReleaseException.of("file_size", "must be at least 1");
    }
    checkText("storage_uri", artifact.storageUri());
    artifact.sha256().ifPresent(ReleaseRules::checkSha256);
    if (artifact.isReady() && artifact.sha256().isEmpty()) {
      throw InvalidReleaseException.of("sha256", "is missing in an artifact that is ready");
    }
    artifact.fileName().ifPresent(ReleaseRules::checkFileName);
    if (artifact.signatures().size() > App.MAX_KEYS) {
      throw InvalidReleaseException.of(
          "signatures", "must have at most " + App.MAX_KEYS + " elements");
    }
    artifact.signatures().forEach(each -> checkSignature("signatures", each.text()));
    checkMetadata(artifact.metadata());
  }

  private static void checkMetadata(Metadata metadata) {
    if (metadata.isDeeperThan(MAX_METADATA_DEPTH)) {
      throw InvalidReleaseException.of(
          "metadata", "must have at most " + MAX_METADATA_DEPTH + " levels");
    }
    checkText("metadata", metadata.toJson());
    if (!metadata.hasOnlyFiniteNumbers()) {
      throw InvalidReleaseException.of(
          "metadata", "must not have a number that is too large for a double");
    }
  }

  private static void checkFileName(String name) {
    checkText("file_name", name);
    if (!FILE_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw InvalidReleaseException.of(
          "file_name",
          "must be a name of 1 to 255 characters without '/', '\\' and control" + " characters");
    }
  }

  private static void checkSha256(String hash) {
    if (!SHA_256.matcher(hash).matches()) {
      throw InvalidReleaseException.of("sha256", "must be 64 hexadecimal digits in lower case");
    }
  }

  private static void checkSignature(String field, String signature) {
    checkText(field, signature);
    if (signature.isBlank()) {
      throw InvalidReleaseException.of(field, "must not be blank. Leave it out if there is none");
    }
    if (signature.length() > ArtifactSignature.MAX_LENGTH) {
      throw InvalidReleaseException.of(
          field, "must have at most " + ArtifactSignature.MAX_LENGTH + " characters");
    }
  }

  private static void checkTargetCohorts(List<Cohort> cohorts) {
    if (cohorts.size() > MAX_TARGET_COHORTS) {
      throw InvalidReleaseException.of(
          "target_cohorts", "must have at most " + MAX_TARGET_COHORTS + " elements");
    }
    for (Cohort cohort : cohorts) {
      if (!cohort.isValid()) {
        throw InvalidReleaseException.of(
            "target_cohorts",
            "must hold numbers from 1 to "
                + Cohort.NUMERIC_COHORTS
                + ", or names of at most "
                + Cohort.MAX_LENGTH
                + " of a-z, 0-9 and '-'");
      }
    }
  }

  private static void checkText(String field, String text) {
    StorableText.expectationOf(text, MAX_TEXT_LENGTH)
        .ifPresent(
            expectation -> {
              throw InvalidReleaseException.of(field, expectation);
            });
  }
}
