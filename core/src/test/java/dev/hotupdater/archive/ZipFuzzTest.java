package dev.hotupdater.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Broken zips are rejected in one way only, and every reader finds the same in the others. */
class ZipFuzzTest {
  private static final int ROUNDS = 6_000;
  private static final long[] SPECIAL = {
    0, 1, 8, 0xff, 0xffff, 0x7fffffffL, 0xfffffffeL, 0xffffffffL
  };

  @TempDir private Path folder;

  private final Random random = Seed.random(ZipFuzzTest.class);
  private final ZipAdmission admission = ZipAdmission.standard();

  private final List<byte[]> sound =
      List.of(
          CraftedZip.withIndex()
              .add(CraftedEntry.folder("assets/"))
              .add(CraftedEntry.deflated("assets/app.js", "app();".repeat(100)).streamed())
              .add(CraftedEntry.stored("assets/größe.txt", "größe"))
              .bytes(),
          CraftedZip.empty()
              .add(CraftedEntry.stored("www/index.html", "<p>"))
              .add(CraftedEntry.deflated("www/a", "aaaaaaaaaa"))
              .add(CraftedEntry.stored("__MACOSX/a", "b"))
              .bytes());

  private byte[] mutated() {
    byte[] zip = sound.get(random.nextInt(sound.size())).clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      zip = mutate(zip);
    }
    return zip;
  }

  private byte[] mutate(byte[] zip) {
    int at = random.nextInt(zip.length - 4);
    int length = Math.min(random.nextInt(40), zip.length - at);
    switch (random.nextInt(7)) {
      case 0 -> zip[at] = (byte) random.nextInt();
      case 1 -> zip[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> putNumber(zip, at);
      case 3 -> {
        // A field that headers share, changed in all of them alike.
        byte from = zip[at];
        byte to = (byte) random.nextInt();
        for (int i = 0; i < zip.length; i++) {
          zip[i] = zip[i] == from ? to : zip[i];
        }
      }
      case 4 -> {
        return joined(Arrays.copyOf(zip, at), Arrays.copyOfRange(zip, at + length, zip.length));
      }
      case 5 -> {
        return joined(Arrays.copyOf(zip, at + length), Arrays.copyOfRange(zip, at, zip.length));
      }
      default -> System.arraycopy(zip, at, zip, random.nextInt(zip.length - length + 1), length);
    }
    return zip;
  }

  private void putNumber(byte[] zip, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int number = (int) SPECIAL[random.nextInt(SPECIAL.length)];
    if (random.nextBoolean()) {
      bytes.putShort(at, (short) number);
    } else {
      bytes.putInt(at, number);
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, Math.max(5, first.length + second.length));
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  @Test
  @Timeout(300)
  void mutatedZips_areRejected_orReadAlikeByAllReaders() throws IOException {
    int admitted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      if (isSound(mutated())) {
        admitted++;
      }
    }
    System.out.println("ZipFuzzTest: " + admitted + " of " + ROUNDS + " admitted");
    assertTrue(admitted > 0 && admitted < ROUNDS / 2, admitted + " admitted");
  }

  @Test
  @Timeout(300)
  void everyBitFlipped_isRejected_orReadAlikeByAllReaders() throws IOException {
    for (byte[] zip : sound) {
      assertTrue(isSound(zip));
      for (int bit = 0; bit < zip.length * 8; bit++) {
        byte[] flipped = zip.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        isSound(flipped);
      }
    }
  }

  private boolean isSound(byte[] zip) throws IOException {
    Path file = Files.write(folder.resolve("bundle.zip"), zip);
    WebBundle bundle;
    try {
      bundle = admission.admit(file);
    } catch (RejectedZipException e) {
      return false;
    }
    String prefix = bundle.rootFolder().map(root -> root + "/").orElse("");
    Map<String, byte[]> contents = contents(bundle, prefix);
    assertSame(contents, fromTheFront(file, prefix));
    assertSame(contents, fromTheEnd(file, prefix));
    return true;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, content) -> assertArrayEquals(content, found.get(name), name));
  }

  private static Map<String, byte[]> contents(WebBundle bundle, String prefix) {
    Map<String, byte[]> contents = new HashMap<>();
    bundle.forEachFile(
        (file, content) -> contents.put(prefix + file.path(), content.readAllBytes()));
    assertEquals(bundle.files().size(), contents.size());
    return contents;
  }

  /** As Android reads it. */
  private static Map<String, byte[]> fromTheFront(Path file, String prefix) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        put(contents, prefix, entry, zip.readAllBytes());
      }
    }
    return contents;
  }

  /** As iOS reads it. */
  private static Map<String, byte[]> fromTheEnd(Path file, String prefix) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream content = zip.getInputStream(entry)) {
          put(contents, prefix, entry, content.readAllBytes());
        }
      }
    }
    return contents;
  }

  private static void put(
      Map<String, byte[]> contents, String prefix, ZipEntry entry, byte[] content) {
    if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
      contents.put(entry.getName(), content);
    }
  }
}
