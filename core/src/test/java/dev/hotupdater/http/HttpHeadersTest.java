package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadersTest {
  private static final HttpHeaders HEADERS =
      HttpHeaders.builder().add("A", "1").add("B", "2").add("a", "3").build();

  private static List<String> fields(HttpHeaders headers) {
    List<String> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(name + "=" + value));
    return fields;
  }

  @Test
  void field_inAnyCase_isFound() {
    assertEquals(Optional.of("1"), HEADERS.first("a"));
    assertEquals(Optional.of("2"), HEADERS.first("b"));
    assertEquals(List.of("1", "3"), HEADERS.all("A"));
  }

  @Test
  void field_absent_isEmpty() {
    assertEquals(Optional.empty(), HEADERS.first("c"));
    assertEquals(List.of(), HEADERS.all("c"));
    assertEquals(Optional.empty(), HttpHeaders.empty().first("a"));
  }

  @Test
  void forEach_givesEveryValueInItsOrder() {
    assertEquals(List.of("A=1", "B=2", "a=3"), fields(HEADERS));
    assertEquals(List.of(), fields(HttpHeaders.empty()));
  }

  @Test
  void set_replacesEveryValue() {
    HttpHeaders headers =
        HttpHeaders.builder().add("A", "1").add("B", "2").add("a", "3").set("A", "4").build();

    assertEquals(List.of("B=2", "A=4"), fields(headers));
  }

  @Test
  void build_again_leavesWhatWasBuiltAlone() {
    HttpHeaders.Builder builder = HttpHeaders.builder().add("A", "1");
    HttpHeaders first = builder.build();

    HttpHeaders second = builder.set("A", "2").build();

    assertEquals(Optional.of("1"), first.first("A"));
    assertEquals(Optional.of("2"), second.first("A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "\0", "\u001b[0m", "\u007f"})
  void value_withControlCharacter_isRefused(String value) {
    HttpHeaders.Builder builder = HttpHeaders.builder();

    assertFalse(HttpHeaders.isValue(value));
    assertThrows(IllegalArgumentException.class, () -> builder.add("A", value));
    assertThrows(IllegalArgumentException.class, () -> builder.set("A", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", "\u00e9", "\u66f4", "\u0080"})
  void value_ofOtherCharacters_isTaken(String value) {
    assertTrue(HttpHeaders.isValue(value));
    assertEquals(Optional.of(value), HttpHeaders.builder().add("A", value).build().first("A"));
  }

  @Test
  void copyOf_aView_hasItsFieldsAndOutlivesIt() {
    List<String> values = new ArrayList<>(List.of("1", "2"));
    HttpHeaders copy = HttpHeaders.copyOf(new View(values));

    values.clear();

    assertEquals(List.of("A=1", "A=2"), fields(copy));
    assertSame(copy, HttpHeaders.copyOf(copy));
  }

  /** As a binding would write it. */
  private record View(List<String> values) implements HttpHeaders {
    @Override
    public Optional<String> first(String name) {
      return all(name).stream().findFirst();
    }

    @Override
    public List<String> all(String name) {
      return name.equalsIgnoreCase("A") ? List.copyOf(values) : List.of();
    }

    @Override
    public void forEach(BiConsumer<String, String> action) {
      values.forEach(value -> action.accept("A", value));
    }
  }
}
