package dev.hotupdater.liveupdate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.release.JsonFields;
import java.util.List;
import java.util.Optional;

/**
 * All files of a web bundle, and where the bytes of each are. Immutable.
 *
 * @param files the files, in the order in which they lie in the zip
 */
public record FileManifest(List<Entry> files) {
  /**
   * A file.
   *
   * @param path where it is below the root of the bundle, with {@code /} between folders
   * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits in lower case
   * @param size how many bytes it has
   * @param uri where they are
   * @param brotli the same compressed; absent if that is not worth it
   */
  public record Entry(String path, String sha256, long size, String uri, Optional<Packed> brotli) {}

  /**
   * The compressed bytes of a file.
   *
   * @param uri where they are
   * @param size how many there are
   */
  public record Packed(String uri, long size) {}

  /** Copies the list. */
  public FileManifest {
    files = List.copyOf(files);
  }

  /** The manifest as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("files");
    for (Entry file : files) {
      ObjectNode element = array.addObject();
      element.put("path", file.path());
      element.put("sha256", file.sha256());
      element.put("size", file.size());
      element.put("uri", file.uri());
      file.brotli()
          .ifPresent(
              packed -> {
                element.put("brotli_uri", packed.uri());
                element.put("brotli_size", packed.size());
              });
    }
    return json;
  }

  /**
   * The manifest in this JSON.
   *
   * @throws dev.hotupdater.release.InvalidReleaseException if it is none
   */
  public static FileManifest read(JsonNode json) {
    return new FileManifest(
        JsonFields.of(json).objects("files").stream().map(FileManifest::entry).toList());
  }

  private static Entry entry(JsonFields fields) {
    return new Entry(
        fields.text("path"),
        fields.text("sha256"),
        fields.number("size"),
        fields.text("uri"),
        fields
            .optionalText("brotli_uri")
            .map(uri -> new Packed(uri, fields.number("brotli_size"))));
  }
}
