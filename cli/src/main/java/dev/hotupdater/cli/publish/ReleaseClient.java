package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The releases of an app on the server. Safe for use by many threads. */
final class ReleaseClient {
  private static final int CONFLICT = 409;

  private final ServerConnection connection;
  private final ServerAddress server;
  private final Patience patience;
  private final String releases;

  ReleaseClient(ServerConnection connection, ServerAddress server, AppId app, Patience patience) {
    this.connection = connection;
    this.server = server;
    this.patience = patience;
    this.releases = "/apps/" + app + "/releases";
  }

  /** Creates a release; empty if its version exists. */
  Optional<RemoteRelease> create(NewRelease release) {
    String what = "Creating the release " + release.version();
    Answer answer = connection.post(what, releases, release.toJson(), patience.answer());
    return answer.status() == CONFLICT
        ? Optional.empty()
        : Optional.of(RemoteRelease.read(successful(what, answer)));
  }

  /** The release of this version and channel, with its artifacts. */
  Optional<RemoteRelease> find(NewRelease release) {
    String what = "Reading the releases";
    JsonNode list = successful(what, connection.get(what, releases, patience.answer()));
    return StreamSupport.stream(list.spliterator(), false)
        .map(RemoteRelease::read)
        .filter(each -> each.version().equals(release.version()))
        .filter(each -> each.channel().equals(release.channelName()))
        .findFirst()
        .map(found -> get(found.id()));
  }

  /** The release with this id, with its artifacts. */
  RemoteRelease get(ReleaseId id) {
    String what = "Reading the release";
    return RemoteRelease.read(successful(what, connection.get(what, path(id), patience.answer())));
  }

  /** Says that a file will be uploaded, or asks anew where to; empty if it is there already. */
  Optional<UploadTicket> announce(ReleaseId id, HashedFile hashed) {
    ArtifactFile file = hashed.file();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", file.target().target());
    json.put("arch", file.target().arch());
    file.target().bundleType().ifPresent(type -> json.put("bundle_type", type));
    file.target().packaging().ifPresent(each -> json.put("packaging", each.jsonName()));
    json.put("file_size", file.size());
    json.put("file_name", file.fileName());
    json.put("sha256", hashed.sha256());
    json.put("signature", file.signature());
    String what = "Announcing " + file.name();
    Answer answer = connection.post(what, path(id) + "/artifacts", json, patience.answer());
    // The server may have found a file of an earlier run in the meantime.
    boolean isThere = answer.status() == CONFLICT && isReady(id, hashed);
    return isThere
        ? Optional.empty()
        : Optional.of(UploadTicket.read(successful(what, answer), server));
  }

  /** Has the server check what was uploaded. */
  void complete(ReleaseId id, UploadTicket ticket, HashedFile hashed) {
    String what = "Checking " + hashed.file().name();
    Answer answer =
        connection.post(
            what,
            path(id) + "/artifacts/" + ticket.artifactId() + "/complete",
            JsonNodeFactory.instance.objectNode().put("sha256", hashed.sha256()),
            patience.completion());
    // What was repeated after a lost answer may have been done the first time.
    boolean isDone = answer.status() == CONFLICT && isReady(id, hashed);
    if (!isDone) {
      successful(what, answer);
    }
  }

  private boolean isReady(ReleaseId id, HashedFile hashed) {
    return get(id)
        .artifact(hashed.file().target())
        .filter(artifact -> artifact.isReadyWith(hashed.sha256()))
        .isPresent();
  }

  /** Offers the release to clients. */
  void publish(ReleaseId id) {
    String what = "Publishing the release";
    Answer answer =
        connection.post(
            what,
            path(id) + "/publish",
            JsonNodeFactory.instance.objectNode(),
            patience.completion());
    boolean isDone = answer.status() == CONFLICT && get(id).isPublished();
    if (!isDone) {
      successful(what, answer);
    }
  }

  private String path(ReleaseId id) {
    return releases + '/' + id;
  }

  private static JsonNode successful(String what, Answer answer) {
    if (!answer.isSuccess()) {
      throw RefusedException.of(what, answer);
    }
    return answer.json();
  }
}
