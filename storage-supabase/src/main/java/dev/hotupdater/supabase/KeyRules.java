package dev.hotupdater.supabase;

import dev.hotupdater.storage.UnusableKeyException;
import java.util.regex.Pattern;

/** Which keys Supabase Storage accepts for new objects. */
final class KeyRules {
  /**
   * The characters that every version of the server accepts. Newer ones accept letters of other
   * languages as well, but bring them into a normal form, so that a key may change.
   */
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9_/!.*'() &$@=;:+,?-]+");

  private KeyRules() {}

  static boolean accept(String key) {
    return USABLE.matcher(key).matches();
  }

  static void require(String key) {
    if (!accept(key)) {
      throw new UnusableKeyException(
          "Supabase Storage accepts only ASCII letters and digits, spaces and the characters"
              + " _ / ! . * ' ( ) & $ @ = ; : + , ? - in a key. Rename the file.");
    }
  }
}
