package dev.hotupdater.s3.database;

/** What the metadata database does with its bucket, and which permission that takes. */
enum MetadataOperation {
  READ("read", "s3:GetObject"),
  LIST("list", "s3:ListBucket"),
  WRITE("write to", "s3:PutObject"),
  DELETE("delete from", "s3:DeleteObject");

  private final String verb;
  private final String permission;

  MetadataOperation(String verb, String permission) {
    this.verb = verb;
    this.permission = permission;
  }

  String verb() {
    return verb;
  }

  String permission() {
    return permission;
  }
}
