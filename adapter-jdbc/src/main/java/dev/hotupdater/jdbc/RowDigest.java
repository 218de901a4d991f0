package dev.hotupdater.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hash of all rows of a table, computed here from one row after the other. */
final class RowDigest {
  private final MessageDigest hash;

  private RowDigest(MessageDigest hash) {
    this.hash = hash;
  }

  static String of(Session session, String table, List<String> columns) {
    Sql sql = Sql.of("select " + String.join(", ", columns) + " from " + table);
    return session
        .query(sql)
        .scanResultSet((rows, context) -> new RowDigest(sha256()).of(rows.get(), columns.size()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private String of(ResultSet rows, int columns) throws SQLException {
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        add(rows.getObject(column));
      }
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  /** Kind and length come first, so that no two rows of different values give the same bytes. */
  private void add(@Nullable Object value) {
    String kind = value == null ? "null" : value.getClass().getName();
    byte[] bytes =
        value instanceof byte[]
            ? (byte[]) value
            : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    hash.update((kind + ' ' + bytes.length + ' ').getBytes(StandardCharsets.UTF_8));
    hash.update(bytes);
  }
}
