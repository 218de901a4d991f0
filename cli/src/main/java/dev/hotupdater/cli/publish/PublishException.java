package dev.hotupdater.cli.publish;

import java.util.List;

/** Why nothing, or not all, was published, and what to do about it. */
class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final transient List<String> details;

  PublishException(String message) {
    this(message, List.of());
  }

  PublishException(String message, List<String> details) {
    super(message);
    this.message = message;
    this.details = List.copyOf(details);
  }

  @Override
  public final String getMessage() {
    return message;
  }

  /** What there is to say about single files, a line for each; may be empty. */
  final List<String> details() {
    return details;
  }
}
