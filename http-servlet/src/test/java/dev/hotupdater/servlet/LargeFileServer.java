package dev.hotupdater.servlet;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A program that takes one file, in a form, and serves it back. It prints its address and its heap
 * limit, and runs until its standard input ends.
 */
final class LargeFileServer {
  private LargeFileServer() {}

  /**
   * Runs the program.
   *
   * @param arguments the container, and the file
   */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[1]);
    HttpHandler handler = request -> answer(file, request);
    try (ServletServer server =
        Container.valueOf(arguments[0]).start("", "/*", HotUpdaterServlet.create(handler))) {
      System.out.println(server.base() + " " + Runtime.getRuntime().maxMemory());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static HttpResponse answer(Path file, HttpRequest request) {
    try {
      if (request.method().equals("GET")) {
        return HttpResponse.status(200)
            .body(HttpBody.of(Files.newInputStream(file), Files.size(file)))
            .build();
      }
      request
          .formReader()
          .orElseThrow()
          .read(
              request,
              part -> Files.copy(part.content(), file, StandardCopyOption.REPLACE_EXISTING));
      return HttpResponse.json(201, "{\"success\":true}");
    } catch (IOException e) {
      return HttpResponse.json(500, "{\"error\":\"" + e + "\"}");
    }
  }
}
