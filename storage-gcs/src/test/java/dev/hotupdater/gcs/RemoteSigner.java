package dev.hotupdater.gcs;

import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.hotupdater.gcs.standin.ServiceAccount;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;

/** Credentials that ask another service to sign, which fails. */
final class RemoteSigner extends GoogleCredentials implements ServiceAccountSigner {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  RemoteSigner(IOException failure) {
    this.failure = failure;
  }

  @Override
  public AccessToken refreshAccessToken() {
    return AccessToken.newBuilder()
        .setTokenValue("unused")
        .setExpirationTime(Date.from(Instant.now().plusSeconds(60)))
        .build();
  }

  @Override
  public String getAccount() {
    return ServiceAccount.EMAIL;
  }

  @Override
  public byte[] sign(byte[] toSign) {
    throw new SigningException("Failed to sign the provided bytes", failure);
  }
}
