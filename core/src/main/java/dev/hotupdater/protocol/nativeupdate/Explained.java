package dev.hotupdater.protocol.nativeupdate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.device.InvalidDeviceException;
import dev.hotupdater.http.BodyTooLargeException;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.release.InvalidReleaseException;

/**
 * Handlers that answer what the caller did wrong themselves, so that pages of other origins can
 * read it.
 */
final class Explained {
  private Explained() {}

  static RouteHandler of(RouteHandler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (MalformedRequestException | InvalidReleaseException | InvalidDeviceException e) {
        return answer(400, e);
      } catch (BodyTooLargeException e) {
        return answer(413, e);
      }
    };
  }

  private static HttpResponse answer(int status, RuntimeException mistake) {
    return UpdateAnswers.answer(
        status,
        JsonNodeFactory.instance.objectNode().put("error", String.valueOf(mistake.getMessage())));
  }
}
