package dev.hotupdater.cli.publish;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The bearer token of the publisher. It is sent to the server, and never printed. */
final class Token {
  static final String VARIABLE = "HOT_UPDATER_TOKEN";

  private static final int MAX_LENGTH = 16_384;

  /** What may stand in a header field. */
  private static final Pattern FORM = Pattern.compile("[!-~]+");

  private final String value;

  private Token(String value) {
    this.value = value;
  }

  /**
   * The token in this file, or else that of the environment variable; empty if there is neither.
   *
   * @throws PublishException if it cannot be one; the message does not repeat it
   */
  static Optional<Token> find(
      Optional<Path> file, Function<String, Optional<String>> environmentVariables) {
    if (file.isPresent()) {
      String text = SmallFile.read(file.get(), MAX_LENGTH).strip();
      return Optional.of(checked(text, "The file " + file.get()));
    }
    return environmentVariables
        .apply(VARIABLE)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> checked(text, "The environment variable " + VARIABLE));
  }

  private static Token checked(String text, String origin) {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new PublishException(
          origin + " does not hold a token: that is one word of ASCII characters.");
    }
    return new Token(text);
  }

  /** The value of the header Authorization. */
  String authorization() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "Token";
  }
}
