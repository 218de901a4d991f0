package dev.hotupdater.examples.server;

import java.util.Map;
import java.util.Optional;

/** The environment variables that say where the real services of an example are. Immutable. */
public final class Environment {
  private final Map<String, String> variables;

  private Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The environment of this process. */
  public static Environment ofThisProcess() {
    return new Environment(System.getenv());
  }

  /** An environment with these variables. */
  public static Environment of(Map<String, String> variables) {
    return new Environment(variables);
  }

  /** The variable, if it is set and not empty. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The variable.
   *
   * @throws IllegalStateException if it is not set
   */
  public String require(String name) {
    return get(name)
        .orElseThrow(() -> new IllegalStateException("Set the environment variable " + name + "."));
  }
}
