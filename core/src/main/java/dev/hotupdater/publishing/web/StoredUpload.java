package dev.hotupdater.publishing.web;

import dev.hotupdater.archive.BundleFile;
import dev.hotupdater.archive.WebBundle;
import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.ArtifactState;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.signature.SigningKeys;
import dev.hotupdater.storage.ContentTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one attempt to publish stores: the archive once, and those files of it that no other bundle
 * has. Not thread-safe.
 */
final class StoredUpload {
  private final Upload upload;
  private final Storing storing;
  private final AttemptFolder folder;
  private final ReleaseId artifactId;
  private final RequestContext context;
  private final Map<String, FilePlace> own = new HashMap<>();
  private Map<String, SharedFiles.Source> shared = Map.of();
  private String archiveUri = "";
  private List<ArtifactSignature> signatures = List.of();
  private Optional<FileManifest> listed = Optional.empty();
  private Optional<String> manifestUri = Optional.empty();

  /**
   * What every attempt stores with.
   *
   * @param keys sign archives; absent if they are not signed
   */
  record Storing(
      BundleStorage storage,
      FileWriter files,
      Manifests manifests,
      SharedFiles sharedFiles,
      Optional<SigningKeys> keys) {}

  StoredUpload(
      Upload upload,
      Storing storing,
      AttemptFolder folder,
      ReleaseId artifactId,
      RequestContext context) {
    this.upload = upload;
    this.storing = storing;
    this.folder = folder;
    this.artifactId = artifactId;
    this.context = context;
  }

  ReleaseId artifactId() {
    return artifactId;
  }

  /** Stores the archive, and what of its files is missing by these records. */
  void store(AppRecords records) {
    try (InputStream content = Files.newInputStream(upload.file());
        ArchiveContent checked = ArchiveContent.of(content, upload.bytes())) {
      archiveUri =
          storing
              .storage()
              .write(
                  folder.archive(upload.fileName()),
                  checked,
                  upload.bytes().size(),
                  ContentTypes.forFileName(upload.fileName()),
                  context);
    } catch (IOException e) {
      throw new UncheckedIOException("The upload could not be read to its end", e);
    }
    signatures = sign();
    complete(records);
  }

  private List<ArtifactSignature> sign() {
    if (storing.keys().isEmpty() || !upload.isSigned()) {
      return List.of();
    }
    try (InputStream content = Files.newInputStream(upload.file());
        ArchiveContent checked = ArchiveContent.of(content, upload.bytes())) {
      return Signing.signatures(storing.keys().get(), checked);
    } catch (IOException e) {
      throw new UncheckedIOException("The upload could not be read to its end", e);
    }
  }

  /**
   * Stores what of its files is missing by these records: what was shared may have gone with the
   * last bundle that had it.
   */
  void complete(AppRecords records) {
    upload.unpacked().ifPresent(bundle -> complete(bundle, records));
  }

  private void complete(WebBundle bundle, AppRecords records) {
    Set<String> live = SharedFiles.liveManifests(records);
    Map<String, SharedFiles.Source> stillThere = new HashMap<>(shared);
    stillThere.values().removeIf(source -> !live.contains(source.manifestUri()));
    Set<String> missing =
        bundle.files().stream().map(BundleFile::sha256).collect(Collectors.toSet());
    missing.removeAll(own.keySet());
    missing.removeAll(stillThere.keySet());
    stillThere.putAll(storing.sharedFiles().find(missing, records, context));
    missing.removeAll(stillThere.keySet());
    own.putAll(storing.files().write(bundle, new HashSet<>(missing), folder, context));
    shared = stillThere;
    list(bundle);
  }

  private void list(WebBundle bundle) {
    FileManifest manifest = new FileManifest(bundle.files().stream().map(this::entry).toList());
    if (!listed.equals(Optional.of(manifest))) {
      manifestUri = Optional.of(storing.manifests().write(folder.manifest(), manifest, context));
      listed = Optional.of(manifest);
    }
  }

  private FileManifest.Entry entry(BundleFile file) {
    FilePlace place =
        Optional.ofNullable(own.get(file.sha256())).orElseGet(() -> requirePlace(file));
    return new FileManifest.Entry(
        file.path(), file.sha256(), file.size(), place.uri(), place.brotli());
  }

  private FilePlace requirePlace(BundleFile file) {
    return Optional.ofNullable(shared.get(file.sha256()))
        .map(SharedFiles.Source::place)
        .orElseThrow(() -> new IllegalStateException("No bytes of " + file.sha256()));
  }

  /** Its artifact. */
  Artifact artifact(Instant now) {
    return new Artifact(
        artifactId,
        upload.target(),
        ArtifactState.READY,
        upload.bytes().size(),
        archiveUri,
        Optional.of(upload.bytes().sha256()),
        Optional.of(upload.fileName()),
        signatures,
        now,
        now,
        upload.metadata().apply(manifestUri));
  }

  /** Deletes all that it has stored. */
  void discard() {
    storing.storage().discard(folder, context);
  }
}
