package dev.hotupdater.gcs.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads in parts, of which nothing is seen until the last one is here. */
public final class ResumableUploads {
  private static final int UNIT_BYTES = 256 * 1024;
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private record Upload(JsonNode object, ByteArrayOutputStream received) {}

  private final String bucket;
  private final StoredBlobs blobs;
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  ResumableUploads(String bucket, StoredBlobs blobs) {
    this.bucket = bucket;
    this.blobs = blobs;
  }

  /** What makes the addresses of the uploads that are not finished secret. */
  public Iterable<String> unfinished() {
    return uploads.keySet();
  }

  public void start(Exchange request, String origin) throws IOException {
    String id = "SECRET" + UUID.randomUUID();
    JsonNode object = Exchange.JSON.readTree(request.body());
    uploads.put(id, new Upload(object, new ByteArrayOutputStream()));
    String location =
        origin + "/upload/storage/v1/b/" + bucket + "/o?uploadType=resumable&upload_id=" + id;
    request.with("Location", location).with("X-GUploader-UploadID", id).answer(200, new byte[0]);
  }

  public void proceed(Exchange request) throws IOException {
    String id = request.query().getOrDefault("upload_id", "");
    Upload upload = uploads.get(id);
    Matcher range = RANGE.matcher(request.header("Content-Range").orElse(""));
    if (upload == null || !range.matches()) {
      request.refuse(upload == null ? 404 : 400, "invalid");
      return;
    }
    byte[] part = request.body();
    boolean isStatus = range.group(1) == null && range.group(3).equals("*");
    if (!isStatus && !accept(upload, range, part)) {
      request.refuse(400, "invalid");
      return;
    }
    if (!range.group(3).equals("*")) {
      finish(request, id, upload, Long.parseLong(range.group(3)));
      return;
    }
    if (upload.received().size() > 0) {
      request.with("Range", "bytes=0-" + (upload.received().size() - 1));
    }
    request.answer(308, new byte[0]);
  }

  private static boolean accept(Upload upload, Matcher range, byte[] part) {
    boolean isLast = !range.group(3).equals("*");
    long start = range.group(1) == null ? upload.received().size() : Long.parseLong(range.group(1));
    boolean fits =
        start == upload.received().size()
            && (range.group(2) == null || Long.parseLong(range.group(2)) == start + part.length - 1)
            && (isLast || part.length % UNIT_BYTES == 0);
    if (fits) {
      upload.received().writeBytes(part);
    }
    return fits;
  }

  private void finish(Exchange request, String id, Upload upload, long size) throws IOException {
    if (size != upload.received().size()) {
      request.refuse(400, "invalid");
      return;
    }
    uploads.remove(id);
    JsonNode object = upload.object();
    StoredBlobs.StoredBlob blob =
        blobs.put(
            object.path("name").asText(),
            upload.received().toByteArray(),
            object.path("contentType").asText(),
            object.path("cacheControl").asText());
    request.answer(200, blob.json(bucket));
  }
}
