package dev.hotupdater.patches;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExpectedContentTest {
  private final ExpectedContent content = new ExpectedContent(new byte[] {1, 2, 3});

  @Test
  void isComplete_theSameBytesInPieces_holds() {
    content.write(new byte[] {0, 1, 2, 0}, 1, 2);
    assertFalse(content.isComplete());
    content.write(3);
    assertTrue(content.isComplete());
  }

  @Test
  void isComplete_anotherByte_holdsNotWhateverFollows() {
    content.write(new byte[] {1, 9}, 0, 2);
    content.write(new byte[] {2, 3}, 0, 2);
    assertFalse(content.isComplete());
  }

  @Test
  void isComplete_moreBytes_holdsNot() {
    content.write(new byte[] {1, 2, 3}, 0, 3);
    content.write(4);
    assertFalse(content.isComplete());
  }

  @Test
  void isComplete_emptyFile_holdsAtOnce() {
    assertTrue(new ExpectedContent(new byte[0]).isComplete());
  }
}
