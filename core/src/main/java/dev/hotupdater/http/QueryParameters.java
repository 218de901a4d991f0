package dev.hotupdater.http;

import dev.hotupdater.internal.PercentCoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query. Immutable. */
public final class QueryParameters {
  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * The parameters of this query.
   *
   * @param rawQuery the query, percent-encoded, without question mark
   * @throws MalformedRequestException if a name or value is not valid percent-encoding
   */
  public static QueryParameters parse(String rawQuery) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), "query");
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), name);
      values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return new QueryParameters(values);
  }

  private static String decode(String encoded, String name) {
    return PercentCoding.decode(encoded.replace('+', ' '))
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "The '"
                        + name
                        + "' query parameter must be percent-encoded UTF-8 without NUL."));
  }

  /** The first value of a parameter. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a parameter, in their order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }
}
