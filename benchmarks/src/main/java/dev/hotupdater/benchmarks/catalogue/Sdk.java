package dev.hotupdater.benchmarks.catalogue;

import dev.hotupdater.http.HttpHeaders;

/** The React Native library that devices ask with. */
public final class Sdk {
  /** The header by which it tells its version. */
  public static final String HEADER = "Hot-Updater-SDK-Version";

  /** Its version. */
  public static final String VERSION = "0.36.3";

  /** The header fields of its requests. */
  public static final HttpHeaders HEADERS = HttpHeaders.builder().set(HEADER, VERSION).build();

  private Sdk() {}
}
