package dev.hotupdater.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.bundle.Metadata;
import org.junit.jupiter.api.Test;

/** Rows that only a database lets in whose booleans are numbers and whose JSON is text. */
abstract class LooselyTypedOddRowsTests extends OddRowsTests {
  LooselyTypedOddRowsTests(TestServer server) {
    super(server);
  }

  @Test
  void boolean_thatIsAnotherNumber_isTrue() throws Exception {
    insert(1, "enabled", "2", "should_force_update", "-1");
    insert(2, "enabled", "0");

    assertTrue(read(1).enabled());
    assertTrue(read(1).shouldForceUpdate());
    assertListingsAgree();
  }

  @Test
  void metadata_thatIsNoJson_isEmpty() throws Exception {
    insert(1, "metadata", "'{garbage'");
    insert(2, "metadata", "''");
    insert(3, "metadata", "'{}{}'");

    for (int number = 1; number <= 3; number++) {
      assertEquals(Metadata.empty(), read(number).metadata());
    }
  }
}
