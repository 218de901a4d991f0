/** Compresses the files of web bundles with Brotli. */
module dev.hotupdater.brotli {
  requires transitive dev.hotupdater.core;
  requires com.aayushatharva.brotli4j;
  requires static org.jspecify;

  exports dev.hotupdater.brotli;
}
