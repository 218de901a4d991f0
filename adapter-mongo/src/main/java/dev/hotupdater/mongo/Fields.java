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

  /** Of a release, and of what a device told. */
  static final String APP_ID = "app_id";

  /** Of a release, and of what a device told. */
  static final String CHANNEL = "channel";

  /** Of a release, and of what a device told. */
  static final String VERSION = "version";

  /** Of an app or a release: all of it, as JSON text. */
  static final String RECORD = "record";

  /** Of what a device told. */
  static final String DEVICE = "device";

  /** Of what a device told. */
  static final String RELEASE_ID = "release_id";

  /** Of what a device told. */
  static final String OUTCOME = "outcome";

  /** Of what a device told. */
  static final String RECORDED_AT = "recorded_at";

  /** Of an assignment to a channel. */
  static final String KIND = "kind";

  /** Of an assignment to a channel. */
  static final String ASSIGNED_AT = "assigned_at";

  /** In the settings. */
  static final String SETTING = "key";

  /** In the settings, and of an assignment to a channel. */
  static final String VALUE = "value";

  /** Ours: the revision of the commit that last wrote the document. */
  static final String COMMIT = "java_commit";

  /** Ours: the revision of a commit that has created the document and is not finished yet. */
  static final String TENTATIVE = "java_tentative";

  private Fields() {}
}
