package dev.hotupdater.supabase;

/**
 * An error of the API: the real status, the code of newer versions, and the texts of older ones.
 */
final class ApiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String legacy;

  private ApiError(int status, String code, String legacy, String message) {
    super(message);
    this.status = status;
    this.code = code;
    this.legacy = legacy;
  }

  static ApiError noSuchKey() {
    return new ApiError(404, "NoSuchKey", "not_found", "Object not found");
  }

  static ApiError noSuchBucket() {
    return new ApiError(404, "NoSuchBucket", "Bucket not found", "Bucket not found");
  }

  static ApiError denied() {
    return new ApiError(403, "AccessDenied", "Unauthorized", "Invalid Compact JWS");
  }

  static ApiError invalidKey(String key) {
    return new ApiError(400, "InvalidKey", "InvalidKey", "Invalid key: " + key);
  }

  static ApiError invalidRequest(String message) {
    return new ApiError(400, "InvalidRequest", "Bad Request", message);
  }

  static ApiError invalidToken() {
    return new ApiError(400, "InvalidJWT", "InvalidJWT", "signature verification failed");
  }

  static ApiError invalidSignature() {
    return new ApiError(
        400, "InvalidSignature", "InvalidSignature", "The url do not match the signature");
  }

  static ApiError invalidRange() {
    return new ApiError(416, "S3Error", "The requested range is not satisfiable", "InvalidRange");
  }

  static ApiError duplicate() {
    return new ApiError(409, "KeyAlreadyExists", "Duplicate", "The resource already exists");
  }

  static ApiError tooLarge() {
    return new ApiError(
        413, "EntityTooLarge", "Payload too large", "The object exceeded the maximum allowed size");
  }

  static ApiError mediaType(String type) {
    return new ApiError(
        415, "InvalidMimeType", "invalid_mime_type", "mime type " + type + " is not supported");
  }

  static ApiError noContentLength() {
    return new ApiError(
        400,
        "MissingContentLength",
        "MissingContentLength",
        "You must provide the Content-Length HTTP header.");
  }

  /** The status on the wire: 400 for all but the worst. */
  int wireStatus() {
    return status == 500 ? 500 : 400;
  }

  String json(boolean withCode) {
    var json =
        Json.MAPPER
            .createObjectNode()
            .put("statusCode", String.valueOf(status))
            .put("error", legacy)
            .put("message", getMessage());
    return (withCode ? json.put("code", code) : json).toString();
  }
}
