package dev.hotupdater.cli.publish;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Progress in lines: one for the beginning of a file, for each quarter, and for its end. */
final class LineProgress implements Progress {
  private static final int STEP = 25;
  private static final int WHOLE = 100;

  private final PrintWriter out;
  private final Map<ArtifactFile, Integer> shown = new HashMap<>();

  LineProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void started(ArtifactFile file) {
    shown.put(file, 0);
    out.println(file.name() + ": uploading " + Size.of(file.size()));
  }

  @Override
  public synchronized void sent(ArtifactFile file, long bytes) {
    int percent = Size.percent(bytes, file) / STEP * STEP;
    if (percent > shown.getOrDefault(file, 0) && percent < WHOLE) {
      shown.put(file, percent);
      out.println(file.name() + ": " + percent + " %");
    }
  }

  @Override
  public synchronized void finished(ArtifactFile file) {
    shown.remove(file);
    out.println(file.name() + ": done");
  }

  @Override
  public synchronized void failed(ArtifactFile file) {
    shown.remove(file);
  }

  @Override
  public synchronized void notice(String text) {
    out.println(text);
  }
}
