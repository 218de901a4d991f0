package dev.hotupdater.jdbc;

import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Leaves SQL as it is and counts its question marks. Parameters have no names here, so that the
 * grammar in which Jdbi looks for names need not be loaded, and a colon is nothing but a colon.
 */
final class QuestionMarks implements SqlParser {
  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == '?' && !quoted) {
        count++;
      }
    }
    return ParsedSql.of(sql, ParsedParameters.positional(count));
  }

  @Override
  public String nameParameter(String name, StatementContext context) {
    throw new UnsupportedOperationException("Parameters go by position here.");
  }
}
