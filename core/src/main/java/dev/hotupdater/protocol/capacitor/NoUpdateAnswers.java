package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.liveupdate.CurrentBundle.Installed;
import dev.hotupdater.protocol.StorageAccess;

/**
 * The answers to devices that keep what they have, or go back to what came with the app. Safe for
 * use by many threads.
 *
 * <p>Sources: Capacitor protocols, sections A2 and A3.
 */
final class NoUpdateAnswers {
  /**
   * Nothing but this: with any further field, clients take it for something else. It is right for a
   * device alone that does not run that bundle.
   */
  static final HttpResponse REVERT_TO_BUILTIN =
      Answers.ok(Answers.object().put("version", "builtin"));

  /** What the first servers of their kind said for everything but an offer. */
  static final HttpResponse LEGACY_EMPTY = Answers.ok(Answers.object());

  /** The checksum of nothing: what has it is never downloaded. */
  private static final String NO_CHECKSUM = "0".repeat(64);

  private final StorageAccess storage;

  NoUpdateAnswers(StorageAccess storage) {
    this.storage = storage;
  }

  /** The answer to a device for which there is nothing. */
  HttpResponse answer(DeviceInfo device, RequestContext context) {
    Client client = device.client();
    if (client.prefersOfferOfWhatItRuns()
        && device.current() instanceof Installed installed
        && storage.serverAddress(context).isPresent()) {
      return offerOfWhatItRuns(installed.name(), context);
    }
    ObjectNode json =
        Answers.error(
            "no_new_version_available", "No new version available", Answers.Kind.UP_TO_DATE);
    return Answers.ok(json.put("version", device.running().orElse("")));
  }

  private HttpResponse offerOfWhatItRuns(String name, RequestContext context) {
    return Answers.ok(
        Answers.object()
            .put("version", name)
            .put("url", storage.serverUrl(context) + "/no.zip")
            .put("checksum", NO_CHECKSUM));
  }
}
