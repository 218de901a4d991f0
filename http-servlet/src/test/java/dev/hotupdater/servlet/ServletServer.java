package dev.hotupdater.servlet;

import jakarta.servlet.Servlet;
import java.net.URI;

/** A container with one servlet in it, on a free port of the loopback interface. */
interface ServletServer extends AutoCloseable {
  /** Where the root of the application is, without a slash at the end. */
  URI base();

  @Override
  void close() throws Exception;

  /** Starts a container. */
  @FunctionalInterface
  interface Starter {
    /**
     * Starts a container.
     *
     * @param contextPath {@code ""} for the root
     * @param mapping such as {@code /*}
     */
    ServletServer start(String contextPath, String mapping, Servlet servlet) throws Exception;
  }
}
