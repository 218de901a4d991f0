package dev.hotupdater.cli.publish;

import dev.hotupdater.release.Packaging;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file says about it, as Tauri names what it builds.
 *
 * <p>Source: Tauri protocol, section 7.
 *
 * @param system the operating system, as clients ask for it
 * @param arch the processor, as clients ask for it; absent if the name does not tell
 * @param bundleType how the app is installed
 * @param packaging absent where old and new clients take the same file
 */
record ArtifactName(
    String system, Optional<String> arch, String bundleType, Optional<Packaging> packaging) {
  private static final Optional<Packaging> FILE = Optional.of(Packaging.FILE);
  private static final Optional<Packaging> ARCHIVE = Optional.of(Packaging.ARCHIVE);

  /** Before the ending of an NSIS installer stands a word, and before that of an MSI a language. */
  private static final String SETUP = "-setup";

  private static final String LANGUAGE = "_[a-z]{2,3}(?:-[a-z0-9]{2,8})+";
  private static final String NOTHING = "";

  private static final List<Kind> KINDS =
      List.of(
          new Kind(".appimage.tar.gz", NOTHING, "linux", "appimage", ARCHIVE),
          new Kind(".appimage", NOTHING, "linux", "appimage", FILE),
          new Kind(".deb", NOTHING, "linux", "deb", FILE),
          new Kind(".rpm", NOTHING, "linux", "rpm", FILE),
          new Kind(".app.tar.gz", NOTHING, "darwin", "app", Optional.empty()),
          new Kind(".nsis.zip", SETUP, "windows", "nsis", ARCHIVE),
          new Kind(".exe", SETUP, "windows", "nsis", FILE),
          new Kind(".msi.zip", LANGUAGE, "windows", "msi", ARCHIVE),
          new Kind(".msi", LANGUAGE, "windows", "msi", FILE));

  /** What the name says; empty if it is not that of an artifact. */
  static Optional<ArtifactName> parse(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return KINDS.stream()
        .filter(kind -> name.endsWith(kind.ending()))
        .findFirst()
        .map(kind -> kind.read(name));
  }

  /** Files that end like this are of one kind. */
  private record Kind(
      String ending,
      String beforeEnding,
      String system,
      String bundleType,
      Optional<Packaging> packaging) {
    ArtifactName read(String name) {
      return new ArtifactName(system, arch(name), bundleType, packaging);
    }

    /** The last word: one further ahead may belong to the name of the app. */
    private Optional<String> arch(String name) {
      Matcher matcher =
          Pattern.compile(
                  "[._-]("
                      + Architectures.expression()
                      + ")(?:"
                      + beforeEnding
                      + ")?"
                      + Pattern.quote(ending)
                      + "$")
              .matcher(name);
      return matcher.find() ? Architectures.named(matcher.group(1)) : Optional.empty();
    }
  }
}
