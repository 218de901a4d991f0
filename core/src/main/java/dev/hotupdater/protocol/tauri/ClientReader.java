package dev.hotupdater.protocol.tauri;

import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.release.ReleaseCheck;
import java.util.ArrayList;
import java.util.List;

/** Reads what a client says of itself in the path, query and header of its check. Immutable. */
final class ClientReader {
  private static final String TARGET_ARCH = "target_arch";
  private static final String BUNDLE_TYPE = "bundle_type";

  private final String installIdHeader;
  private final String defaultChannel;

  ClientReader(String installIdHeader, String defaultChannel) {
    this.installIdHeader = installIdHeader;
    this.defaultChannel = defaultChannel;
  }

  /**
   * The client that asks.
   *
   * @throws MalformedRequestException if it does not say what it must, or something else than that
   */
  ReleaseCheck read(RouteRequest request) {
    QueryParameters query = request.query();
    Platform platform = platform(request);
    return new ClientDescription(
            platform.target(),
            platform.arch(),
            bundleTypes(request, query),
            request.parameter("current_version"),
            query.first("channel"),
            request.header("User-Agent"),
            request.header(installIdHeader))
        .check(defaultChannel);
  }

  private record Platform(String target, String arch) {}

  private static Platform platform(RouteRequest request) {
    if (!request.hasParameter(TARGET_ARCH)) {
      return new Platform(request.parameter("target"), request.parameter("arch"));
    }
    String both = request.parameter(TARGET_ARCH);
    // The name of a processor has no hyphen, that of a target may have several.
    int hyphen = both.lastIndexOf('-');
    if (hyphen < 1 || hyphen == both.length() - 1) {
      throw new MalformedRequestException(
          "The path must name a target and a processor, such as linux-x86_64 or linux/x86_64.");
    }
    return new Platform(both.substring(0, hyphen), both.substring(hyphen + 1));
  }

  /** In the order in which they count. */
  static List<String> bundleTypes(QueryParameters query) {
    List<String> types = new ArrayList<>(query.all("bundle"));
    types.addAll(query.all(BUNDLE_TYPE));
    return types;
  }

  private static List<String> bundleTypes(RouteRequest request, QueryParameters query) {
    List<String> types = new ArrayList<>();
    if (request.hasParameter(BUNDLE_TYPE)) {
      types.add(request.parameter(BUNDLE_TYPE));
    }
    types.addAll(bundleTypes(query));
    return types;
  }
}
