package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** Sends JSON to the server with the token, and nowhere else. Safe for use by many threads. */
final class ServerConnection {
  /** A list of some ten thousand releases. */
  private static final long MAX_ANSWER_BYTES = 64L << 20;

  private final HttpClient http;
  private final ServerAddress server;
  private final Token token;
  private final Attempts attempts;

  ServerConnection(HttpClient http, ServerAddress server, Token token, Attempts attempts) {
    this.http = http;
    this.server = server;
    this.token = token;
    this.attempts = attempts;
  }

  /** The answer to a question, whatever its status is. */
  Answer get(String what, String path, Duration time) {
    return send(what, request(path).GET(), time);
  }

  /** The answer to a request that changes something, whatever its status is. */
  Answer post(String what, String path, ObjectNode body, Duration time) {
    BodyPublisher json = BodyPublishers.ofString(body.toString());
    return send(what, request(path).header("Content-Type", "application/json").POST(json), time);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.at(path))
        .header("Authorization", token.authorization())
        .header("Accept", "application/json")
        .header("User-Agent", "hotupdater-cli");
  }

  private Answer send(String what, HttpRequest.Builder request, Duration time) {
    return attempts.repeat(
        what, () -> Exchange.send(http, request.build(), MAX_ANSWER_BYTES, time).unlessTemporary());
  }
}
