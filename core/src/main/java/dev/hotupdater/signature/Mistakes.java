package dev.hotupdater.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises what people pass on in place of a key or a signature. Never repeats it. */
final class Mistakes {
  private static final List<Mistake> KNOWN =
      List.of(
          mistake("[a-zA-Z][a-zA-Z0-9+.-]*://.*", "the address of a file"),
          mistake("<.*", "HTML or XML"),
          mistake("[{\\[\"'].*", "JSON or a text in quotes"),
          mistake("-----BEGIN .*", "a PEM or OpenPGP text"),
          mistake("(?:\\.{0,2}|~)[/\\\\].*", "the name of a file"),
          mistake("[a-zA-Z]:[/\\\\].*", "the name of a file"),
          mistake("[^\\n]*\\.[a-zA-Z0-9]{1,12}", "the name of a file"));

  /** How base64 of "untrusted comment:" begins, and how base64 of that does. */
  private static final String ENCODED = "dW50cnVzdGVkIGNvbW1lbnQ6";

  private static final String ENCODED_TWICE = "ZFc1MGNuVnpkR1ZrSUdOdmJXMWxiblE2";

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s");
  private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9+/=]");
  private static final Pattern PADDING = Pattern.compile("=+$");

  private Mistakes() {}

  /** Says what this text is, which was given as one of that kind and is none. */
  static InvalidSignatureTextException refusal(String text, TextKind kind) {
    return KNOWN.stream()
        .filter(mistake -> mistake.isMadeIn(text))
        .findFirst()
        .map(mistake -> kind.refuseAs(mistake.name()))
        .or(() -> lineAlone(text, kind))
        .or(() -> brokenBase64(text, kind))
        .orElseGet(() -> kind.refuse("This is not " + kind.noun() + "."));
  }

  private static Optional<InvalidSignatureTextException> lineAlone(String text, TextKind kind) {
    if (kind.other().isSecond(text)) {
      return Optional.of(kind.refuseAs(kind.other().noun()));
    }
    return kind.isSecond(text)
        ? Optional.of(kind.refuse("This is one line of " + kind.noun() + ", and not all of it."))
        : Optional.empty();
  }

  private static Optional<InvalidSignatureTextException> brokenBase64(String text, TextKind kind) {
    if (text.startsWith(ENCODED_TWICE)) {
      return Optional.of(kind.refuse("The text was encoded in base64 once too often."));
    }
    if (!text.startsWith(ENCODED)) {
      return Optional.empty();
    }
    if (kind.other().looksLike(text)) {
      return Optional.of(kind.refuseAs(kind.other().noun()));
    }
    return Optional.of(kind.refuse(damage(text, kind)));
  }

  private static String damage(String base64, TextKind kind) {
    if (WHITE_SPACE.matcher(base64).find()) {
      return "The base64 has white space or line breaks in it, and must be one line without.";
    }
    if (NOT_BASE64.matcher(base64).find()) {
      return "The text has characters in it that are not base64.";
    }
    if (StrictBase64.decode(base64).isPresent()) {
      return "The text in the base64 is not UTF-8.";
    }
    if (isWhole(base64, kind)) {
      return "The end of the base64 is not exact: its padding (=) or its last character is wrong,"
          + " which apps do not accept.";
    }
    return "The text was cut off, or something was appended to it.";
  }

  /** Whether nothing but the end of the base64 is wrong. */
  private static boolean isWhole(String base64, TextKind kind) {
    try {
      byte[] bytes = Base64.getDecoder().decode(PADDING.matcher(base64).replaceFirst(""));
      List<String> lines = MinisignText.split(new String(bytes, StandardCharsets.UTF_8));
      return lines.size() == kind.lineCount() && kind.isLast(lines.get(lines.size() - 1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Mistake mistake(String look, String name) {
    return new Mistake(Pattern.compile(look, Pattern.DOTALL), name);
  }

  /** Texts that look like this are that. */
  private record Mistake(Pattern look, String name) {
    boolean isMadeIn(String text) {
      return look.matcher(text).matches();
    }
  }
}
