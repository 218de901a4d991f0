package dev.hotupdater.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.storage.DownloadAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.250Z");
  private static final String URL = "https://cdn.test/a.zip?signature=secret";

  private static Instant in(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  @Test
  void permanentAddress_isUnlimited() {
    Lifetime lifetime = Lifetime.of(DownloadAddress.permanent(URL), NOW);

    assertTrue(lifetime.isUnlimited());
    assertEquals(Lifetime.UNLIMITED, lifetime);
  }

  @Test
  void expiringAddress_isRenewedAfterAQuarter_andEndsAfterHalf() {
    Lifetime lifetime = Lifetime.of(DownloadAddress.expiring(URL, in(3_600)), NOW);

    assertEquals(new Lifetime(in(900), in(1_800)), lifetime);
    assertFalse(lifetime.isUnlimited());
  }

  @Test
  void addressThatSaysForHowLongItIsReusable_isRenewedThen() {
    Lifetime lifetime = Lifetime.of(DownloadAddress.expiring(URL, in(3_600), in(3_000)), NOW);

    assertEquals(new Lifetime(in(3_000), in(3_000)), lifetime);
  }

  @Test
  void addressThatHasExpired_isNotHandedOutAgain() {
    Lifetime lifetime = Lifetime.of(DownloadAddress.expiring(URL, in(-5)), NOW);

    assertEquals(new Lifetime(NOW, NOW), lifetime);
  }

  @Test
  void and_ofTwo_takesTheEarlierRenewalAndTheEarlierEnd() {
    Lifetime one = new Lifetime(in(10), in(100));
    Lifetime other = new Lifetime(in(20), in(30));

    assertEquals(new Lifetime(in(10), in(30)), one.and(other));
    assertEquals(new Lifetime(in(10), in(30)), other.and(one));
    assertEquals(one, one.and(Lifetime.UNLIMITED));
  }

  @Test
  void servedAddress_asText_doesNotShowItsSignature() {
    String text = new ServedAddress(URL, Lifetime.UNLIMITED).toString();

    assertTrue(text.contains("cdn.test/a.zip"), text);
    assertFalse(text.contains("secret"), text);
  }
}
