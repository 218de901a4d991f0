package dev.hotupdater.s3;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageUri;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The calls that a storage makes to S3. */
enum Calls {
  OPEN("s3:GetObject", storage -> storage.open(uri(storage), ByteRange.ALL, none())),
  EXISTS("s3:GetObject", storage -> storage.exists(uri(storage), none())),
  WRITE("s3:PutObject", storage -> write(storage, 1000)),
  WRITE_IN_PARTS("s3:PutObject", storage -> write(storage, (16 << 20) + 1)),
  DELETE("s3:DeleteObject", storage -> storage.delete(uri(storage), none())),
  DELETE_ALL("s3:DeleteObject", storage -> storage.deleteAll(List.of(uri(storage)), none())),
  LIST("s3:ListBucket", Calls::list),
  CHECK("s3:ListBucket", S3Storage::check);

  static final RequestContext NONE = none();

  /** The object of these calls in the bucket that most tests use. */
  static final StorageUri URI = new StorageUri("s3", "updates", "a/b.zip");

  private final String permission;
  private final Consumer<S3Storage> call;

  Calls(String permission, Consumer<S3Storage> call) {
    this.permission = permission;
    this.call = call;
  }

  /** The permission that a refusal has to name. */
  String permission() {
    return permission;
  }

  void make(S3Storage storage) {
    call.accept(storage);
  }

  /** The object of these calls. */
  static StorageUri uri(S3Storage storage) {
    String bucket = storage.buckets().orElseThrow().iterator().next();
    return new StorageUri(storage.scheme(), bucket, "a/b.zip");
  }

  private static RequestContext none() {
    return RequestContext.none();
  }

  private static void write(S3Storage storage, int size) {
    storage.write(
        ObjectKey.of(uri(storage).key()),
        new ByteArrayInputStream(new byte[size]),
        size,
        "application/zip",
        none());
  }

  private static void list(S3Storage storage) {
    try (Stream<ObjectSummary> objects = storage.list("", none())) {
      objects.forEach(object -> {});
    }
  }
}
