package dev.hotupdater.storage;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The media types of the files that app updates are made of. */
public final class ContentTypes {
  /** What a file is whose name says nothing. */
  public static final String DEFAULT = "application/octet-stream";

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("zip", "application/zip"),
          // The Hot Updater command line names a brotli-compressed archive by what is inside.
          Map.entry("tar.br", "application/x-tar"),
          Map.entry("tar", "application/x-tar"),
          Map.entry("gz", "application/gzip"),
          Map.entry("tgz", "application/gzip"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("js", "text/javascript"),
          Map.entry("mjs", "text/javascript"),
          Map.entry("css", "text/css"),
          Map.entry("html", "text/html"),
          Map.entry("txt", "text/plain"),
          Map.entry("xml", "application/xml"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("avif", "image/avif"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("ico", "image/vnd.microsoft.icon"),
          Map.entry("ttf", "font/ttf"),
          Map.entry("otf", "font/otf"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("apk", "application/vnd.android.package-archive"));

  private ContentTypes() {}

  /**
   * The media type of a file by its name or path, in any letter case. Files that only the app
   * itself can read, such as {@code .bundle}, {@code .hbc}, {@code .br} and {@code .bsdiff}, are
   * {@link #DEFAULT}, like all that are not known.
   */
  public static String forFileName(String fileName) {
    String name = fileName.substring(fileName.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int last = name.lastIndexOf('.');
    if (last < 0) {
      return DEFAULT;
    }
    int lastButOne = name.lastIndexOf('.', last - 1);
    return Optional.of(lastButOne)
        .filter(dot -> dot >= 0)
        .map(dot -> BY_EXTENSION.get(name.substring(dot + 1)))
        .or(() -> Optional.ofNullable(BY_EXTENSION.get(name.substring(last + 1))))
        .orElse(DEFAULT);
  }
}
