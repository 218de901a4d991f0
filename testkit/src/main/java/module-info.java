/** The contracts of databases, storages and HTTP bindings, for people who write their own. */
open module dev.hotupdater.testkit {
  requires transitive dev.hotupdater.core;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires java.net.http;
  requires static org.jspecify;

  exports dev.hotupdater.testkit;
}
