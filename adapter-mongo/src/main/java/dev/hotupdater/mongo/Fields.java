package dev.hotupdater.mongo;

/** The names in the documents of the Node server, and those of our own beside them. */
final class Fields {
  /** The key of every document, which the server makes sure is unique. */
  static final String KEY = "_id";

  static final String ID = "id";
  static final String BUNDLE_ID = "bundle_id";
  static final String BASE_BUNDLE_ID = "base_bundle_id";
  static final String ORDER_INDEX = "order_index";

  /** In the settings. */
  static final String SETTING = "key";

  /** In the settings. */
  static final String VALUE = "value";

  /** Ours: the revision of the commit that last wrote the document. */
  static final String COMMIT = "java_commit";

  /** Ours: the revision of a commit that has created the document and is not finished yet. */
  static final String TENTATIVE = "java_tentative";

  private Fields() {}
}
