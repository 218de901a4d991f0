package dev.hotupdater;

import java.util.List;

/** A server cannot be built as it is configured. The message lists what is wrong. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigurationException(List<String> problems) {
    super("The update server cannot be built:\n - " + String.join("\n - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one sentence each, with what to do about it. */
  public List<String> problems() {
    return problems;
  }
}
