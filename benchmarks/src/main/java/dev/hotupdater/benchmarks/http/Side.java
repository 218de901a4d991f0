package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.client.Answer;
import java.net.URI;
import java.util.List;

/**
 * One side of a comparison: a server, and who asks it.
 *
 * @param name what it is called in messages
 * @param port where it listens on the loopback address
 * @param traffic what it is asked
 */
record Side(String name, int port, Traffic traffic) {
  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The address of some answer of the traffic. */
  URI example() {
    return address(traffic.paths().get(0));
  }

  /**
   * The answers to the whole traffic.
   *
   * @throws IllegalStateException if one is not the expected one
   */
  List<Answer> answers() {
    List<Answer> answers = traffic.paths().stream().map(path -> Answer.get(address(path))).toList();
    for (Answer answer : answers) {
      if (answer.status() != 200 || !answer.body().contains(traffic.expected())) {
        throw new IllegalStateException("A wrong answer of the " + name + ": " + answer);
      }
    }
    return answers;
  }
}
