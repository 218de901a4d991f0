package dev.hotupdater.login;

import java.time.Clock;
import java.time.Duration;

/**
 * What who makes a token and who reads one have to agree on.
 *
 * @param issuer the claim {@code iss}
 * @param audience the claim {@code aud}
 * @param lifetime for how long a new token works
 * @param clockSkew by how much the clocks of servers may differ
 * @param clock the clock of this server
 */
record TokenTerms(
    String issuer, String audience, Duration lifetime, Duration clockSkew, Clock clock) {
  /** The claim with the fingerprint of the user's password hash. */
  static final String PASSWORD = "pwh";
}
