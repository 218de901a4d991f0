package dev.hotupdater.servlet;

import dev.hotupdater.http.FormPart;
import dev.hotupdater.http.MalformedRequestException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the header fields of a part say. */
record PartHead(String name, Optional<String> fileName, Optional<String> contentType) {
  private static final Pattern FOLD = Pattern.compile("\r\n[ \t]+");
  private static final Pattern LINE_END = Pattern.compile("\r\n");

  /**
   * Reads the header fields of a part.
   *
   * @throws MalformedRequestException if they do not name a field of a form
   */
  static PartHead parse(String text) {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : LINE_END.split(FOLD.matcher(text).replaceAll(" "))) {
      int colon = line.indexOf(':');
      if (colon >= 0) {
        fields.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    HeaderValue disposition = HeaderValue.parse(fields.getOrDefault("Content-Disposition", ""));
    String name = disposition.parameter("name").orElse("");
    if (!disposition.is("form-data") || name.isEmpty()) {
      throw new MalformedRequestException("A part of the multipart body has no name.");
    }
    Optional<String> fileName = disposition.parameter("filename");
    if (name.indexOf('\0') >= 0 || fileName.orElse("").indexOf('\0') >= 0) {
      throw new MalformedRequestException("A name in the multipart body has a NUL character.");
    }
    return new PartHead(name, fileName, Optional.ofNullable(fields.get("Content-Type")));
  }

  FormPart with(InputStream content) {
    return new FormPart(name, fileName, contentType, content);
  }
}
