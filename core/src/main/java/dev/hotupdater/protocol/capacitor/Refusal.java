package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.protocol.capacitor.Answers.Kind;
import java.util.function.Supplier;

/** A request that is answered with an error, wherever that is found out. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final Kind kind;
  private final transient HttpResponse answer;

  private Refusal(int status, String error, String message, Kind kind) {
    // Anybody can cause many of them, and nobody looks for where they come from.
    super(message, null, false, false);
    this.error = error;
    this.kind = kind;
    answer = Answers.of(status, Answers.error(error, message, kind));
  }

  /** The code of the error. */
  String error() {
    return error;
  }

  /** Whether a rule forbids what is asked for. */
  boolean isBlocked() {
    return kind == Kind.BLOCKED;
  }

  /** The request itself is not as it must be. */
  static Refusal malformed(String error, String message) {
    return new Refusal(400, error, message, Kind.FAILED);
  }

  /** The request is as it must be, but nothing can be done for it. */
  static Refusal failed(String error, String message) {
    return new Refusal(200, error, message, Kind.FAILED);
  }

  /** A rule forbids what is asked for. */
  static Refusal blocked(String error, String message) {
    return new Refusal(200, error, message, Kind.BLOCKED);
  }

  /** What the work answers, or the error that it is refused with. */
  static HttpResponse orAnswer(Supplier<HttpResponse> work) {
    try {
      return work.get();
    } catch (Refusal e) {
      return e.answer;
    }
  }
}
