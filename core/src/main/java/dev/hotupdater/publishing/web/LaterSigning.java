package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.Releases;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.signature.RsaSigningKey;
import dev.hotupdater.signature.SigningKeys;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds the signatures of keys that came after the bundles. Not thread-safe. */
final class LaterSigning {
  private final SigningKeys keys;
  private final BundleStorage storage;
  private final Releases releases;
  private final RequestContext context;

  LaterSigning(SigningKeys keys, BundleStorage storage, Releases releases, RequestContext context) {
    this.keys = keys;
    this.storage = storage;
    this.releases = releases;
    this.context = context;
  }

  /** Returns how many bundles got signatures. */
  int signAll(AppId app) {
    int signed = 0;
    for (Release release : releases.records(app).releases()) {
      if (release.state() == ReleaseState.PUBLISHED) {
        for (Artifact artifact : release.artifacts()) {
          if (lacksSignature(artifact)) {
            sign(release, artifact);
            signed++;
          }
        }
      }
    }
    return signed;
  }

  private boolean lacksSignature(Artifact artifact) {
    return WebArtifact.is(artifact)
        && artifact.isReady()
        && artifact.signatures().size() < App.MAX_KEYS
        && !keyIds(artifact).containsAll(keys.all().stream().map(RsaSigningKey::id).toList());
  }

  private static Set<String> keyIds(Artifact artifact) {
    return artifact.signatures().stream()
        .map(ArtifactSignature::keyId)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private void sign(Release release, Artifact artifact) {
    List<ArtifactSignature> made = signatures(release, artifact);
    releases.change(
        release.id(), current -> current.withArtifact(artifact.id(), each -> with(each, made)));
  }

  /** A signature is made after the last byte, and not at all if the bytes are others. */
  private List<ArtifactSignature> signatures(Release release, Artifact artifact) {
    try (StoredObject object = storage.open(artifact.storageUri(), context);
        ArchiveContent content =
            ArchiveContent.of(
                object.content(),
                artifact.size(),
                artifact.sha256().orElseThrow(),
                () -> altered(release, artifact))) {
      return Signing.signatures(keys, content);
    } catch (IOException e) {
      throw new StorageUnavailableException(
          artifact.storageUri() + " could not be read to its end.", e);
    }
  }

  private static ReleaseStateException altered(Release release, Artifact artifact) {
    return new ReleaseStateException(
        "What is stored of version "
            + release.version()
            + " for "
            + artifact.target().target()
            + " on the channel "
            + release.channel()
            + " is not what was published, and was not signed. Find out who can write to the"
            + " storage, remove the release, and upload its bundle again.");
  }

  private static Artifact with(Artifact artifact, List<ArtifactSignature> made) {
    Set<String> known = keyIds(artifact);
    List<ArtifactSignature> all = new ArrayList<>(artifact.signatures());
    made.stream()
        .filter(signature -> signature.keyId().filter(known::contains).isEmpty())
        .limit(App.MAX_KEYS - all.size())
        .forEach(all::add);
    return artifact.withSignatures(all);
  }
}
