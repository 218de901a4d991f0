package dev.hotupdater.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.UpdateDecision;

/**
 * What a device is told, in the terms that a decision and an answer over HTTP have in common.
 *
 * @param status {@code UPDATE}, {@code ROLLBACK} or {@code NONE}
 * @param bundle the bundle to run; {@link BundleId#NIL} for the built-in one, or with {@code NONE}
 * @param message the message of the bundle; empty if there is none
 */
record Verdict(String status, BundleId bundle, String message) {
  static final Verdict NONE = new Verdict("NONE", BundleId.NIL, "");
  static final Verdict ROLLBACK_TO_BUILT_IN = new Verdict("ROLLBACK", BundleId.NIL, "");

  static Verdict update(Bundle bundle) {
    return new Verdict("UPDATE", bundle.id(), bundle.message().orElse(""));
  }

  static Verdict rollback(Bundle bundle) {
    return new Verdict("ROLLBACK", bundle.id(), bundle.message().orElse(""));
  }

  static Verdict of(UpdateDecision decision) {
    if (decision instanceof UpdateDecision.Update) {
      return update(((UpdateDecision.Update) decision).bundle());
    }
    if (decision instanceof UpdateDecision.Rollback) {
      return rollback(((UpdateDecision.Rollback) decision).bundle());
    }
    return decision instanceof UpdateDecision.RollbackToBuiltIn ? ROLLBACK_TO_BUILT_IN : NONE;
  }

  static Verdict of(JsonNode answer) {
    return answer.isNull()
        ? NONE
        : new Verdict(
            answer.path("status").asText(),
            BundleId.of(answer.path("id").asText()),
            answer.path("message").asText(""));
  }
}
