package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.client.Answer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives one answer to every request. */
final class StaticServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  // Servlets are serializable by inheritance only: no container serializes one.
  private final transient Answer answer;
  private final transient byte[] body;

  StaticServlet(Answer answer) {
    this.answer = answer;
    body = answer.bodyBytes();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    for (Answer.Field field : answer.fields()) {
      response.addHeader(field.name(), field.value());
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
