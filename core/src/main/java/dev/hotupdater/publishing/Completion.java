package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.publishing.UploadCheck.Expected;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns an upload into a ready artifact. The address of an upload works on after that, so it is a
 * copy that is checked and published. Of several servers that do this at the same time, one wins,
 * and the others find the artifact ready. Safe for use by many threads.
 */
final class Completion {
  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);

  /** A copy takes longer than one answer of a storage. */
  private static final int PATIENCE_IN_TIMEOUTS = 4;

  /** Longer than any copy is of use to an attempt that is still going on. */
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final Records records;
  private final ArtifactFiles files;
  private final UploadCheck check;
  private final OneAtATime oneAtATime;

  Completion(Records records, ArtifactFiles files) {
    this.records = records;
    this.files = files;
    Duration patience = files.timeout().multipliedBy(PATIENCE_IN_TIMEOUTS);
    check = new UploadCheck(records, files, new CopyPermits(patience));
    oneAtATime = new OneAtATime(patience);
  }

  /**
   * Whether an upload can be completed by itself. Without a signature it cannot, whether the app
   * has keys or not: the signature may still come, and no client takes a file that has none.
   */
  static boolean needsNothingElse(Release release, Artifact artifact) {
    return !signatureTexts(release, artifact).isEmpty();
  }

  private static List<String> signatureTexts(Release release, Artifact artifact) {
    return artifact.signatures().isEmpty()
        ? release.signature().stream().toList()
        : artifact.signatures().stream().map(ArtifactSignature::text).toList();
  }

  Artifact complete(ArtifactRef ref, UploadClaims claims) {
    return oneAtATime.call(ref.artifact(), () -> completeAlone(ref, claims));
  }

  private Artifact completeAlone(ArtifactRef ref, UploadClaims claims) {
    App app = records.app(ref.app(), ref.context());
    Release release = records.release(ref.app(), ref.release(), ref.context());
    Artifact artifact = Records.artifact(release, ref.artifact());
    SignatureRules rules = new SignatureRules(app, release.version());
    List<GivenSignature> given = rules.readAll(claims.signatures(), artifact.size());
    if (artifact.isReady()) {
      return asClaimed(artifact, claims.sha256(), given);
    }
    ReleaseRules.checkAcceptsArtifacts(release);
    Expected expected =
        new Expected(
            claims.sha256(),
            given,
            given.isEmpty() ? known(ref, rules, release, artifact) : List.of());
    deleteAbandonedCopies(release, artifact, ref.context());
    Artifact completed;
    try {
      completed = commit(ref, artifact, check.checkedCopy(ref, release, artifact, expected));
    } catch (ReleaseStateException | StorageException e) {
      // Another server may have been faster, and has deleted the upload since.
      completed = readyByNow(ref).orElseThrow(() -> e);
    }
    return asClaimed(completed, claims.sha256(), given);
  }

  private Optional<Artifact> readyByNow(ArtifactRef ref) {
    return records
        .find(ref.app(), ref.release(), ref.context())
        .flatMap(release -> release.artifact(ref.artifact()))
        .filter(Artifact::isReady);
  }

  /**
   * While copies can be written and records cannot, every attempt leaves one. The artifact was
   * pending a moment ago, so that its record names none of them.
   */
  private void deleteAbandonedCopies(Release release, Artifact pending, RequestContext context) {
    try {
      files.deleteIfPossible(
          files.listOlderThan(
              records.now().minus(ABANDONED_AFTER), Places.copies(release, pending), context),
          context);
    } catch (StorageException e) {
      log.warn("Abandoned copies of the uploads of {} could not be listed", release, e);
    }
  }

  /** The signatures of the artifact itself, or else that of its release. */
  private List<GivenSignature> known(
      ArtifactRef ref, SignatureRules rules, Release release, Artifact artifact) {
    try {
      List<GivenSignature> known =
          rules.readAll(signatureTexts(release, artifact), artifact.size());
      if (rules.app().verifiesSignatures() && known.isEmpty()) {
        throw new UploadRejectedException(
            "The artifact has no signature, and the app has keys, so that its clients would refuse"
                + " it. Sign the file, and give the signature with the artifact.");
      }
      return known;
    } catch (InvalidReleaseException e) {
      // It was good when it was given: the keys of the app are others now.
      throw recorded(ref, artifact, new UploadRejectedException(String.valueOf(e.getMessage())));
    } catch (UploadRejectedException e) {
      throw recorded(ref, artifact, e);
    }
  }

  private UploadRejectedException recorded(
      ArtifactRef ref, Artifact artifact, UploadRejectedException rejection) {
    check.record(ref, artifact, rejection);
    return rejection;
  }

  /** The artifact as it is afterwards, whoever was faster. */
  private Artifact commit(ArtifactRef ref, Artifact checked, Artifact ready) {
    StorageUri copy = Storages.parse(ready.storageUri());
    Release committed;
    try {
      committed =
          records.change(
              ref.app(),
              ref.release(),
              release -> withReady(release, checked, ready),
              ref.context());
    } catch (ReleaseStateException | InvalidReleaseException | UnknownReleaseException e) {
      files.deleteIfPossible(List.of(copy), ref.context());
      throw e;
    }
    // After any other failure it is not known whether it was committed, so the copy stays. If it
    // was not, the copy goes when the artifact becomes ready, or its release is deleted.
    Artifact winner = Records.artifact(committed, checked.id());
    if (winner.storageUri().equals(ready.storageUri())) {
      cleanUp(committed, checked, copy, ref.context());
    } else {
      files.deleteIfPossible(List.of(copy), ref.context());
    }
    return winner;
  }

  private Release withReady(Release release, Artifact checked, Artifact ready) {
    Artifact current = Records.artifact(release, checked.id());
    if (current.isReady()) {
      return release;
    }
    ReleaseRules.checkAcceptsArtifacts(release);
    if (!current.equals(checked)) {
      throw new ReleaseStateException(
          "The artifact was changed while its upload was being checked. Complete it again.");
    }
    Release completed = release.withArtifact(checked.id(), artifact -> ready);
    return release.state() == ReleaseState.DRAFT
            && release.announcement() == Announcement.ON_COMPLETION
        ? completed.published(records.now())
        : completed;
  }

  /** Deletes the upload, and what is left of attempts that got stuck, here or in other servers. */
  private void cleanUp(
      Release release, Artifact uploaded, StorageUri copy, RequestContext context) {
    List<StorageUri> leftovers = new ArrayList<>();
    leftovers.add(Storages.parse(uploaded.storageUri()));
    try {
      files.list(Places.copies(release, uploaded), context).stream()
          .filter(uri -> !uri.equals(copy))
          .forEach(leftovers::add);
    } catch (StorageException e) {
      log.warn("What is left of the uploads of {} could not be listed", release, e);
    }
    files.deleteIfPossible(leftovers, context);
  }

  private static Artifact asClaimed(
      Artifact ready, Optional<String> sha256, List<GivenSignature> signatures) {
    if (sha256.isPresent() && !sha256.equals(ready.sha256())) {
      throw new ReleaseStateException(
          "The artifact is ready, with other bytes: their SHA-256 is "
              + ready.sha256().orElse("unknown")
              + ". Bytes of a version never change: make a new one.");
    }
    if (!ready
        .signatures()
        .containsAll(signatures.stream().map(GivenSignature::verified).toList())) {
      throw new ReleaseStateException(
          "The artifact is ready, with other signatures. Give them when you announce the upload.");
    }
    return ready;
  }
}
