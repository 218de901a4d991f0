package dev.hotupdater.protocol.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.http.FormReader;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.WritableStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Takes an upload: a form with a file and the key of the folder that it belongs in. */
final class UploadRoute {
  private final WritableStorage storage;
  private final long maxBytes;
  private final Path spoolDirectory;

  UploadRoute(WritableStorage storage, long maxBytes, Path spoolDirectory) {
    this.storage = storage;
    this.maxBytes = maxBytes;
    this.spoolDirectory = spoolDirectory;
  }

  HttpResponse answer(RouteRequest request) {
    request.checkDeclaredLength(maxBytes + UploadForm.OVERHEAD_BYTES);
    FormReader reader =
        request
            .http()
            .formReader()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The HTTP binding reads no forms, which uploads need. Give it a"
                            + " FormReader."));
    // The key may follow the file, so the file has to wait somewhere for it.
    try (UploadForm form = new UploadForm(maxBytes, spoolDirectory)) {
      read(reader, request, form);
      StorageUri uri = store(request, form);
      String json =
          JsonNodeFactory.instance.objectNode().put("storageUri", uri.toString()).toString();
      return HttpResponse.status(200).header("Cache-Control", "no-store").json(json).build();
    }
  }

  private static void read(FormReader reader, RouteRequest request, UploadForm form) {
    try {
      reader.read(request.http(), form);
    } catch (IOException e) {
      throw new MalformedRequestException("The form could not be read to its end.");
    }
  }

  private StorageUri store(RouteRequest request, UploadForm form) {
    ObjectKey key = form.objectKey();
    try (InputStream content = form.openFile()) {
      return storage.write(
          key,
          content,
          form.fileSize(),
          ContentTypes.forFileName(key.toString()),
          request.context());
    } catch (UnusableKeyException e) {
      throw new MalformedRequestException("The 'key' field cannot be used. " + e.getMessage());
    } catch (IOException e) {
      throw new StorageException("The spooled upload could not be read again.", e);
    }
  }
}
