/** Mounts the routes of Hot Updater in Jakarta Servlet 6 containers. */
module dev.hotupdater.servlet {
  requires transitive dev.hotupdater.core;
  requires transitive jakarta.servlet;
  requires org.apache.commons.fileupload2.core;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.hotupdater.servlet;
}
