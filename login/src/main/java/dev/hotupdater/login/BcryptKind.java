package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bcrypt, for hashes that other software has made. It looks at 72 bytes of a password. */
final class BcryptKind extends HashKind {
  static final String PREFIX = "$2";
  static final int MIN_COST = 4;
  static final int MAX_COST = 14;

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The last character of salt and output has bits that no byte uses; they must be zero. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]");

  private final int cost;

  BcryptKind(int cost) {
    this.cost = cost;
  }

  /**
   * The kind of a hash.
   *
   * @throws IllegalArgumentException if the text is not a hash, or checking it would cost too much
   */
  static BcryptKind of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "A bcrypt hash must be $2a$, $2b$ or $2y$, the cost in two digits, $, and 53 characters."
              + " Was the hash cut, or were its dollar signs taken for variables?");
    }
    int cost = Integer.parseInt(parts.group(1));
    if (cost < MIN_COST || cost > MAX_COST) {
      throw new IllegalArgumentException(
          "A bcrypt hash with a cost of "
              + cost
              + " cannot be used: it must be "
              + MIN_COST
              + " to "
              + MAX_COST
              + ". Make the hash again.");
    }
    return new BcryptKind(cost);
  }

  @Override
  boolean matches(byte[] password, String hash) {
    return BcryptFunction.getInstance(Bcrypt.B, cost).check(password, hash.getBytes(US_ASCII));
  }

  @Override
  PasswordHash decoy() {
    return PasswordHash.of(
        String.format(Locale.ROOT, "$2b$%02d$", cost) + random(21) + "." + random(30) + ".");
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder();
    new SecureRandom()
        .ints(length, 0, ALPHABET.length())
        .forEach(index -> text.append(ALPHABET.charAt(index)));
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BcryptKind that && cost == that.cost;
  }

  @Override
  public int hashCode() {
    return cost;
  }

  @Override
  public String toString() {
    return "bcrypt, cost " + cost;
  }
}
