package dev.hotupdater.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.storage.StorageException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpooledFileTest {
  @Test
  void fileThatCannotBeOpened_isNotLeftBehind(@TempDir Path directory) throws IOException {
    Path there = Files.createDirectory(directory.resolve("there"));
    Path away = directory.resolve("away");
    try (FileSystem zip =
        FileSystems.newFileSystem(there.resolve("spool.zip"), Map.of("create", "true"))) {
      Path spool = Files.createDirectory(zip.getPath("/spool"));
      // In a zip, files are created in memory, and opened beside the zip.
      Files.move(there, away);

      try (SpooledFile file = SpooledFile.nameless(spool)) {
        assertThrows(StorageException.class, () -> file.append(new byte[] {1}, 1));
      }

      try (Stream<Path> left = Files.list(spool)) {
        assertEquals(List.of(), left.toList());
      }
      Files.move(away, there);
    }
  }
}
