package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a user can be called. */
final class UserNames {
  /** That of a mail address. A token with a longer one would be too long. */
  static final int MAX_LENGTH = 254;

  private UserNames() {}

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().noneMatch(Character::isISOControl)
        && UTF_8.newEncoder().canEncode(text);
  }
}
