package dev.hotupdater.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the SQL of the tables differs from dialect to dialect. What a method says by itself is what
 * most dialects say.
 */
interface Syntax {
  /**
   * What {@code Character.isWhitespace} accepts, because a text of nothing else counts as absent in
   * a bundle.
   */
  String WHITE_SPACE =
      "\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
          + "\u2008\u2009\u200A\u2028\u2029\u205F\u3000";

  /** The parameter for a bundle id. */
  default String id() {
    return "?";
  }

  /** The parameter for JSON text. */
  default String json() {
    return "?";
  }

  /** The name of the settings table's column {@code key}. */
  default String keyColumn() {
    return "key";
  }

  /** An expression for an id in lower case; empty if the type of the column has no letter case. */
  default Optional<String> lowerCaseId(String column) {
    return Optional.of("lower(" + column + ")");
  }

  /** An expression that is ordered and compared as bundle ids are. */
  String orderedId();

  /** The parameter that {@link #orderedId()} is compared with. */
  String orderedIdParameter();

  /** An expression for text of which every bit counts in a comparison. */
  default String exact(String expression) {
    return expression;
  }

  /** The condition that a boolean column is true. */
  String isTrue(String column);

  /** The condition that a text which is not null has nothing but white space. */
  Sql isBlank(String column);

  /** The condition that the id of a row is a UUID. */
  String hasValidId();

  /** What ends a query whose rows must not change before the end of the transaction. */
  default String forUpdate() {
    return " for update";
  }

  /**
   * A query for one text that is another one after every change of a row, whatever the change; null
   * if it cannot be told. Empty if the database has no functions for that.
   */
  default Optional<String> fingerprintQuery(String table, List<String> columns) {
    return Optional.empty();
  }

  /**
   * The statement that tells those who listen of the transaction that it is in, as soon as that is
   * committed; empty if the database passes nothing on.
   */
  default Optional<String> announcement() {
    return Optional.empty();
  }

  /** What ends an insert of a row that stays as it is if there is one with this key already. */
  default String keepExisting(String key) {
    return " on conflict (" + key + ") do nothing";
  }

  /** What ends an insert of a row that takes over these columns if there is one with this key. */
  default String replaceExisting(String key, List<String> columns) {
    return columns.stream()
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", ", " on conflict (" + key + ") do update set ", ""));
  }

  /** The column's type in a table. */
  default String type(ColumnType type) {
    return switch (type) {
      case ID -> "uuid";
      case KEY -> "varchar(255)";
      case NAME -> "varchar(128)";
      case HASH -> "varchar(32)";
      case TEXT, DOCUMENT -> "text";
      case BOOLEAN -> "boolean";
      case INTEGER -> "integer";
      case LONG -> "bigint";
      case JSON -> "json";
    };
  }

  /** The default in a table for text of this type; empty if such a column cannot have one. */
  Optional<String> textDefault(ColumnType type, String text);

  /** The column of an index, of which some databases take only the beginning. */
  default String indexed(String column, ColumnType type) {
    return column;
  }

  /** A query for how many there are of what a step creates, by its table and its name. */
  String countQuery(SchemaStep.Kind kind);

  /** Whether constraints can be added to a table that exists. Otherwise checks are made with it. */
  default boolean addsConstraints() {
    return true;
  }
}
