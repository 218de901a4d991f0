package dev.hotupdater.cli.publish;

import java.io.PrintWriter;

/** How progress is shown. */
public enum ProgressStyle {
  /** In one line of a terminal, which is written over. */
  IN_PLACE {
    @Override
    Progress on(PrintWriter out) {
      return new InPlaceProgress(out);
    }
  },
  /** In a few lines that stay, for logs. */
  LINES {
    @Override
    Progress on(PrintWriter out) {
      return new LineProgress(out);
    }
  };

  abstract Progress on(PrintWriter out);
}
