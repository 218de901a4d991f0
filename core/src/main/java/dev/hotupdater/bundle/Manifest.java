package dev.hotupdater.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.internal.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of a bundle's files, with the hash of each. Immutable.
 *
 * <p>Source: Hot Updater protocol, "Bundle diffing (manifest)".
 */
public final class Manifest {
  private static final String SCRIPT_SUFFIX = ".bundle";

  private final Map<String, String> fileHashes;

  private Manifest(Map<String, String> fileHashes) {
    this.fileHashes = Collections.unmodifiableMap(fileHashes);
  }

  /** The manifest in this JSON text; empty if the text is not a manifest. */
  public static Optional<Manifest> parse(String json) {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!root.path("bundleId").isTextual() || !(root.path("assets") instanceof ObjectNode)) {
      return Optional.empty();
    }
    Map<String, String> fileHashes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> asset : root.path("assets").properties()) {
      JsonNode fileHash = asset.getValue().path("fileHash");
      JsonNode signature = asset.getValue().path("signature");
      if (!fileHash.isTextual() || !(signature.isMissingNode() || signature.isTextual())) {
        return Optional.empty();
      }
      fileHashes.put(asset.getKey(), fileHash.textValue());
    }
    return Optional.of(new Manifest(fileHashes));
  }

  /** The hash of each file by its path in the bundle, in the order of the manifest. */
  public Map<String, String> fileHashes() {
    return fileHashes;
  }

  /**
   * The files that a device which has the bundle of {@code installed} must fetch: those whose hash
   * differs from that of the file at the same path.
   */
  public Map<String, String> changedSince(Manifest installed) {
    Map<String, String> changed = new LinkedHashMap<>(fileHashes);
    changed.entrySet().removeIf(f -> f.getValue().equals(installed.fileHashes.get(f.getKey())));
    return changed;
  }

  /**
   * The path of the script bundle, the one file that patches apply to; absent if there is none or
   * more than one.
   */
  public Optional<String> scriptPath() {
    List<String> scripts =
        fileHashes.keySet().stream().filter(path -> path.endsWith(SCRIPT_SUFFIX)).toList();
    return scripts.size() == 1 ? Optional.of(scripts.get(0)) : Optional.empty();
  }
}
