package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.client.Answer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * A server that gives one answer, whatever it is asked: what it got itself when it asked another
 * server. The benchmarks start it themselves.
 */
@Command(name = StaticServerCommand.NAME, hidden = true)
public final class StaticServerCommand implements Callable<Integer> {
  static final String NAME = "static-server";

  @Parameters(index = "0")
  private URI example = URI.create("");

  private StaticServerCommand() {}

  /** The command line of a server with the answer that is given under this address. */
  static List<String> line(URI example) {
    return List.of(NAME, example.toString());
  }

  @Override
  public Integer call() throws Exception {
    LoopbackJetty.serve(new StaticServlet(Answer.get(example)));
    return 0;
  }
}
