package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Header fields in the order in which they were added. There are a handful of them at most times,
 * and those are found faster one after the other than in a map. Immutable.
 */
final class HeaderList implements HttpHeaders {
  static final HttpHeaders EMPTY = new HeaderList(new String[0]);

  /** Each name is followed by its value. */
  private final String[] namesAndValues;

  HeaderList(String[] namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  @Override
  public Optional<String> first(String name) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        return Optional.of(namesAndValues[i + 1]);
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        values.add(namesAndValues[i + 1]);
      }
    }
    return List.copyOf(values);
  }

  @Override
  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      action.accept(namesAndValues[i], namesAndValues[i + 1]);
    }
  }
}
