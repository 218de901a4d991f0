package dev.hotupdater.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;

/** A piece of SQL with the values of its question marks. */
record Sql(String text, List<Object> arguments) {
  Sql {
    arguments = List.copyOf(arguments);
  }

  static Sql of(String text, Object... arguments) {
    return new Sql(text, List.of(arguments));
  }

  /** The condition that no row satisfies. */
  static Sql never() {
    return of("1 = 0");
  }

  /** The condition that an expression is one of some values. */
  static Sql in(String expression, String parameter, Collection<?> values) {
    return values.isEmpty()
        ? never()
        : new Sql(
            expression
                + " in ("
                + String.join(", ", Collections.nCopies(values.size(), parameter))
                + ")",
            List.copyOf(values));
  }

  Sql append(String more) {
    return new Sql(text + more, arguments);
  }

  Sql append(Sql more) {
    List<Object> all = new ArrayList<>(arguments);
    all.addAll(more.arguments);
    return new Sql(text + more.text, all);
  }

  Sql and(Sql condition) {
    return append(" and ").append(condition);
  }

  <S extends SqlStatement<S>> S bindTo(S statement) {
    for (int i = 0; i < arguments.size(); i++) {
      statement.bind(i, arguments.get(i));
    }
    return statement;
  }
}
