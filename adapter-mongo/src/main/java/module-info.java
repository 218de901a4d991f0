/** Keeps bundles, releases and what devices told in MongoDB. */
module dev.hotupdater.mongo {
  requires transitive dev.hotupdater.core;
  requires transitive org.mongodb.driver.sync.client;
  requires com.fasterxml.jackson.databind;
  requires org.mongodb.bson;
  requires org.mongodb.driver.core;
  requires static org.jspecify;
  requires org.slf4j;

  exports dev.hotupdater.mongo;
}
