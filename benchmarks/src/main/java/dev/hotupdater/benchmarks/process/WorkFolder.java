package dev.hotupdater.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is deleted with everything in it. */
public final class WorkFolder implements AutoCloseable {
  private final Path path;
  private final Runnable deletion = this::delete;

  private WorkFolder(Path path) {
    this.path = path;
    Leftovers.add(deletion);
  }

  /** An empty folder. */
  public static WorkFolder create() {
    try {
      return new WorkFolder(Files.createTempDirectory("hotupdater-benchmark"));
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder could be made", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** An empty folder in it. */
  public Path folder(String name) {
    try {
      return Files.createTempDirectory(path, name);
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder could be made in " + path, e);
    }
  }

  @Override
  public void close() {
    delete();
    Leftovers.remove(deletion);
  }

  private void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> content = Files.walk(path)) {
      List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("Could not delete " + path + ": " + e);
    }
  }
}
