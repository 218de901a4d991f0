package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathSegmentsTest {
  @ParameterizedTest
  @CsvSource({
    "'',        ''",
    "/,         ''",
    "//,        []",
    "a,         [a]",
    "/a,        [a]",
    "/a/,       [a]",
    "/a//,      [a][]",
    "/a/b,      [a][b]",
    "//a/,      [][a]",
    "/%2F/a b/, [%2F][a b]"
  })
  void of_path_cutsItAtItsSlashes(String path, String expected) {
    assertEquals(expected, text(PathSegments.of(path)));
  }

  @Test
  void of_theRestOfAPath_beginsThere() {
    assertEquals("[b][c]", text(PathSegments.of("/a/b/c/", 2)));
    assertEquals("", text(PathSegments.of("/a", 2)));
    assertEquals("", text(PathSegments.of("/a/", 2)));
  }

  @Test
  void rest_isTheTextFromASegmentToTheLast() {
    PathSegments path = PathSegments.of("/a/b//c/");

    assertEquals("b//c", path.rest(1));
    assertEquals("c", path.rest(3));
  }

  @Test
  void of_randomPaths_isTheSameAsSplittingThem() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        path.append("/ab".charAt(random.nextInt(3)));
      }
      List<String> expected = split(path.toString());
      PathSegments found = PathSegments.of(path.toString());

      String message = "path " + path + " of seed " + seed;
      assertEquals("[" + String.join("][", expected) + "]", "[" + joined(found) + "]", message);
      for (int at = 0; at < expected.size(); at++) {
        String rest = String.join("/", expected.subList(at, expected.size()));
        assertEquals(rest, found.rest(at), message);
        assertEquals(expected.get(at).equals("ab"), found.is(at, "ab"), message);
      }
    }
  }

  private static List<String> split(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    if (path.startsWith("/")) {
      segments.remove(0);
    }
    if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    return segments;
  }

  private static String joined(PathSegments path) {
    List<String> segments = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      segments.add(path.get(i));
    }
    return String.join("][", segments);
  }

  private static String text(PathSegments path) {
    return path.size() == 0 ? "" : "[" + joined(path) + "]";
  }
}
