package dev.hotupdater.http;

import java.util.Arrays;

/**
 * Where the segments of a path begin and end, still percent-encoded. Nothing of the path is copied
 * before it is asked for. A slash at its beginning and one at its end do not count. Immutable.
 */
final class PathSegments {
  private static final int USUAL_SIZE = 10;

  private final String path;
  private final int size;

  /** Where each segment begins, and behind the last one, where one more would. */
  private final int[] starts;

  private PathSegments(String path, int size, int[] starts) {
    this.path = path;
    this.size = size;
    this.starts = starts;
  }

  /** The segments of a path. */
  static PathSegments of(String path) {
    return of(path, 0);
  }

  /**
   * The segments of what is left of a path.
   *
   * @param from where the rest begins
   */
  static PathSegments of(String path, int from) {
    int start = path.startsWith("/", from) ? from + 1 : from;
    boolean endsWithSlash = start < path.length() && path.endsWith("/");
    int end = endsWithSlash ? path.length() - 1 : path.length();
    int[] starts = new int[USUAL_SIZE];
    int size = 0;
    while (start < path.length()) {
      starts[size++] = start;
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
      }
      int slash = path.indexOf('/', start);
      start = (slash < 0 ? end : slash) + 1;
    }
    starts[size] = end + 1;
    return new PathSegments(path, size, starts);
  }

  /** How many segments there are. */
  int size() {
    return size;
  }

  /** A segment. */
  String get(int index) {
    return path.substring(starts[index], starts[index + 1] - 1);
  }

  /** A segment and all that follow it, with the slashes between them. */
  String rest(int index) {
    return path.substring(starts[index], starts[size] - 1);
  }

  /** Whether a segment is this text. */
  boolean is(int index, String text) {
    int length = starts[index + 1] - 1 - starts[index];
    return length == text.length() && path.startsWith(text, starts[index]);
  }
}
