package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.Release;
import java.util.Optional;

/**
 * What a release is published as. Immutable.
 *
 * @param version a semantic version
 * @param notes what has changed, for people; may be empty
 * @param channel the channel; absent for that which the server takes by itself
 * @param rollout to how many of the cohorts it is offered
 * @param mandatory whether users should not be able to decline it
 */
record NewRelease(
    String version, String notes, Optional<String> channel, Rollout rollout, boolean mandatory) {

  /** The request that creates it, to be offered once it is published, and not before. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version);
    json.put("notes", notes);
    channel.ifPresent(name -> json.put("channel", name));
    if (!rollout.isFull()) {
      json.put("rollout", rollout.count());
    }
    if (mandatory) {
      json.put("mandatory", true);
    }
    json.put("announcement", Announcement.ON_PUBLISH.jsonName());
    return json;
  }

  /** The channel that it is found on. */
  String channelName() {
    return channel.orElse(Release.Builder.DEFAULT_CHANNEL);
  }
}
