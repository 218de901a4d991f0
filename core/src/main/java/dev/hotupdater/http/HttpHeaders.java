package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Header fields. Names are compared without regard to letter case.
 *
 * <p>Those that a {@link Builder} has made are immutable and safe for use by many threads. Those of
 * a request may be a view of what the server has received: they are valid until the request is
 * answered, on the thread that answers it. What needs them for longer takes a {@link #copyOf}.
 *
 * <p>A binding implements this interface by looking fields up in the request of its server, so that
 * nothing is copied that nobody asks for. No value that it gives has a control character ({@link
 * #isValue}); where it finds one that has, its methods throw {@link MalformedRequestException}.
 */
public interface HttpHeaders {
  /** No header field. */
  static HttpHeaders empty() {
    return HeaderList.EMPTY;
  }

  /** A builder without any field. */
  static Builder builder() {
    return new Builder();
  }

  /** The same fields, immutable, and valid for as long as they are kept. */
  static HttpHeaders copyOf(HttpHeaders headers) {
    if (headers instanceof HeaderList) {
      return headers;
    }
    Builder copy = builder();
    headers.forEach(copy::add);
    return copy.build();
  }

  /** Whether a field can have this value: it has no control character other than a tab. */
  static boolean isValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** The first value of a field. */
  Optional<String> first(String name);

  /** All values of a field, in their order. */
  List<String> all(String name);

  /** Calls back with every name and value. */
  void forEach(BiConsumer<String, String> action);

  /** Builds {@link HttpHeaders}. Not thread-safe. */
  final class Builder {
    private final List<String> namesAndValues = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a value to a field.
     *
     * @throws IllegalArgumentException if the value has a line break or another control character
     */
    public Builder add(String name, String value) {
      if (!isValue(value)) {
        throw new IllegalArgumentException("Header " + name + " has a control character");
      }
      namesAndValues.add(name);
      namesAndValues.add(value);
      return this;
    }

    /**
     * Sets the only value of a field.
     *
     * @throws IllegalArgumentException if the value has a line break or another control character
     */
    public Builder set(String name, String value) {
      for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
        if (namesAndValues.get(i).equalsIgnoreCase(name)) {
          namesAndValues.subList(i, i + 2).clear();
        }
      }
      return add(name, value);
    }

    /** Builds the headers. */
    public HttpHeaders build() {
      return new HeaderList(namesAndValues.toArray(String[]::new));
    }
  }
}
