package dev.hotupdater.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** Tells a terminal from a pipe or a file. */
final class Terminal {
  private Terminal() {}

  /** Whether this console is that of a terminal. From Java 22 on, there is one without as well. */
  static boolean isAt(Optional<Console> console) {
    if (console.isEmpty()) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console.get());
    } catch (NoSuchMethodException e) {
      // An older runtime, which has a console at a terminal only.
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
