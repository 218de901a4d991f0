package dev.hotupdater.benchmarks.http;

import java.util.List;
import java.util.stream.Collectors;

/** The Lua script that has {@code wrk} go through many paths, and print a line we can read. */
final class WrkScript {
  private static final String TEMPLATE =
      """
      local paths = {
      %s
      }
      local requests = {}
      local last = 0

      function init(args)
        wrk.headers["%s"] = "%s"
        for i, path in ipairs(paths) do
          requests[i] = wrk.format("GET", path)
        end
      end

      function request()
        last = last %% #requests + 1
        return requests[last]
      end

      function done(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("benchmark requests=%%d micros=%%d errors=%%d\\n",
          summary.requests, summary.duration,
          e.connect + e.read + e.write + e.status + e.timeout))
      end
      """;

  private WrkScript() {}

  static String of(List<String> paths, String header, String value) {
    String list = paths.stream().map(path -> "\"" + path + "\",").collect(Collectors.joining("\n"));
    return TEMPLATE.formatted(list, header, value);
  }
}
