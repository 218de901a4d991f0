package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.Platform;
import java.util.Comparator;

/**
 * What has one list of targets.
 *
 * @param channel the name of a channel
 * @param platform one of its platforms
 */
record ReleaseLine(String channel, Platform platform) {
  static final Comparator<ReleaseLine> ORDER =
      Comparator.comparing(ReleaseLine::channel).thenComparing(ReleaseLine::platform);

  static ReleaseLine of(Bundle bundle) {
    return new ReleaseLine(bundle.channel(), bundle.platform());
  }
}
