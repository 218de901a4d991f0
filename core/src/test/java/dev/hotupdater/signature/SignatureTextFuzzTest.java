package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken texts are refused in one way only, and what is accepted is what clients accept. */
class SignatureTextFuzzTest {
  private static final int ROUNDS = 20_000;

  private static final String[] PIECES = {
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "=",
    "==",
    "A",
    "/",
    "-",
    ".",
    "\0",
    "\ud83d",
    "\u00fc",
    "\"",
    "untrusted comment: ",
    "trusted comment: ",
    "RWRTY0Iy",
    "https://",
    "dW50cnVzdGVkIGNvbW1lbnQ6"
  };

  private static final List<String> VALID =
      List.of(
          Minisign.PREHASHED,
          Minisign.LEGACY,
          Minisign.encode(Minisign.PREHASHED),
          Minisign.encode(Minisign.LEGACY),
          Minisign.KEY,
          Minisign.encode(Minisign.KEY),
          Minisign.KEY_LINE);

  private final Random random = Seed.random(SignatureTextFuzzTest.class);

  private String mutated() {
    StringBuilder text = new StringBuilder(VALID.get(random.nextInt(VALID.size())));
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutate(text);
    }
    // Often it must get past the outer base64 to be of interest.
    return random.nextInt(3) == 0 ? Minisign.encode(text.toString()) : text.toString();
  }

  private void mutate(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(20));
    switch (random.nextInt(6)) {
      case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 1 -> text.delete(at, end);
      case 2 -> text.insert(at, text.substring(at, end));
      case 3 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
      case 4 -> text.insert(at, (char) random.nextInt(0x110));
      default -> text.setLength(Math.max(1, at));
    }
  }

  @Test
  void mutatedTexts_areRefusedOrAsClientsAccept() {
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutated();
      if (isSoundSignature(text) | isSoundPublicKey(text)) {
        accepted++;
      }
    }
    assertTrue(accepted > 0 && accepted < ROUNDS / 2, accepted + " accepted");
  }

  private static boolean isSoundSignature(String text) {
    MinisignSignature signature;
    try {
      signature = MinisignSignature.parse(text);
    } catch (InvalidSignatureTextException e) {
      return false;
    }
    StrictClient.assertAccepts(signature.text());
    assertEquals(signature, MinisignSignature.parse(signature.text()));
    try {
      Minisign.verify(text, Minisign.KEY, Minisign.FILE);
    } catch (SignatureMismatchException e) {
      return true;
    }
    assertTrue(
        List.of("timestamp:1556193335\tfile:test", "timestamp:1555779966\tfile:test")
            .contains(signature.trustedComment()));
    return true;
  }

  private static boolean isSoundPublicKey(String text) {
    MinisignPublicKey key;
    try {
      key = MinisignPublicKey.parse(text);
    } catch (InvalidSignatureTextException e) {
      return false;
    }
    assertEquals(key, MinisignPublicKey.parse(key.text()));
    return true;
  }
}
