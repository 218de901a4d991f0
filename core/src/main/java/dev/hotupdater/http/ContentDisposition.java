package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Says that an answer is a file to be saved, and under which name. Source: RFC 6266.
 *
 * @param fileName the name, without folders
 */
public record ContentDisposition(String fileName) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNENCODED = "!#$&+-.^_`|~";

  /** Checks that there is a name. */
  public ContentDisposition {
    requireNonNull(fileName, "fileName");
  }

  /** The value of the header field. */
  @Override
  public String toString() {
    String ascii = asciiName();
    String field = "attachment; filename=\"" + ascii + '"';
    return ascii.equals(fileName) ? field : field + "; filename*=UTF-8''" + encodedName();
  }

  /** What a client sees that does not know the encoded form. */
  private String asciiName() {
    StringBuilder name = new StringBuilder();
    fileName
        .codePoints()
        .forEach(c -> name.append(c < ' ' || c > '~' || "\"\\%".indexOf(c) >= 0 ? '_' : (char) c));
    return name.toString();
  }

  private String encodedName() {
    StringBuilder encoded = new StringBuilder();
    for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || UNENCODED.indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : "%" + HEX.toHexDigits(b));
    }
    return encoded.toString();
  }
}
