package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The files and folders of a zip as they lie below each other. Refuses names that are one and the
 * same on a file system that ignores letter case or the way accents are written. Not thread-safe.
 */
final class NameTree {
  private final Node root = new Node("", true);
  private final int maxNodes;
  private int nodes;

  /**
   * An empty tree.
   *
   * @param maxNodes how many files and folders there may be, including folders that are only parts
   *     of other names
   */
  NameTree(int maxNodes) {
    this.maxNodes = maxNodes;
  }

  void add(EntryName name) {
    Node node = root;
    int remaining = name.segments().size();
    for (String segment : name.segments()) {
      remaining--;
      node = node(node, segment, remaining > 0 || name.isFolder(), name);
    }
    if (node.isEntry) {
      throw collision(name, "is in the zip twice");
    }
    node.isEntry = true;
  }

  private Node node(Node parent, String segment, boolean isFolder, EntryName name) {
    Node known = parent.children.get(folded(segment));
    if (known == null) {
      Node added = new Node(segment, isFolder);
      parent.children.put(folded(segment), added);
      requireRoom();
      return added;
    }
    if (!known.name.equals(segment)) {
      throw collision(
          name,
          "cannot be told apart from one with '"
              + ShownName.of(known.name)
              + "' in its name on file systems that ignore letter case or accents' encoding");
    }
    if (known.isFolder != isFolder) {
      throw collision(name, "makes one name both a file and a folder");
    }
    return known;
  }

  private void requireRoom() {
    nodes++;
    if (nodes > maxNodes) {
      throw RejectedZipException.of(
          Reason.TOO_MANY_ENTRIES,
          "The zip has more than the " + maxNodes + " files and folders that are allowed.");
    }
  }

  private static RejectedZipException collision(EntryName name, String what) {
    return RejectedZipException.ofEntry(Reason.NAME_COLLISION, name.text(), what);
  }

  /** Equal for names that some file system does not tell apart. */
  private static String folded(String segment) {
    String decomposed = Normalizer.normalize(segment, Normalizer.Form.NFD);
    // Both ways: some letters, such as the sharp s, are alike in one of them only.
    String folded = decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  /** The names of the files and folders that lie in no folder. */
  Collection<String> topNames() {
    return root.children.values().stream().map(node -> node.name).sorted().toList();
  }

  /** Whether there is a file of exactly this path. */
  boolean hasFile(String... path) {
    Node node = root;
    for (String segment : path) {
      Node child = node.children.get(folded(segment));
      if (child == null || !child.name.equals(segment)) {
        return false;
      }
      node = child;
    }
    return !node.isFolder;
  }

  private static final class Node {
    private final String name;
    private final boolean isFolder;
    private final Map<String, Node> children = new HashMap<>();
    private boolean isEntry;

    private Node(String name, boolean isFolder) {
      this.name = name;
      this.isFolder = isFolder;
    }
  }
}
