package dev.hotupdater.patches;

/** A patch is not made. Becomes a {@link PatchOutcome.Skipped}. */
final class SkippedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SkipReason reason;
  private final String detail;

  SkippedException(SkipReason reason, String detail) {
    super(detail);
    this.reason = reason;
    this.detail = detail;
  }

  SkipReason reason() {
    return reason;
  }

  String detail() {
    return detail;
  }
}
