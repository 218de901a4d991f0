/** Keeps bundles in Supabase Storage. */
module dev.hotupdater.supabase {
  requires transitive dev.hotupdater.core;
  requires transitive java.net.http;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;
  requires org.slf4j;

  exports dev.hotupdater.supabase;
}
