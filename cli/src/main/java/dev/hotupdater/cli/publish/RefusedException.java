package dev.hotupdater.cli.publish;

import java.util.Map;

/** An answer of the server that says no, and would the next time. */
final class RefusedException extends PublishException {
  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> ADVICE =
      Map.of(
          401,
          "Check the token: it may be wrong, or have expired.",
          403,
          "This token may not publish this app.",
          404,
          "Check --server and --app. A new app must get its slug first.",
          413,
          "The server takes no file of this size; whoever runs it can raise the limit.");

  private final int status;

  private RefusedException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** Says what was refused, why, and what to do. */
  static RefusedException of(String what, Answer answer) {
    String advice =
        answer.isRedirect()
            ? "The server is at another address: give that with --server."
            : ADVICE.getOrDefault(answer.status(), "");
    String message = Printable.of(what + " failed: " + answer.summary());
    boolean isSentence = message.endsWith(".") || message.endsWith("!") || message.endsWith("?");
    return new RefusedException(
        (message + (isSentence ? " " : ". ") + advice).strip(), answer.status());
  }

  int status() {
    return status;
  }
}
