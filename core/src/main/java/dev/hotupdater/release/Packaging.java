package dev.hotupdater.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an artifact is what is installed, or an archive around it. */
public enum Packaging {
  /** What is installed itself, such as {@code app.AppImage} or {@code setup.exe}. */
  FILE,
  /** An archive around it, such as {@code app.AppImage.tar.gz} or {@code setup.nsis.zip}. */
  ARCHIVE;

  /** The name in JSON, such as {@code archive}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The packaging with this name in JSON. */
  public static Optional<Packaging> fromJsonName(String name) {
    return Arrays.stream(values()).filter(each -> each.jsonName().equals(name)).findFirst();
  }
}
