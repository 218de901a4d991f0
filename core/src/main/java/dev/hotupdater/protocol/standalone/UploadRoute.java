package dev.hotupdater.protocol.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.SpooledFile;
import dev.hotupdater.protocol.UploadForm;
import dev.hotupdater.protocol.UploadLimits;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.UnusableKeyException;
import dev.hotupdater.storage.WritableStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** Takes an upload: a form with a file and the key of the folder that it belongs in. */
final class UploadRoute {
  private static final String KEY = "key";
  private static final int MAX_KEY_BYTES = 4 * ObjectKey.MAX_BYTES;

  private final WritableStorage storage;
  private final UploadLimits limits;
  private final Path spoolDirectory;

  UploadRoute(WritableStorage storage, long maxBytes, Path spoolDirectory) {
    this.storage = storage;
    this.limits = new UploadLimits(maxBytes, Map.of(KEY, MAX_KEY_BYTES));
    this.spoolDirectory = spoolDirectory;
  }

  HttpResponse answer(RouteRequest request) {
    // The key may follow the file, so the file has to wait somewhere for it.
    try (UploadForm form = UploadForm.read(request, limits, SpooledFile.nameless(spoolDirectory))) {
      StorageUri uri = store(request, form);
      String json =
          JsonNodeFactory.instance.objectNode().put("storageUri", uri.toString()).toString();
      return HttpResponse.status(200).header("Cache-Control", "no-store").json(json).build();
    }
  }

  private StorageUri store(RouteRequest request, UploadForm form) {
    ObjectKey key = objectKey(form);
    try (InputStream content = form.file().open()) {
      return storage.write(
          key,
          content,
          form.file().size(),
          ContentTypes.forFileName(key.toString()),
          request.context());
    } catch (UnusableKeyException e) {
      throw new MalformedRequestException("The 'key' field cannot be used. " + e.getMessage());
    } catch (IOException e) {
      throw new StorageException("The spooled upload could not be read again.", e);
    }
  }

  /**
   * The file in the folder that {@code key} names, unless {@code key} ends with the name of the
   * file already, as newer clients send it.
   */
  private static ObjectKey objectKey(UploadForm form) {
    String folder = form.requiredText(KEY);
    String name = form.fileName();
    if (folder.isEmpty()) {
      throw new MalformedRequestException("The 'key' field is empty.");
    }
    if (ObjectKey.parse(name).isEmpty()) {
      throw new MalformedRequestException("The 'file' field has no valid file name.");
    }
    boolean isWhole = folder.equals(name) || folder.endsWith("/" + name);
    return ObjectKey.parse(isWhole ? folder : folder + "/" + name)
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "The 'key' field must be folder names with '/' between them, not '.' or '..',"
                        + " with at most "
                        + ObjectKey.MAX_BYTES
                        + " bytes together with the file name."));
  }
}
