package dev.hotupdater.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged, through SLF4J to the standard error or through the JDK's own logging. */
final class CapturedLogs implements AutoCloseable {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream printed = new PrintStream(output, true, UTF_8);
  private final PrintStream usual = System.err;
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          printed.println(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private CapturedLogs() {}

  static CapturedLogs start() {
    CapturedLogs logs = new CapturedLogs();
    logs.handler.setLevel(Level.CONFIG);
    Logger.getLogger("").addHandler(logs.handler);
    System.setErr(logs.printed);
    return logs;
  }

  String text() {
    return output.toString(UTF_8);
  }

  @Override
  public void close() {
    System.setErr(usual);
    Logger.getLogger("").removeHandler(handler);
  }
}
