package dev.hotupdater.benchmarks.report;

/** A figure cannot be measured here; the message says why, and what would help. */
public final class LeftOutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With this reason. */
  public LeftOutException(String reason) {
    super(reason);
  }

  /** With this reason and what caused it. */
  public LeftOutException(String reason, Throwable cause) {
    super(reason + " (" + cause.getMessage() + ")", cause);
  }

  /** The reason. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
