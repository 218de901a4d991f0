package dev.hotupdater.liveupdate;

import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Native versions of apps, which need not have three numbers. Source: Capacitor protocols, section
 * A1, {@code version_build}.
 */
public final class NativeVersion {
  private static final Pattern FORM =
      Pattern.compile(
          "[vV]?0*([0-9]{1,18})(?:\\.0*([0-9]{1,18}))?(?:\\.0*([0-9]{1,18}))?(?:\\.[0-9.]*)?([-+].*)?");

  private NativeVersion() {}

  /**
   * The version that a text stands for, with what is missing filled up: {@code 1} is 1.0.0, and
   * {@code 1.2.3.4} is 1.2.3. Empty if it stands for none.
   */
  public static Optional<ReleaseVersion> parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > ReleaseVersion.MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(trimmed);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String numbers = number(matcher, 1) + '.' + number(matcher, 2) + '.' + number(matcher, 3);
    return ReleaseVersion.parse(numbers + Optional.ofNullable(matcher.group(4)).orElse(""))
        .or(() -> ReleaseVersion.parse(numbers));
  }

  private static String number(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).orElse("0");
  }
}
