package dev.hotupdater.protocol.hotupdater;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the version of a client's SDK says about the answers it understands. Source: Hot Updater
 * protocol, "Update check", no update.
 */
final class SdkVersion {
  static final String HEADER = "Hot-Updater-SDK-Version";

  static final int MAX_LENGTH = 256;
  private static final String NUMBER = "(0|[1-9]\\d*)";
  private static final String IDENTIFIER = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern SEMVER =
      Pattern.compile(
          "v?"
              + NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(-"
              + IDENTIFIER
              + "(?:\\."
              + IDENTIFIER
              + ")*)?"
              + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
  private static final BigInteger FIRST_MINOR = BigInteger.valueOf(31);

  private SdkVersion() {}

  /**
   * Whether the client understands an explicit "up to date": those from 0.31.0 on do.
   *
   * @param header the value of {@link #HEADER}
   */
  static boolean understandsUpToDate(Optional<String> header) {
    if (header.isEmpty() || header.get().length() > MAX_LENGTH) {
      return false;
    }
    Matcher matcher = SEMVER.matcher(header.get().strip());
    if (!matcher.matches()) {
      return false;
    }
    BigInteger major = new BigInteger(matcher.group(1));
    int minor = new BigInteger(matcher.group(2)).compareTo(FIRST_MINOR);
    boolean isFirstPatch = new BigInteger(matcher.group(3)).signum() == 0;
    boolean isPrerelease = matcher.group(4) != null;
    return major.signum() > 0 || minor > 0 || (minor == 0 && !(isFirstPatch && isPrerelease));
  }
}
