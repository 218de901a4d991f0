package dev.hotupdater.protocol.capacitor;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;

/**
 * Answers apps that ask which web bundle they should have: with what their version of the updater
 * plugin takes correctly, or if they name none, with {@code version}, {@code url} and {@code
 * checksum}. What it has found out is kept, so use one for many checks. Safe for use by many
 * threads.
 *
 * <p>Source: Capacitor protocols, sections A1 to A3.
 */
public final class CapacitorUpdateCheck {
  /** The most bytes that a check may have. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private final UpdateCheckHandler handler;

  private CapacitorUpdateCheck(UpdateCheckHandler handler) {
    this.handler = handler;
  }

  /**
   * The check over the parts of a server.
   *
   * @throws IllegalArgumentException if the server's database records no releases, or nothing of
   *     devices
   */
  public static CapacitorUpdateCheck of(Backend backend, CheckOptions options) {
    requireNonNull(backend, "backend");
    requireNonNull(options, "options");
    return of(backend, options, new Manifests(backend.storage()));
  }

  static CapacitorUpdateCheck of(Backend backend, CheckOptions options, Manifests manifests) {
    return new CapacitorUpdateCheck(new UpdateCheckHandler(backend, options, manifests));
  }

  /** Answers checks whose fields are in a JSON body. */
  public RouteHandler post() {
    return this::answerBody;
  }

  /** Answers checks whose fields are in the query. */
  public RouteHandler get() {
    return this::answerQuery;
  }

  private HttpResponse answerBody(RouteRequest request) {
    return Refusal.orAnswer(
        () -> handler.answer(ClientFields.ofBody(request, MAX_BODY_BYTES), request.context()));
  }

  private HttpResponse answerQuery(RouteRequest request) {
    return Refusal.orAnswer(
        () -> handler.answer(ClientFields.of(request.query()), request.context()));
  }
}
