package dev.hotupdater.mongo;

/** The names in the documents of the Node server, and those of our own beside them. */
final class Fields {
  /** The key of every document, which the server makes sure is unique. */
  static final String KEY = "_id";

  static final String ID = "id";
  static final String BUNDLE_ID = "bundle_id";
  static final String BASE_BUNDLE_ID = "base_bundle_id";
  static final String ORDER_INDEX = "order_index";

  /** Of an app; missing if it has none. */
  static final String SLUG = "slug";

  /** Of a release. */
  static final String APP_ID = "app_id";

  /** Of a release. */
  static final String CHANNEL = "channel";

  /** Of a release. */
  static final String VERSION = "version";

  /** Of an app or a release: all of it, as JSON text. */
  static final String RECORD = "record";

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
