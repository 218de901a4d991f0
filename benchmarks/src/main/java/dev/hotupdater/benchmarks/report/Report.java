package dev.hotupdater.benchmarks.report;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one command has measured, as Markdown. Not thread-safe. */
public final class Report {
  private static final Logger log = LoggerFactory.getLogger(Report.class);

  private final List<String> paragraphs = new ArrayList<>();
  private boolean failed;

  /** A report that starts with the day, the machine and the command line. */
  public static Report create() {
    Report report = new Report();
    report.paragraphs.add(
        LocalDate.now(ZoneOffset.UTC)
            + ". "
            + Machine.describe()
            + ".\n`java -jar "
            + System.getProperty("sun.java.command", "")
            + "`\n");
    return report;
  }

  private Report() {}

  /** Adds a table under a line of text. */
  public void add(String title, Table table) {
    paragraphs.add("**" + title + "**\n");
    paragraphs.add(table.toString());
  }

  /**
   * Measures something, and notes if that is not possible here, or fails. What was measured before
   * is reported all the same.
   */
  public void attempt(String subject, Runnable measurement) {
    try {
      measurement.run();
    } catch (LeftOutException e) {
      note("Left out, " + subject + ": " + e.reason() + '.');
    } catch (RuntimeException e) {
      failed = true;
      log.error("Failed: {}", subject, e);
      note("**Failed**, " + subject + ": " + e);
    }
  }

  private void note(String sentence) {
    progress(sentence);
    paragraphs.add(sentence + '\n');
  }

  /** The exit code of the command: 0 unless something failed. */
  public int exitCode() {
    return failed ? 1 : 0;
  }

  /** Writes it. */
  public void print(PrintStream out) {
    out.println(this);
    out.flush();
  }

  /** Tells somebody who waits what is going on. */
  public static void progress(String text) {
    System.err.println("# " + text);
  }

  @Override
  public String toString() {
    return String.join("\n", paragraphs);
  }
}
