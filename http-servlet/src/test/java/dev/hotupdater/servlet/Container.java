package dev.hotupdater.servlet;

import jakarta.servlet.Servlet;

/** The containers that the tests run on. */
enum Container implements ServletServer.Starter {
  JETTY(JettyServer::start),
  TOMCAT(TomcatServer::start);

  private final ServletServer.Starter starter;

  Container(ServletServer.Starter starter) {
    this.starter = starter;
  }

  @Override
  public ServletServer start(String contextPath, String mapping, Servlet servlet) throws Exception {
    return starter.start(contextPath, mapping, servlet);
  }
}
