package dev.hotupdater.protocol.files;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.http.SizedBody;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.UnusableKeyException;

/** The answer to a request that uploads a file, and may. */
final class FileUpload {
  private FileUpload() {}

  static HttpResponse answer(RouteRequest request, FileStorage storage, ObjectKey key, long size) {
    if (request.header("Content-Range").isPresent()) {
      throw new MalformedRequestException(
          "The 'Content-Range' header is not supported: upload the file as a whole.");
    }
    try {
      storage.write(
          key,
          SizedBody.of(request, size),
          size,
          ContentTypes.forFileName(key.toString()),
          request.context());
    } catch (UnusableKeyException e) {
      return answer(409, "{\"error\":\"Other files are in the way of this one\"}");
    }
    return answer(201, "{\"success\":true}");
  }

  private static HttpResponse answer(int status, String json) {
    return HttpResponse.status(status).header("Cache-Control", "no-store").json(json).build();
  }
}
