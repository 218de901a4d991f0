package dev.hotupdater.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips whose headers lie, and that different clients would read differently. */
class ZipStructureTest {
  private static final byte[] GAP = new byte[7];

  @TempDir private Path folder;

  private String assertRejected(Reason reason, CraftedZip zip) throws IOException {
    return assertRejected(reason, zip.bytes());
  }

  private String assertRejected(Reason reason, byte[] zip) throws IOException {
    Path file = Files.write(folder.resolve("bundle.zip"), zip);
    return Rejections.assertRejected(reason, ZipAdmission.standard(), file);
  }

  private static CraftedZip zip(Consumer<CraftedZip> change) {
    CraftedZip zip = CraftedZip.withIndex();
    change.accept(zip);
    return zip;
  }

  private static CraftedZip withEntry(Consumer<CraftedEntry> change) {
    CraftedEntry entry = CraftedEntry.deflated("app.js", "app(app(app(1)))");
    change.accept(entry);
    return CraftedZip.withIndex().add(entry);
  }

  private static CraftedZip withStored(Consumer<CraftedEntry> change) {
    CraftedEntry entry = CraftedEntry.stored("app.js", "app(1)");
    change.accept(entry);
    return CraftedZip.withIndex().add(entry);
  }

  @Test
  void otherFiles_areNoZips() throws IOException {
    assertRejected(Reason.NOT_A_ZIP, new byte[0]);
    assertRejected(Reason.NOT_A_ZIP, "PK\3\4".getBytes(UTF_8));
    assertRejected(Reason.NOT_A_ZIP, "<html>".repeat(20_000).getBytes(UTF_8));
  }

  @Test
  void everyTruncation_isRejected() throws IOException {
    byte[] zip = withEntry(CraftedEntry::streamed).bytes();
    for (int length = 0; length < zip.length; length++) {
      assertRejected(Reason.NOT_A_ZIP, Arrays.copyOf(zip, length));
    }
  }

  @Test
  void bytesInFront_areRejected() throws IOException {
    assertRejected(Reason.GAP, zip(zip -> zip.inFront = GAP));
    CraftedZip shifted = zip(zip -> zip.inFront = GAP);
    shifted.directoryStartShift = -GAP.length;
    assertRejected(Reason.GAP, shifted);
  }

  @Test
  void bytesBetweenEntriesAndBehindThem_areRejected() throws IOException {
    assertRejected(Reason.GAP, zip(zip -> zip.behindEntries = GAP));
    assertRejected(
        Reason.GAP, withEntry(entry -> entry.behind(GAP)).add(CraftedEntry.stored("z", "z")));
    assertRejected(Reason.GAP, zip(zip -> zip.behindDirectory = GAP));
    assertRejected(Reason.GAP, zip(zip -> zip.behindEnd = GAP));
  }

  @Test
  void commentLength_otherThanToTheEnd_isRejected() throws IOException {
    assertRejected(Reason.GAP, zip(zip -> zip.commentLengthShift = 1));
    assertRejected(
        Reason.GAP,
        zip(
            zip -> {
              zip.comment = "comment".getBytes(UTF_8);
              zip.commentLengthShift = -1;
            }));
  }

  @Test
  void secondEndRecord_inTheComment_isRejected() throws IOException {
    byte[] other = CraftedZip.empty().bytes();
    assertRejected(Reason.GAP, zip(zip -> zip.comment = other));
  }

  @Test
  void secondZip_inTheComment_isRejected() throws IOException {
    CraftedZip other = CraftedZip.withIndex();
    CraftedZip outer = CraftedZip.withIndex();
    outer.comment = other.bytes();
    other.directoryStartShift = outer.bytes().length - outer.comment.length;
    outer.comment = other.bytes();
    assertRejected(Reason.GAP, outer);
  }

  @Test
  void hiddenEntry_isRejected() throws IOException {
    assertRejected(
        Reason.GAP, CraftedZip.withIndex().addHidden(CraftedEntry.stored("evil.js", "evil")));
    assertRejected(
        Reason.GAP,
        CraftedZip.empty()
            .addHidden(CraftedEntry.stored("index.html", "evil"))
            .add(CraftedEntry.stored("index.html", "good")));
  }

  @Test
  void listedEntryWithoutContent_isRejected() throws IOException {
    assertRejected(
        Reason.OVERLAP, CraftedZip.withIndex().addListed(CraftedEntry.stored("a.js", "a")));
  }

  @Test
  void offsets_thatPointElsewhere_areRejected() throws IOException {
    assertRejected(Reason.OVERLAP, withStored(e -> e.central(header -> header.offsetShift = -1)));
    assertRejected(Reason.OVERLAP, withStored(e -> e.central(header -> header.offsetShift = 1)));
    assertRejected(
        Reason.OVERLAP, withStored(e -> e.central(header -> header.offsetShift = 0xfff00000L)));
  }

  @Test
  void directory_thatDoesNotFit_isRejected() throws IOException {
    assertRejected(Reason.BROKEN_STRUCTURE, zip(zip -> zip.directorySizeShift = 1));
    assertRejected(Reason.BROKEN_STRUCTURE, zip(zip -> zip.directoryStartShift = 1));
    assertRejected(Reason.GAP, zip(zip -> zip.directorySizeShift = -1));
    assertRejected(Reason.BROKEN_STRUCTURE, zip(zip -> zip.directoryStartShift = 0x7fffff00L));
  }

  @Test
  void numberOfEntries_otherThanInTheDirectory_isRejected() throws IOException {
    for (int shift : new int[] {-1, 1}) {
      assertRejected(
          Reason.BROKEN_STRUCTURE,
          zip(
              zip -> {
                zip.entriesShift = shift;
                zip.entriesOnDiskShift = shift;
              }));
    }
  }

  @Test
  void signatures_thatAreOthers_areRejected() throws IOException {
    assertRejected(
        Reason.BROKEN_STRUCTURE, withEntry(e -> e.local(header -> header.signature = 0x08064b50)));
    assertRejected(
        Reason.BROKEN_STRUCTURE,
        withEntry(e -> e.central(header -> header.signature = 0x05054b50)));
  }

  @Test
  void severalDisks_areRejected() throws IOException {
    assertRejected(Reason.MULTIPLE_DISKS, zip(zip -> zip.disk = 1));
    assertRejected(Reason.MULTIPLE_DISKS, zip(zip -> zip.directoryDisk = 1));
    assertRejected(Reason.MULTIPLE_DISKS, zip(zip -> zip.entriesOnDiskShift = -1));
    assertRejected(Reason.MULTIPLE_DISKS, withEntry(e -> e.central(header -> header.disk = 1)));
  }

  @Test
  void zip64_isRejected() throws IOException {
    byte[] zip64 = {1, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    assertRejected(Reason.ZIP64, withEntry(e -> e.central(header -> header.extra = zip64)));
    assertRejected(Reason.ZIP64, withEntry(e -> e.local(header -> header.extra = zip64)));
    byte[] locator = new byte[20];
    System.arraycopy(CraftedEntry.numbers(0x07064b50), 0, locator, 0, 4);
    assertRejected(Reason.ZIP64, zip(zip -> zip.behindDirectory = locator));
    assertRejected(Reason.ZIP64, zip(zip -> zip.entriesShift = 0xfffe));
    long directoryStart = 0xffffffffL - 30 - 10 - CraftedEntry.deflate(indexContent()).length;
    assertRejected(Reason.ZIP64, zip(zip -> zip.directoryStartShift = directoryStart));
  }

  private static byte[] indexContent() {
    return CraftedZip.INDEX_CONTENT.getBytes(UTF_8);
  }

  @Test
  void malformedExtraFields_areRejected() throws IOException {
    byte[] tooLong = {0x55, 0x54, 9, 0, 1};
    byte[] tooShort = {0x55, 0x54, 0};
    for (byte[] extra : new byte[][] {tooLong, tooShort}) {
      assertRejected(
          Reason.BROKEN_STRUCTURE, withEntry(e -> e.central(header -> header.extra = extra)));
      assertRejected(
          Reason.BROKEN_STRUCTURE, withEntry(e -> e.local(header -> header.extra = extra)));
    }
  }

  @Test
  void extraFieldOfAHeader_thatReachesIntoTheNextEntry_isRejected() throws IOException {
    CraftedEntry entry = CraftedEntry.stored("a.js", "a");
    CraftedZip zip = CraftedZip.withIndex().add(entry).add(CraftedEntry.stored("b.js", "b"));
    byte[] bytes = zip.bytes();
    int header = 30 + "index.html".length() + CraftedEntry.deflate(indexContent()).length;
    bytes[header + 28] = 40;
    assertRejected(Reason.OVERLAP, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 13})
  void encryptionFlags_areRejected(int bit) throws IOException {
    assertRejected(Reason.ENCRYPTED, withEntry(e -> e.both(header -> header.flags |= 1 << bit)));
    assertRejected(Reason.ENCRYPTED, withEntry(e -> e.local(header -> header.flags |= 1 << bit)));
  }

  @Test
  void encryptionFields_areRejected() throws IOException {
    byte[] aes = {1, (byte) 0x99, 0, 0};
    byte[] strong = {0x17, 0, 0, 0};
    assertRejected(Reason.ENCRYPTED, withEntry(e -> e.both(header -> header.extra = aes)));
    assertRejected(Reason.ENCRYPTED, withEntry(e -> e.both(header -> header.extra = strong)));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 8, 9, 10, 12, 14, 15})
  void otherFlags_areRejected(int bit) throws IOException {
    assertRejected(
        Reason.UNSUPPORTED_FEATURE, withEntry(e -> e.both(header -> header.flags |= 1 << bit)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 9, 12, 14, 93, 95, 99, 0xffff})
  void otherMethods_areRejected(int method) throws IOException {
    assertRejected(
        Reason.UNSUPPORTED_METHOD, withEntry(e -> e.both(header -> header.method = method)));
  }

  @Test
  void storedWithDescriptor_isRejected_withTheReasonOfAndroid() throws IOException {
    String message =
        assertRejected(Reason.STORED_WITH_DESCRIPTOR, withStored(CraftedEntry::streamed));
    assertTrue(message.contains("only DEFLATED entries can have EXT descriptor"), message);
    assertTrue(message.contains("'app.js'"), message);
  }

  @Test
  void headers_thatDisagree_areRejected() throws IOException {
    assertDisagree(header -> header.crc32++);
    assertDisagree(header -> header.size++);
    assertDisagree(header -> header.compressedSize--);
    assertDisagree(header -> header.method = 0);
    assertDisagree(header -> header.flags ^= CraftedEntry.UTF8);
    assertDisagree(header -> header.flags ^= CraftedEntry.DESCRIPTOR);
    assertDisagree(header -> header.name = "App.js".getBytes(UTF_8));
    assertDisagree(header -> header.name = "../app.js".getBytes(UTF_8));
  }

  private void assertDisagree(Consumer<CraftedEntry.Header> change) throws IOException {
    assertRejected(Reason.HEADERS_DISAGREE, withEntry(e -> e.local(change)));
    assertRejected(
        Reason.HEADERS_DISAGREE,
        withEntry(e -> e.local(change)).add(CraftedEntry.stored("z.js", "z")));
  }

  @Test
  void zerosInHeader_withoutDescriptor_areRejected() throws IOException {
    assertRejected(
        Reason.HEADERS_DISAGREE, withEntry(e -> e.local(header -> header.compressedSize = 0)));
    assertRejected(Reason.HEADERS_DISAGREE, withEntry(e -> e.local(header -> header.crc32 = 0)));
  }

  @Test
  void otherNumbersInHeader_withDescriptor_areRejected() throws IOException {
    assertRejected(
        Reason.HEADERS_DISAGREE,
        withEntry(e -> e.streamed().local(header -> header.compressedSize = 1)));
  }

  @Test
  void nameInExtraField_thatIsAnother_isRejected() throws IOException {
    byte[] other = {0x75, 0x70, 9, 0, 1, 0, 0, 0, 0, 'e', 'v', 'i', 'l'};
    assertRejected(
        Reason.HEADERS_DISAGREE, withEntry(e -> e.central(header -> header.extra = other)));
    assertRejected(
        Reason.HEADERS_DISAGREE, withEntry(e -> e.local(header -> header.extra = other)));
  }

  @Test
  void descriptor_thatLies_isRejected() throws IOException {
    for (int number = 1; number < 4; number++) {
      int index = 4 * number;
      assertRejected(Reason.HEADERS_DISAGREE, withEntry(entry -> entry.streamed().behind[index]++));
    }
  }

  @Test
  void descriptor_withOtherSignatureOrLength_isRejected() throws IOException {
    assertRejected(Reason.BROKEN_STRUCTURE, withEntry(entry -> entry.streamed().behind[0]++));
    assertRejected(Reason.BROKEN_STRUCTURE, withEntry(CraftedEntry::announcedBehind));
    for (int length : new int[] {4, 8, 20, 24}) {
      assertRejected(
          Reason.BROKEN_STRUCTURE,
          withEntry(entry -> entry.streamed().behind(Arrays.copyOf(entry.behind, length))));
    }
  }

  @Test
  void shorterNameInHeader_isRejected() throws IOException {
    assertRejected(
        Reason.OVERLAP, withEntry(e -> e.local(header -> header.name = "app.j".getBytes(UTF_8))));
  }

  @Test
  void descriptor_withoutSignature_thatBeginsLikeOne_isRejected() throws IOException {
    byte[] content = {(byte) 0xac, 0x0a, 0x7a, (byte) 0xd5};
    assertEquals(CraftedEntry.DESCRIPTOR_SIGNATURE, CraftedEntry.crc32(content));
    CraftedEntry entry = CraftedEntry.deflated("app.js", content).announcedBehind();
    CraftedEntry.Header header = entry.central;
    entry.behind(CraftedEntry.numbers(header.crc32, header.compressedSize, header.size));
    assertRejected(Reason.BROKEN_STRUCTURE, CraftedZip.withIndex().add(entry));
    entry.streamed();
    ZipAdmission.standard()
        .admit(CraftedZip.withIndex().add(entry).writeTo(folder.resolve("signed.zip")));
  }
}
