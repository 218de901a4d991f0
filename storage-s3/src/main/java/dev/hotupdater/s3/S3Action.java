package dev.hotupdater.s3;

/** What is done to a bucket, with the permission that it needs there. */
enum S3Action {
  SIGN("sign an address of", "s3:GetObject and s3:PutObject"),
  READ("read", "s3:GetObject"),
  WRITE("write", "s3:PutObject"),
  DELETE("delete", "s3:DeleteObject"),
  LIST("list", "s3:ListBucket"),
  CHECK("look up", "s3:ListBucket");

  private final String verb;
  private final String permission;

  S3Action(String verb, String permission) {
    this.verb = verb;
    this.permission = permission;
  }

  /** What it is called in a sentence, such as {@code read}. */
  String verb() {
    return verb;
  }

  /** The IAM actions that have to be allowed. */
  String permission() {
    return permission;
  }
}
