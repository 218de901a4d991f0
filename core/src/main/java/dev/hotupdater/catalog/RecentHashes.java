package dev.hotupdater.catalog;

/**
 * A set of hashes from which the older ones can be let go: two generations, of which the older one
 * goes as a whole. One thread at a time may change it; any may ask meanwhile.
 */
final class RecentHashes {
  // Who asks looks at the newer one first, so that nothing is missed while that becomes the older.
  private volatile LongSet newer = new LongSet();
  private volatile LongSet older = new LongSet();

  boolean contains(long hash) {
    return newer.contains(hash) || older.contains(hash);
  }

  /** Adds one that is not there, to the newer generation. */
  void add(long hash) {
    newer.add(hash);
  }

  int size() {
    return newer.size() + older.size();
  }

  int newerSize() {
    return newer.size();
  }

  /** Lets the older generation go; the newer one becomes the older. Returns how many went. */
  int age() {
    int gone = older.size();
    older = newer;
    newer = new LongSet();
    return gone;
  }
}
