package dev.hotupdater.cli.publish;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Tells a person who stops the program in the middle of its work what that means. */
final class StopNotice {
  private StopNotice() {}

  /** Does the work, and says that it is not lost if the process is stopped before its end. */
  static <T> T during(Supplier<T> work, PrintWriter err) {
    Thread hook =
        new Thread(
            () ->
                err.println(
                    "\nStopped before the end. What has arrived is kept as a draft: run the same"
                        + " command again to go on from here."),
            "stop-notice");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being stopped, and the notice given.
      return;
    }
  }
}
