package dev.hotupdater.protocol.files;

import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import dev.hotupdater.storage.Admission;
import dev.hotupdater.storage.FileStorage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Downloads from file storages, and uploads to them, under {@code /files/<bucket>/<key>}. Nobody
 * needs credentials: the signature of an address is the permission to use it. Immutable.
 */
public final class FileRoutes implements RouteGroup {
  private static final String PATTERN = "/files/:bucket/*key";

  // One message for all that is wrong with an address, so that trying teaches nothing.
  private static final String REFUSED =
      "{\"error\":\"The address of the file is not valid. Ask the server for a new one.\"}";
  private static final String EXPIRED =
      "{\"error\":\"The address of the file has expired. Ask the server for a new one.\"}";

  private final Map<String, FileStorage> storages;

  private FileRoutes(Map<String, FileStorage> storages) {
    this.storages = storages;
  }

  /**
   * The routes for these storages.
   *
   * @throws IllegalArgumentException if there are none, or two have a bucket of the same name, of
   *     whatever scheme
   */
  public static FileRoutes of(List<FileStorage> storages) {
    if (storages.isEmpty()) {
      throw new IllegalArgumentException("File routes need at least one file storage.");
    }
    Map<String, FileStorage> byBucket = new HashMap<>();
    for (FileStorage storage : storages) {
      if (byBucket.put(storage.bucket(), storage) != null) {
        throw new IllegalArgumentException(
            "Two file storages have the bucket '"
                + storage.bucket()
                + "', which is part of their addresses. Give one of them another bucket.");
      }
    }
    return new FileRoutes(Map.copyOf(byBucket));
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public Access access() {
    return Access.delegated();
  }

  @Override
  public List<Route> routes(Backend backend) {
    return List.of(
        Route.of("GET", PATTERN, this::download), Route.of("PUT", PATTERN, this::upload));
  }

  private HttpResponse download(RouteRequest request) {
    String bucket = request.parameter("bucket");
    String key = request.parameter("key");
    QueryParameters query = request.query();
    Optional<FileStorage> storage = Optional.ofNullable(storages.get(bucket));
    Admission admission =
        storage
            .map(s -> s.admitDownload(bucket, key, first(query, "expires"), signature(query)))
            .orElseGet(Admission.Refused::new);
    return storage.isPresent() && admission instanceof Admission.Granted granted
        ? FileDownload.answer(request.http(), storage.get(), granted)
        : denied(admission);
  }

  private HttpResponse upload(RouteRequest request) {
    String bucket = request.parameter("bucket");
    String key = request.parameter("key");
    QueryParameters query = request.query();
    String size = first(query, "size");
    Optional<FileStorage> storage = Optional.ofNullable(storages.get(bucket));
    Admission admission =
        storage
            .map(s -> s.admitUpload(bucket, key, size, first(query, "expires"), signature(query)))
            .orElseGet(Admission.Refused::new);
    return storage.isPresent() && admission instanceof Admission.Granted granted
        ? FileUpload.answer(request, storage.get(), granted.key(), Long.parseLong(size))
        : denied(admission);
  }

  private static String signature(QueryParameters query) {
    return first(query, "signature");
  }

  private static String first(QueryParameters query, String name) {
    return query.first(name).orElse("");
  }

  private static HttpResponse denied(Admission admission) {
    return HttpResponse.status(403)
        .header("Cache-Control", "no-store")
        .json(admission instanceof Admission.Expired ? EXPIRED : REFUSED)
        .build();
  }
}
