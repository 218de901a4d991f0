package dev.hotupdater.signature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * BLAKE2b with a digest of 64 bytes and without a key, in constant memory. For one message; not
 * thread-safe.
 *
 * <p>Source: RFC 7693, whose names the comments give.
 */
final class Blake2b {
  static final int DIGEST_BYTES = 64;

  private static final int BLOCK_BYTES = 128;
  private static final int ROUNDS = 12;
  private static final long KEYLESS = 0x01010000L ^ DIGEST_BYTES;

  private static final long MORE_FOLLOW = 0;
  private static final long IS_LAST = -1;

  private static final long[] IV = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };

  /** SIGMA: which words of a block a round mixes in. The last two rounds repeat the first two. */
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
  };

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] h = IV.clone();
  private final long[] v = new long[2 * IV.length];
  private final long[] m = new long[BLOCK_BYTES / Long.BYTES];
  private final byte[] block = new byte[BLOCK_BYTES];
  private int filled;
  // t: RFC 7693 has 128 bits for it; nobody hashes more than 2^63 bytes.
  private long hashed;

  Blake2b() {
    h[0] ^= KEYLESS;
  }

  /** Adds these bytes to the message. */
  void update(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int end = offset + length;
    for (int next = offset; next < end; ) {
      // Not as soon as it is full: the last block is compressed in its own way.
      if (filled == BLOCK_BYTES) {
        compress(MORE_FOLLOW);
        filled = 0;
      }
      int taken = Math.min(BLOCK_BYTES - filled, end - next);
      System.arraycopy(bytes, next, block, filled, taken);
      filled += taken;
      next += taken;
    }
  }

  /** The digest of the message. Nothing may be called afterwards. */
  byte[] digest() {
    Arrays.fill(block, filled, BLOCK_BYTES, (byte) 0);
    compress(IS_LAST);
    byte[] digest = new byte[DIGEST_BYTES];
    for (int i = 0; i < h.length; i++) {
      WORD.set(digest, i * Long.BYTES, h[i]);
    }
    return digest;
  }

  /** F. */
  private void compress(long finality) {
    hashed += filled;
    for (int i = 0; i < m.length; i++) {
      m[i] = (long) WORD.get(block, i * Long.BYTES);
    }
    System.arraycopy(h, 0, v, 0, h.length);
    System.arraycopy(IV, 0, v, h.length, IV.length);
    v[12] ^= hashed;
    v[14] ^= finality;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] s = SIGMA[round % SIGMA.length];
      mix(0, 4, 8, 12, m[s[0]], m[s[1]]);
      mix(1, 5, 9, 13, m[s[2]], m[s[3]]);
      mix(2, 6, 10, 14, m[s[4]], m[s[5]]);
      mix(3, 7, 11, 15, m[s[6]], m[s[7]]);
      mix(0, 5, 10, 15, m[s[8]], m[s[9]]);
      mix(1, 6, 11, 12, m[s[10]], m[s[11]]);
      mix(2, 7, 8, 13, m[s[12]], m[s[13]]);
      mix(3, 4, 9, 14, m[s[14]], m[s[15]]);
    }
    for (int i = 0; i < h.length; i++) {
      h[i] ^= v[i] ^ v[i + h.length];
    }
  }

  /** G. */
  private void mix(int a, int b, int c, int d, long x, long y) {
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
