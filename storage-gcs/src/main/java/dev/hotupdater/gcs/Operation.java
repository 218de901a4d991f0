package dev.hotupdater.gcs;

/** What is done with objects, and which permission it takes. */
enum Operation {
  READ("read", "storage.objects.get"),
  WRITE("written", "storage.objects.create, and to replace objects storage.objects.delete"),
  DELETE("deleted", "storage.objects.delete"),
  LIST("listed", "storage.objects.list"),
  CHECK("checked", "storage.objects.get");

  private final String participle;
  private final String permission;

  Operation(String participle, String permission) {
    this.participle = participle;
    this.permission = permission;
  }

  /** As in "could not be read". */
  String participle() {
    return participle;
  }

  /** The IAM permission without which it is refused. */
  String permission() {
    return permission;
  }
}
