package dev.hotupdater.mongo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A collection that this library works with. */
sealed interface NamedCollection permits Table, ReleaseTable {
  /** The name of the collection. */
  String collection();

  /** All of them. */
  static List<NamedCollection> all() {
    return Stream.<NamedCollection>concat(
            Stream.of(Table.values()), Stream.of(ReleaseTable.values()))
        .toList();
  }

  static Optional<NamedCollection> named(String name) {
    return all().stream().filter(table -> table.collection().equals(name)).findFirst();
  }
}
