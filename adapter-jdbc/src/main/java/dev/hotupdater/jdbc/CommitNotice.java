package dev.hotupdater.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other servers of a commit, where the database passes that on. A database that refuses to
 * leaves the commit as it is.
 */
final class CommitNotice {
  private static final Logger log = LoggerFactory.getLogger(CommitNotice.class);
  private static final String SAVEPOINT = "hot_updater_notice";

  private volatile boolean unsupported;

  /** Sends the notice with the transaction of this session: when it is committed, or never. */
  void send(Session session) {
    Optional<String> announcement = session.syntax().announcement();
    if (announcement.isEmpty() || unsupported) {
      return;
    }
    try {
      session
          .handle()
          .execute(
              "savepoint %s; %s; release savepoint %s"
                  .formatted(SAVEPOINT, announcement.get(), SAVEPOINT));
    } catch (JdbiException e) {
      refused(session, e);
    }
  }

  private void refused(Session session, JdbiException e) {
    SQLException cause = Failure.sqlException(e).orElseThrow(() -> e);
    switch (Failure.of(cause, session.dialect())) {
      case COLLISION, UNAVAILABLE -> throw e;
      case UNSUPPORTED -> {
        unsupported = true;
        log.info(
            "This database does not notify other servers of commits{}; they find them by asking",
            Failure.code(cause));
      }
      case SCHEMA, OTHER ->
          log.debug("The database refused to notify other servers of a commit", cause);
    }
    session.handle().execute("rollback to savepoint " + SAVEPOINT);
  }
}
