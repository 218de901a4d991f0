package dev.hotupdater.protocol.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.storage.NoStorageException;
import dev.hotupdater.storage.ObjectTooLargeException;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.WritableStorage;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What is asked about one object, which the body of the request names by its storage URI. */
final class ObjectRoutes {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final StorageAccess storages;

  ObjectRoutes(StorageAccess storages) {
    this.storages = storages;
  }

  HttpResponse delete(RouteRequest request) {
    StorageUri uri = storageUri(request);
    if (!(storageOf(uri) instanceof WritableStorage storage)) {
      throw unusable("is in a storage that cannot be written to.");
    }
    return withUsableKey(
        () -> {
          storage.delete(uri, request.context());
          return json(200, "{\"success\":true}");
        });
  }

  HttpResponse readText(RouteRequest request) {
    StorageUri uri = storageUri(request);
    storageOf(uri);
    return withUsableKey(() -> storages.readText(uri.toString(), request.context()))
        .map(ObjectRoutes::text)
        .orElseGet(() -> json(404, "{\"error\":\"Object not found\"}"));
  }

  private static HttpResponse text(String text) {
    return HttpResponse.status(200)
        .header("Cache-Control", "no-store")
        .header("Content-Type", "text/plain; charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .body(HttpBody.of(text.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  HttpResponse downloadUrl(RouteRequest request) {
    StorageUri uri = storageUri(request);
    storageOf(uri);
    String url = withUsableKey(() -> storages.downloadUrl(uri.toString(), request.context()));
    return json(200, JsonNodeFactory.instance.objectNode().put("fileUrl", url).toString());
  }

  private static StorageUri storageUri(RouteRequest request) {
    JsonNode body = RequestJson.read(request, MAX_BODY_BYTES);
    JsonNode text = body.path("storageUri");
    if (!text.isTextual()) {
      throw unusable("must be a string in a JSON object.");
    }
    StorageUri uri =
        StorageUri.parse(text.textValue())
            .orElseThrow(() -> unusable("must have the form scheme://bucket/key."));
    if (uri.key().isEmpty()) {
      throw unusable("names no object.");
    }
    return uri;
  }

  private Storage storageOf(StorageUri uri) {
    try {
      return storages.storages().forUri(uri);
    } catch (NoStorageException e) {
      throw unusable("is not of this server. " + e.getMessage());
    }
  }

  /** Asks a storage, which may take only so long. */
  private <T> T withUsableKey(Supplier<T> work) {
    try {
      return storages.withinDeadline(work);
    } catch (UnusableKeyException e) {
      throw unusable("cannot be used. " + e.getMessage());
    } catch (ObjectTooLargeException e) {
      throw unusable("is an object of more than " + StorageAccess.MAX_TEXT_BYTES + " bytes.");
    }
  }

  private static MalformedRequestException unusable(String problem) {
    return new MalformedRequestException("The 'storageUri' field " + problem);
  }

  private static HttpResponse json(int status, String json) {
    return HttpResponse.uncached(status, json).build();
  }
}
