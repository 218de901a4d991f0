package dev.hotupdater.examples.customstorage;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Files that a build puts on a CDN. The file {@code bundles/1.zip} of the app {@code shop} is
 * {@code cdn://shop/bundles/1.zip}; apps download it from {@code <root>/shop/bundles/1.zip}, for
 * ever.
 */
public final class CdnStorage implements Storage {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String root;

  /** Creates a storage for the files below this URL. */
  public CdnStorage(String root) {
    this.root = root;
  }

  @Override
  public String scheme() {
    return "cdn";
  }

  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    if (!uri.scheme().equals(scheme())) {
      throw new StorageException("Not a file of the CDN: " + uri);
    }
    return DownloadAddress.permanent(
        root + "/" + uri.bucket() + "/" + StorageUri.encodePath(uri.key()));
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    URI url = URI.create(downloadAddress(uri, context).url());
    if (ObjectKey.parse(uri.key()).isEmpty()) {
      throw new ObjectNotFoundException(uri);
    }
    long most = Long.MAX_VALUE - range.start();
    long last = range.start() + Math.min(range.length(), most) - 1;
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Range", "bytes=" + range.start() + "-" + last)
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() == 206) {
        return StoredObject.of(answer.body(), sizeOf(answer));
      }
      answer.body().close();
      return switch (answer.statusCode()) {
        case 416 -> StoredObject.of(InputStream.nullInputStream(), sizeOf(answer));
        case 404 -> throw new ObjectNotFoundException(uri);
        default -> throw new StorageUnavailableException("The CDN answers " + answer.statusCode());
      };
    } catch (IOException e) {
      throw new StorageUnavailableException("The CDN cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("Interrupted while waiting for the CDN", e);
    }
  }

  private static long sizeOf(HttpResponse<?> answer) {
    String range =
        answer
            .headers()
            .firstValue("Content-Range")
            .orElseThrow(() -> new StorageException("The CDN does not tell the size of a file"));
    return Long.parseLong(range.substring(range.indexOf('/') + 1));
  }
}
