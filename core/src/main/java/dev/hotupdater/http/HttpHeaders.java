package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Header fields. Names are compared without regard to letter case. Immutable. */
public final class HttpHeaders {
  private static final HttpHeaders EMPTY = builder().build();

  private final Map<String, List<String>> fields;

  private HttpHeaders(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /** No header field. */
  public static HttpHeaders empty() {
    return EMPTY;
  }

  /** A builder without any field. */
  public static Builder builder() {
    return new Builder();
  }

  /** The first value of a field. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a field, in their order. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** Calls back with every name and value. */
  public void forEach(BiConsumer<String, String> action) {
    fields.forEach((name, values) -> values.forEach(value -> action.accept(name, value)));
  }

  /** Builds {@link HttpHeaders}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Builder() {}

    /**
     * Adds a value to a field.
     *
     * @throws IllegalArgumentException if the value has a line break or another control character
     */
    public Builder add(String name, String value) {
      if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
        throw new IllegalArgumentException("Header " + name + " has a control character");
      }
      fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      return this;
    }

    /** Sets the only value of a field. */
    public Builder set(String name, String value) {
      fields.remove(name);
      return add(name, value);
    }

    /** Builds the headers. */
    public HttpHeaders build() {
      Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
      return new HttpHeaders(Collections.unmodifiableMap(copy));
    }
  }
}
