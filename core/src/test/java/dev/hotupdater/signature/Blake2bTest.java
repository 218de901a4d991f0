package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.fixture.Seed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Blake2bTest {
  private static final int RANDOM_MESSAGES = 300;

  private static byte[] digest(byte[] message) {
    Blake2b hash = new Blake2b();
    hash.update(message, 0, message.length);
    return hash.digest();
  }

  private static String hexDigest(byte[] message) {
    return HexFormat.of().formatHex(digest(message));
  }

  @Test
  void digest_exampleOfTheRfc_isTheOneGivenThere() {
    assertEquals(
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        hexDigest("abc".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void digest_test_isTheOneThatMinisignSigns() {
    assertEquals(
        "a71079d42853dea26e453004338670a53814b78137ffbed07603a41d76a483aa"
            + "9bc33b582f77d30a65e6f29a896c0411f38312e1d66e0bf16386c86a89bea572",
        hexDigest("test".getBytes(StandardCharsets.US_ASCII)));
  }

  /** Messages of the bytes 0 to 250 over and over; digests by another implementation, Python's. */
  @ParameterizedTest(name = "{0} bytes")
  @CsvSource(
      textBlock =
          """
              0, 786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce
              1, 2fa3f686df876995167e7c2e5d74c4c7b6e48f8068fe0e44208344d480f7904c36963e44115fe3eb2a3ac8694c28bcb4f5a0f3276f2e79487d8219057a506e4b
             64, 2fc6e69fa26a89a5ed269092cb9b2a449a4409a7a44011eecad13d7c4b0456602d402fa5844f1a7a758136ce3d5d8d0e8b86921ffff4f692dd95bdc8e5ff0052
            127, b6292669ccd38d5f01caae96ba272c76a879a45743afa0725d83b9ebb26665b731f1848c52f11972b6644f554c064fa90780dbbbf3a89d4fc31f67df3e5857ef
            128, 2319e3789c47e2daa5fe807f61bec2a1a6537fa03f19ff32e87eecbfd64b7e0e8ccff439ac333b040f19b0c4ddd11a61e24ac1fe0f10a039806c5dcc0da3d115
            129, f59711d44a031d5f97a9413c065d1e614c417ede998590325f49bad2fd444d3e4418be19aec4e11449ac1a57207898bc57d76a1bcf3566292c20c683a5c4648f
            255, fe2c02da499516b0e9fb2dd70c49eb3629039f632e20a880946fb7bc97a7ab09deb7d48774d7f0648141c9d9ede19ae6e0dbf07863a128cf4b00195f0f179f74
            256, 93463ac058b6163eb43be3f5bb32b28541498f4e3366f1effe253ad44e1e076e41c3616046027c82a7124f8f4746668ad10b12e8e25a95ac8f3151df01cd5a93
            257, 9ca40e2ddee9436dbbd08efc65dbaf4870059f5eb3d76efd20241ae5bf13c60f250b882ea5c564838257a3fc95c496819ace2c6490b55b268535208dfc31822c
            384, 341ed9e809e36bd2017e29c12c46fd0bc0684e7f0f4cdcde4da7bc8de96248a8aa4f2086392d29ef8ccf3bc17ded4eff49be2524f9e275d4481f18e211dee384
           1000, c11e1c0340bd7e5a1b275f1230c962fad215ecb1391486e74e31b960a2f2996381a5fad092da06841d5f26e38f6ecfeaf441acbcd1c2de61aef121e7927175f5
           4096, c7a3d6a53bd11772ecf077c1dc9633a39c6fe691ec07a530e0e765c0a9d5a01a16f00995536578b83e54c2821766ac7ac6ae86e22269a5d14208ccac954cc95f
          """)
  void digest_lengthsAroundTheBlock_areThoseOfAnotherImplementation(int length, String expected) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (i % 251);
    }
    assertEquals(expected, hexDigest(message));
  }

  @Test
  void digest_messageInPieces_isThatOfTheWhole() {
    Random random = Seed.random(Blake2bTest.class);
    for (int i = 0; i < RANDOM_MESSAGES; i++) {
      byte[] message = new byte[random.nextInt(1500)];
      random.nextBytes(message);
      Blake2b hash = new Blake2b();
      for (int next = 0; next < message.length; ) {
        int length = Math.min(random.nextInt(300), message.length - next);
        hash.update(message, next, length);
        next += length;
      }
      assertArrayEquals(digest(message), hash.digest());
    }
  }

  @Test
  void update_beyondTheArray_isRefused() {
    Blake2b hash = new Blake2b();
    assertThrows(IndexOutOfBoundsException.class, () -> hash.update(new byte[3], 1, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> hash.update(new byte[3], -1, 2));
    assertThrows(
        IndexOutOfBoundsException.class, () -> hash.update(new byte[3], 1, Integer.MAX_VALUE));
  }
}
