package dev.hotupdater.jdbc;

import java.util.List;

/**
 * The statements of a migration.
 *
 * @param steps those that create what there must be, in their order
 * @param recordVersion the one that comes last: it records the version
 */
record SchemaScript(List<SchemaStep> steps, String recordVersion) {
  SchemaScript {
    steps = List.copyOf(steps);
  }
}
