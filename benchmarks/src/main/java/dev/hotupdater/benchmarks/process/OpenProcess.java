package dev.hotupdater.benchmarks.process;

/** A process that is ended by {@link #close()}, at the latest with this one. */
final class OpenProcess implements AutoCloseable {
  private final Process process;
  private final Runnable end = this::end;

  OpenProcess(Process process) {
    this.process = process;
    Leftovers.add(end);
  }

  /** Ends it at once, with all that it has started. */
  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    end();
    Leftovers.remove(end);
  }
}
