/** An embeddable over-the-air update server: domain, decisions, protocols and neutral HTTP. */
module dev.hotupdater.core {
  requires transitive com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.hotupdater;
  exports dev.hotupdater.archive;
  exports dev.hotupdater.bundle;
  exports dev.hotupdater.catalog;
  exports dev.hotupdater.cleanup;
  exports dev.hotupdater.context;
  exports dev.hotupdater.database;
  exports dev.hotupdater.device;
  exports dev.hotupdater.http;
  exports dev.hotupdater.liveupdate;
  exports dev.hotupdater.protocol;
  exports dev.hotupdater.protocol.capacitor;
  exports dev.hotupdater.protocol.capacitor.ota;
  exports dev.hotupdater.protocol.files;
  exports dev.hotupdater.protocol.health;
  exports dev.hotupdater.protocol.hotupdater;
  exports dev.hotupdater.protocol.liveupdates;
  exports dev.hotupdater.protocol.nativeupdate;
  exports dev.hotupdater.protocol.standalone;
  exports dev.hotupdater.protocol.synckit;
  exports dev.hotupdater.protocol.tauri;
  exports dev.hotupdater.publishing;
  exports dev.hotupdater.publishing.web;
  exports dev.hotupdater.release;
  exports dev.hotupdater.signature;
  exports dev.hotupdater.storage;
}
