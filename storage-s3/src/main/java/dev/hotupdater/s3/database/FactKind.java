package dev.hotupdater.s3.database;

import dev.hotupdater.device.DeviceOutcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What facts an object can have, each with its letter in the name of the object. */
enum FactKind {
  DOWNLOADED('d'),
  INSTALLED('i'),
  NOT_INSTALLED('n'),
  FAILED('f'),
  ASSIGNMENT('a');

  /** What decisions need to know. */
  static final Set<FactKind> CHANGES = EnumSet.of(FAILED, ASSIGNMENT);

  /** What is counted, and deleted one day. */
  static final Set<FactKind> EVENTS = EnumSet.complementOf(EnumSet.of(ASSIGNMENT));

  private final char letter;

  FactKind(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }

  static FactKind of(DeviceOutcome outcome) {
    return switch (outcome) {
      case DOWNLOADED -> DOWNLOADED;
      case INSTALLED -> INSTALLED;
      case NOT_INSTALLED -> NOT_INSTALLED;
      case FAILED -> FAILED;
    };
  }

  /** The kinds with these letters; letters of no kind are left out. */
  static Set<FactKind> ofLetters(String letters) {
    Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    Arrays.stream(values()).filter(kind -> letters.indexOf(kind.letter) >= 0).forEach(kinds::add);
    return kinds;
  }
}
