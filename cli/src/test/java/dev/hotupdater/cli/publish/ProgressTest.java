package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.release.ArtifactTarget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final StringWriter text = new StringWriter();

  private Progress progress(ProgressStyle style) {
    return style.on(new PrintWriter(text, true));
  }

  private static ArtifactFile file(String name, long size) {
    return new ArtifactFile(
        Path.of("dist", name), name, ArtifactTarget.of("linux", "x86_64"), "signature", size);
  }

  /** What a terminal shows in the end. */
  private List<String> shown() {
    return Stream.of(text.toString().split("\n", -1))
        .map(
            line -> {
              StringBuilder screen = new StringBuilder();
              for (String part : line.split("\r", -1)) {
                screen.replace(0, Math.min(part.length(), screen.length()), part);
              }
              return screen.toString().stripTrailing();
            })
        .toList();
  }

  @Test
  void lines_ofAFile_areItsQuarters() {
    Progress progress = progress(ProgressStyle.LINES);
    ArtifactFile file = file("app.deb", 200_000);

    progress.started(file);
    for (int sent = 1000; sent <= 200_000; sent += 1000) {
      progress.sent(file, sent);
    }
    progress.finished(file);

    assertEquals(
        List.of(
            "app.deb: uploading 200.0 kB",
            "app.deb: 25 %",
            "app.deb: 50 %",
            "app.deb: 75 %",
            "app.deb: done"),
        text.toString().lines().toList());
  }

  @Test
  void lines_ofASecondAttempt_startAgain() {
    Progress progress = progress(ProgressStyle.LINES);
    ArtifactFile file = file("app.deb", 100);

    progress.started(file);
    progress.sent(file, 80);
    progress.notice("Uploading app.deb failed");
    progress.started(file);
    progress.sent(file, 30);

    assertEquals(
        List.of(
            "app.deb: uploading 100 bytes",
            "app.deb: 75 %",
            "Uploading app.deb failed",
            "app.deb: uploading 100 bytes",
            "app.deb: 25 %"),
        text.toString().lines().toList());
  }

  @Test
  void inPlace_twoFiles_shareTheLastLine() {
    Progress progress = progress(ProgressStyle.IN_PLACE);
    ArtifactFile first = file("app.deb", 100);
    ArtifactFile second = file("app.rpm", 200);

    progress.started(first);
    progress.started(second);
    progress.sent(first, 50);
    progress.sent(second, 50);
    assertEquals(List.of("app.deb 50 %, app.rpm 25 %"), shown());

    progress.finished(first);
    progress.notice("a notice");
    assertEquals(List.of("app.deb: done, 100 bytes", "a notice", "app.rpm 25 %"), shown());

    progress.failed(second);
    assertEquals(List.of("app.deb: done, 100 bytes", "a notice", ""), shown());
    assertTrue(text.toString().endsWith("\r"));
  }

  @Test
  void inPlace_samePercentage_isNotDrawnAgain() {
    Progress progress = progress(ProgressStyle.IN_PLACE);
    ArtifactFile file = file("app.deb", 1_000_000);
    progress.started(file);
    progress.sent(file, 10_000);
    String before = text.toString();

    progress.sent(file, 10_001);

    assertEquals(before, text.toString());
  }

  @Test
  void inPlace_longLine_doesNotWrap() {
    Progress progress = progress(ProgressStyle.IN_PLACE);

    progress.started(file("a".repeat(200) + ".deb", 100));

    assertTrue(shown().get(0).length() < 80, shown().get(0));
    assertFalse(text.toString().contains("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 bytes",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "81234567, 81.2 MB",
    "2147483648, 2.1 GB",
    "9000000000000000, 9000.0 TB"
  })
  void size_isReadable(long bytes, String readable) {
    assertEquals(readable, Size.of(bytes));
  }
}
