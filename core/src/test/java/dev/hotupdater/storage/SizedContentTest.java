package dev.hotupdater.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SizedContentTest {
  private static final byte[] TEN = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  @Test
  void read_announcedSize_givesAllBytes() throws IOException {
    SizedContent content = SizedContent.of(new ByteArrayInputStream(TEN), 10);

    assertArrayEquals(TEN, content.readAllBytes());
    assertTrue(content.problem().isEmpty());
  }

  @Test
  void read_noBytes_endsAtOnce() throws IOException {
    assertEquals(-1, SizedContent.of(InputStream.nullInputStream(), 0).read());
  }

  @Test
  void read_lastByteOfTooMany_failsBeforeItIsGiven() throws IOException {
    SizedContent content = SizedContent.of(new ByteArrayInputStream(TEN), 9);

    assertEquals(8, content.readNBytes(8).length);
    assertThrows(IOException.class, content::read);
    assertInstanceOf(StorageException.class, content.problem().orElseThrow());
  }

  @Test
  void read_tooFew_failsAtTheEnd() {
    SizedContent content = SizedContent.of(new ByteArrayInputStream(TEN), 11);

    assertThrows(IOException.class, content::readAllBytes);
    assertThrows(IOException.class, content::read);
    assertInstanceOf(StorageException.class, content.problem().orElseThrow());
  }

  @Test
  void read_streamThatFails_keepsWhatItThrew() {
    IllegalStateException thrown = new IllegalStateException("of the caller");
    SizedContent content =
        SizedContent.of(
            new InputStream() {
              @Override
              public int read() {
                throw thrown;
              }
            },
            5);

    assertThrows(IOException.class, content::read);
    assertSame(thrown, content.problem().orElseThrow());
  }

  @Test
  void close_leavesTheCallersStreamOpen() throws IOException {
    boolean[] closed = {false};
    InputStream callers =
        new ByteArrayInputStream(TEN) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    SizedContent.of(callers, 10).close();

    assertFalse(closed[0]);
  }

  @Test
  void of_negativeSize_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> SizedContent.of(InputStream.nullInputStream(), -1));
  }
}
