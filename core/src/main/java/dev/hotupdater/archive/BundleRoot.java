package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where in a zip a client looks for {@code index.html}. */
enum BundleRoot {
  /**
   * In no folder, or in the only folder that everything lies in. Names of macOS and hidden ones may
   * lie beside that folder: Android looks past them.
   */
  TOP_OR_ONLY_FOLDER {
    @Override
    Optional<String> folder(NameTree names) {
      if (names.hasFile(INDEX)) {
        return Optional.empty();
      }
      List<String> visible = names.topNames().stream().filter(BundleRoot::isVisible).toList();
      if (visible.size() != 1 || !names.hasFile(visible.get(0), INDEX)) {
        throw noIndex(names, "nor in the only folder there");
      }
      return Optional.of(visible.get(0));
    }
  },

  /** In no folder. */
  TOP {
    @Override
    Optional<String> folder(NameTree names) {
      if (!names.hasFile(INDEX)) {
        throw noIndex(
            names, "which these clients need: pack what is in the folder, not the folder");
      }
      return Optional.empty();
    }
  };

  private static final String INDEX = "index.html";
  private static final int SHOWN_NAMES = 5;

  /**
   * The folder that the bundle lies in; empty if it lies in none.
   *
   * @throws RejectedZipException if there is no index.html where it should be
   */
  abstract Optional<String> folder(NameTree names);

  private static boolean isVisible(String name) {
    return !name.startsWith(".") && !name.startsWith("__MACOSX");
  }

  private static RejectedZipException noIndex(NameTree names, String what) {
    return RejectedZipException.of(
        Reason.NO_INDEX,
        "The zip has no 'index.html' at its root, "
            + what
            + " (at its root "
            + found(names)
            + ").");
  }

  private static String found(NameTree names) {
    Collection<String> top = names.topNames();
    List<String> shown =
        top.stream().limit(SHOWN_NAMES).map(name -> "'" + ShownName.of(name) + "'").toList();
    if (shown.isEmpty()) {
      return "is nothing";
    }
    return "is " + String.join(", ", shown) + (top.size() > SHOWN_NAMES ? " and more" : "");
  }
}
