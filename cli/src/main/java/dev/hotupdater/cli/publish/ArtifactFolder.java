package dev.hotupdater.cli.publish;

import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.ReleaseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds what is to be published below a folder. Everything that is wrong is found before the server
 * is asked for anything, and is reported at once.
 */
final class ArtifactFolder {
  static final String SIGNATURE_ENDING = ".sig";

  private static final String DISK_IMAGE_ENDING = ".dmg";
  private static final int MAX_REMARKS = 20;

  private final Path folder;
  private final String version;
  private final Map<Path, ArtifactEntry> entries = new TreeMap<>();
  private final SortedSet<Path> files;
  private final List<ArtifactFile> artifacts = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ArtifactFolder(Path folder, String version) {
    this.folder = folder;
    this.version = version;
    this.files = FolderWalk.files(folder);
  }

  /**
   * What there is to publish.
   *
   * @param entries for files whose names and folders do not say what they are for
   * @param version what the release will be called
   * @throws PublishException with a line for each problem
   */
  static FolderContents scan(Path folder, List<ArtifactEntry> entries, String version) {
    if (!Files.isDirectory(folder)) {
      throw new PublishException(
          "The folder " + folder + " does not exist. Name that of the build with --dist.");
    }
    return new ArtifactFolder(folder.toAbsolutePath().normalize(), version).contents(entries);
  }

  private FolderContents contents(List<ArtifactEntry> listed) {
    listed.forEach(this::addListed);
    files.stream().filter(file -> !entries.containsKey(file)).forEach(this::addFound);
    checkTargets();
    if (!problems.isEmpty()) {
      throw new PublishException(
          "Nothing was sent: the files in " + folder + " need attention.", problems);
    }
    if (artifacts.isEmpty()) {
      throw new PublishException(
          "There is nothing to publish in "
              + folder
              + ". Build with \"createUpdaterArtifacts\": true, or name another folder with"
              + " --dist.",
          shortened());
    }
    if (artifacts.size() > ReleaseRules.MAX_ARTIFACTS) {
      throw new PublishException(
          "There are "
              + artifacts.size()
              + " artifacts in "
              + folder
              + ". A release has at most "
              + ReleaseRules.MAX_ARTIFACTS
              + ".");
    }
    return new FolderContents(artifacts, shortened());
  }

  private void addListed(ArtifactEntry entry) {
    Path file = folder.resolve(entry.file()).normalize();
    Path signature = folder.resolve(entry.signatureFile()).normalize();
    if (!file.startsWith(folder) || !signature.startsWith(folder)) {
      problems.add(entry.file() + ": is not below the folder");
    } else if (!Files.isRegularFile(file)) {
      problems.add(entry.file() + ": is listed, but not there");
    } else if (!Files.isRegularFile(signature)) {
      problems.add(entry.file() + ": its signature " + entry.signatureFile() + " is not there");
    } else {
      entries.put(file, entry);
      add(file, signature, entry.target());
    }
  }

  private void addFound(Path file) {
    String name = fileName(file);
    if (name.endsWith(SIGNATURE_ENDING)) {
      checkHasFile(file);
    } else if (name.endsWith(DISK_IMAGE_ENDING)) {
      remarks.add(
          relative(file)
              + ": is for people to install from; apps cannot update from a disk image, they take"
              + " the .app.tar.gz");
    } else {
      ArtifactName.parse(name)
          .ifPresentOrElse(
              parsed -> addNamed(file, parsed),
              () -> remarks.add(relative(file) + ": is not a file that apps update from"));
    }
  }

  private void checkHasFile(Path signature) {
    Path file = withoutEnding(signature, SIGNATURE_ENDING);
    boolean isListed =
        entries.values().stream()
            .anyMatch(entry -> folder.resolve(entry.signatureFile()).normalize().equals(signature));
    if (!isListed && !Files.exists(file)) {
      problems.add(
          relative(signature) + ": the file it signs, " + fileName(file) + ", is not beside it");
    }
  }

  private void addNamed(Path file, ArtifactName name) {
    Path signature = file.resolveSibling(file.getFileName() + SIGNATURE_ENDING);
    if (Files.isRegularFile(signature)) {
      target(file, name).ifPresent(target -> add(file, signature, target));
      return;
    }
    Optional<Path> archive = signedArchive(file, name);
    if (archive.isPresent()) {
      remarks.add(relative(file) + ": apps take its archive " + fileName(archive.get()));
      return;
    }
    problems.add(
        relative(file)
            + ": has no "
            + fileName(signature)
            + " beside it. Sign it with `tauri signer sign`, or move it out of the folder");
  }

  /** With "v1Compatible" the installer itself has no signature, the archive around it has. */
  private static Optional<Path> signedArchive(Path file, ArtifactName name) {
    if (!name.packaging().equals(Optional.of(Packaging.FILE))) {
      return Optional.empty();
    }
    Path archive =
        switch (name.bundleType()) {
          case "appimage" -> file.resolveSibling(file.getFileName() + ".tar.gz");
          case "msi" -> file.resolveSibling(file.getFileName() + ".zip");
          default -> withoutEnding(file, ".exe").resolveSibling(stem(file) + ".nsis.zip");
        };
    Path signature = archive.resolveSibling(archive.getFileName() + SIGNATURE_ENDING);
    return Files.isRegularFile(archive) && Files.isRegularFile(signature)
        ? Optional.of(archive)
        : Optional.empty();
  }

  private Optional<ArtifactTarget> target(Path file, ArtifactName name) {
    Optional<FolderPlatform> above = FolderPlatform.above(file);
    Optional<String> arch = name.arch().or(() -> above.map(FolderPlatform::arch));
    if (arch.isEmpty()) {
      problems.add(
          relative(file)
              + ": neither its name nor its folder says for which processor it is. Build with"
              + " --target, or list it in a file for --artifacts");
      return Optional.empty();
    }
    boolean contradicts =
        above.isPresent()
            && !(above.get().system().equals(name.system())
                && above.get().arch().equals(arch.get()));
    if (contradicts) {
      problems.add(
          relative(file)
              + ": is for "
              + name.system()
              + '-'
              + arch.get()
              + " by its name, and for "
              + above.get()
              + " by its folder. Say what is right in a file for --artifacts");
      return Optional.empty();
    }
    return Optional.of(
        new ArtifactTarget(
            name.system(), arch.get(), Optional.of(name.bundleType()), name.packaging()));
  }

  private void add(Path file, Path signature, ArtifactTarget target) {
    try {
      long size = Files.size(file);
      if (size == 0) {
        problems.add(relative(file) + ": is empty");
        return;
      }
      String text = SignatureFile.read(signature, version);
      artifacts.add(new ArtifactFile(file, relative(file), target, text, size));
    } catch (IOException e) {
      problems.add(relative(file) + ": cannot be read: " + e.getMessage());
    } catch (PublishException e) {
      problems.add(relative(signature) + ": " + e.getMessage());
    }
  }

  private void checkTargets() {
    Map<ArtifactTarget, List<String>> names = new LinkedHashMap<>();
    for (ArtifactFile artifact : artifacts) {
      names.computeIfAbsent(artifact.target(), any -> new ArrayList<>()).add(artifact.name());
    }
    names.forEach(
        (target, same) -> {
          if (same.size() > 1) {
            problems.add(
                same.stream().collect(Collectors.joining(" and "))
                    + ": are for the same target, "
                    + target
                    + ". Leave one of them in the folder, or give them targets of their own in a"
                    + " file for --artifacts");
          }
        });
  }

  private List<String> shortened() {
    if (remarks.size() <= MAX_REMARKS) {
      return remarks;
    }
    List<String> shown = new ArrayList<>(remarks.subList(0, MAX_REMARKS));
    shown.add("and " + (remarks.size() - MAX_REMARKS) + " other files");
    return shown;
  }

  private String relative(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String stem(Path file) {
    String name = fileName(file);
    return name.substring(0, name.length() - ".exe".length());
  }

  private static Path withoutEnding(Path file, String ending) {
    String name = fileName(file);
    return file.resolveSibling(name.substring(0, name.length() - ending.length()));
  }
}
