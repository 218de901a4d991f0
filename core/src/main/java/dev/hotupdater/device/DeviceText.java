package dev.hotupdater.device;

import dev.hotupdater.internal.StorableText;

/** The rule of all texts that devices send and databases keep. */
final class DeviceText {
  private DeviceText() {}

  /**
   * Checks a text.
   *
   * @throws InvalidDeviceException if it is empty, too long, or of characters that not every
   *     database keeps
   */
  static void check(String field, String text, int maxLength) {
    if (text.isEmpty()) {
      throw new InvalidDeviceException(field, "must not be empty");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidDeviceException(field, "must not have control characters");
    }
    StorableText.expectationOf(text, maxLength)
        .ifPresent(
            expectation -> {
              throw new InvalidDeviceException(field, expectation);
            });
  }
}
