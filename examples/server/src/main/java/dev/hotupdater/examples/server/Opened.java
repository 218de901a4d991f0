package dev.hotupdater.examples.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What an example has opened, closed in reverse. Not for use by several threads at once. */
public final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Creates it with nothing open. */
  public Opened() {}

  /** Remembers what is open from now on. */
  public <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes everything; what fails does not keep the rest open. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.err.println("Something could not be closed: " + e.getMessage());
      }
    }
  }
}
