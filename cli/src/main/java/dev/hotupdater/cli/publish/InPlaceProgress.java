package dev.hotupdater.cli.publish;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Progress in the last line of a terminal, below what stays. */
final class InPlaceProgress implements Progress {
  /** A longer line would wrap, and could not be written over. */
  private static final int WIDTH = 79;

  private final PrintWriter out;
  private final Map<ArtifactFile, Integer> running = new LinkedHashMap<>();
  private int drawn;

  InPlaceProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void started(ArtifactFile file) {
    running.put(file, 0);
    draw();
  }

  @Override
  public synchronized void sent(ArtifactFile file, long bytes) {
    int percent = Size.percent(bytes, file);
    Integer before = running.put(file, percent);
    if (before == null || before != percent) {
      draw();
    }
  }

  @Override
  public synchronized void finished(ArtifactFile file) {
    running.remove(file);
    println(file.name() + ": done, " + Size.of(file.size()));
  }

  @Override
  public synchronized void failed(ArtifactFile file) {
    running.remove(file);
    draw();
  }

  @Override
  public synchronized void notice(String text) {
    println(text);
  }

  private void println(String text) {
    out.print('\r' + text + " ".repeat(Math.max(0, drawn - text.length())));
    out.println();
    drawn = 0;
    draw();
  }

  private void draw() {
    String line =
        running.entrySet().stream()
            .map(entry -> entry.getKey().fileName() + ' ' + entry.getValue() + " %")
            .collect(Collectors.joining(", "));
    String visible = line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + '…';
    if (visible.isEmpty() && drawn == 0) {
      return;
    }
    out.print('\r' + visible + " ".repeat(Math.max(0, drawn - visible.length())));
    if (visible.isEmpty()) {
      out.print('\r');
    }
    out.flush();
    drawn = visible.length();
  }
}
