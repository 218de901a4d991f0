package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.nio.ByteBuffer;

/** What an entry may carry in its extra fields: times, owners and the like, but no second truth. */
final class ExtraFields {
  private static final int HEADER_BYTES = 4;

  private static final int ZIP64 = 0x0001;
  private static final int STRONG_ENCRYPTION = 0x0017;
  private static final int AES_ENCRYPTION = 0x9901;
  private static final int UNICODE_PATH = 0x7075;

  /** Its version and the checksum of the name it belongs to. */
  private static final int UNICODE_PATH_HEADER_BYTES = 5;

  private ExtraFields() {}

  static void check(ByteBuffer fields, EntryName name) {
    int index = 0;
    while (index < fields.limit()) {
      if (fields.limit() - index < HEADER_BYTES) {
        throw broken(name);
      }
      int id = Unsigned.int16(fields, index);
      int length = Unsigned.int16(fields, index + 2);
      index += HEADER_BYTES;
      if (length > fields.limit() - index) {
        throw broken(name);
      }
      check(id, fields.slice(index, length), name);
      index += length;
    }
  }

  private static void check(int id, ByteBuffer field, EntryName name) {
    switch (id) {
      case ZIP64 ->
          throw refused(
              Reason.ZIP64,
              name,
              "uses the ZIP64 extension, which no bundle of an allowed size needs");
      case STRONG_ENCRYPTION, AES_ENCRYPTION ->
          throw refused(Reason.ENCRYPTED, name, "is encrypted, which clients cannot read");
      case UNICODE_PATH -> checkPath(field, name);
      default -> {
        // Clients skip it as well.
      }
    }
  }

  private static void checkPath(ByteBuffer field, EntryName name) {
    if (field.limit() < UNICODE_PATH_HEADER_BYTES) {
      throw broken(name);
    }
    int length = field.limit() - UNICODE_PATH_HEADER_BYTES;
    if (!name.isIn(field.slice(UNICODE_PATH_HEADER_BYTES, length))) {
      throw refused(
          Reason.HEADERS_DISAGREE, name, "has another name in an extra field of its header");
    }
  }

  private static RejectedZipException broken(EntryName name) {
    return refused(Reason.BROKEN_STRUCTURE, name, "has a malformed extra field");
  }

  private static RejectedZipException refused(Reason reason, EntryName name, String what) {
    return RejectedZipException.ofEntry(reason, name.text(), what);
  }
}
