package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hotupdater.http.FormPart;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads forms. Its status is 200 for a good one, 400 for a malformed one, 422 for a cut one. */
final class FormRecorder implements HttpHandler {
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  @Override
  public HttpResponse handle(HttpRequest request) {
    try {
      request.formReader().orElseThrow().read(request, part -> parts.add(Part.read(part)));
      return HttpBindingFixture.text(200, "read");
    } catch (MalformedRequestException e) {
      return drained(request, HttpBindingFixture.text(400, e.toString()));
    } catch (IOException e) {
      return HttpBindingFixture.text(422, "cut off");
    }
  }

  /** A client that is still sending may lose an answer that comes before it is done. */
  private static HttpResponse drained(HttpRequest request, HttpResponse answer) {
    try {
      request.body().transferTo(OutputStream.nullOutputStream());
      return answer;
    } catch (IOException e) {
      return HttpBindingFixture.text(422, "cut off");
    }
  }

  /** The parts that have come so far, in their order. */
  List<Part> parts() {
    return parts;
  }

  /** What a part was. */
  record Part(
      String name, Optional<String> fileName, Optional<String> contentType, Checksum content) {
    static Part read(FormPart part) throws IOException {
      return new Part(
          part.name(), part.fileName(), part.contentType(), Checksum.of(part.content()));
    }

    static Part field(String name, String value) throws IOException {
      return new Part(name, Optional.empty(), Optional.empty(), Checksum.of(value.getBytes(UTF_8)));
    }

    static Part file(String name, String fileName, byte[] content) throws IOException {
      return new Part(
          name,
          Optional.of(fileName),
          Optional.of("application/octet-stream"),
          Checksum.of(content));
    }
  }
}
