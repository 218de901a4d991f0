package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.bundle.UpdateCheck;
import java.net.URI;

/** The path that a device requests. */
public final class CheckPath {
  /** Where the routes of every server of the benchmarks are. */
  public static final String BASE = "/hot-updater";

  /** Where clients reach every server of the benchmarks, as far as its answers tell. */
  public static final URI PUBLIC_URL = URI.create("https://updates.example.com");

  private CheckPath() {}

  /** The path of this check, with the base path. Nothing in the samples needs to be encoded. */
  public static String of(UpdateCheck check) {
    return BASE
        + start(check.build(), check.platform().wireName())
        + '/'
        + check.channel()
        + '/'
        + check.minBundleId()
        + '/'
        + check.bundleId()
        + check.cohort().map(cohort -> "/" + cohort).orElse("");
  }

  private static String start(UpdateCheck.Build build, String platform) {
    return build instanceof UpdateCheck.Build.Version version
        ? "/app-version/" + platform + '/' + version.text()
        : "/fingerprint/" + platform + '/' + ((UpdateCheck.Build.Fingerprint) build).hash();
  }
}
