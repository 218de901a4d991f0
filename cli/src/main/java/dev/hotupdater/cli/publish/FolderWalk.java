package dev.hotupdater.cli.publish;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files below a folder, but for those that packages are made of. */
final class FolderWalk extends SimpleFileVisitor<Path> {
  /** Above this it is not the folder of a build's results. */
  private static final int MAX_FILES = 10_000;

  private final Path folder;
  private final SortedSet<Path> files = new TreeSet<>();

  private FolderWalk(Path folder) {
    this.folder = folder;
  }

  /** The files in the order of their paths. */
  static SortedSet<Path> files(Path folder) {
    FolderWalk walk = new FolderWalk(folder);
    try {
      Files.walkFileTree(folder, walk);
    } catch (IOException e) {
      throw new PublishException("The folder " + folder + " cannot be read: " + e.getMessage());
    }
    return walk.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return directory.equals(folder) || !isInsideOfPackage(directory)
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  /** Bundlers leave the trees that they have packed beside the packages. */
  private static boolean isInsideOfPackage(Path directory) {
    String name = String.valueOf(directory.getFileName()).toLowerCase(Locale.ROOT);
    return name.startsWith(".") || name.endsWith(".app") || name.endsWith(".appdir");
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!Files.isRegularFile(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (files.size() == MAX_FILES) {
      throw new PublishException(
          "There are more than "
              + MAX_FILES
              + " files below "
              + folder
              + ". Name the folder with the bundles alone with --dist.");
    }
    files.add(file);
    return FileVisitResult.CONTINUE;
  }
}
