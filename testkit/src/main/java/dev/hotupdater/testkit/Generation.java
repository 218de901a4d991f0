package dev.hotupdater.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.database.BundleWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A state of a catalogue that changes as a whole: each commit makes a new generation of everything,
 * and every bundle says in its message which one it is of.
 *
 * <ul>
 *   <li>On both platforms and in several channels there is one bundle, written anew each time,
 *       together with a patch that it carries.
 *   <li>In the channel {@value #SWAP} there are two bundles, of which one is enabled: in even
 *       generations the older, in odd ones the newer.
 *   <li>In the channel {@value #SUCCESSION} each generation has a bundle of its own, which follows
 *       on that of the generation before; that one is deleted now or a generation later.
 * </ul>
 *
 * @param number counted from 1
 */
record Generation(int number) {
  private static final List<String> CHANNELS = List.of("production", "beta", "nightly");
  private static final String SWAP = "swap";
  private static final String SUCCESSION = "succession";
  private static final int OLDER = 20;
  private static final int NEWER = 21;
  private static final int FIRST_SUCCESSOR = 100;

  /** What to ask a node in order to learn its generation: every device must get an update. */
  static List<UpdateCheck> checks() {
    List<UpdateCheck> checks = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      for (String channel : CHANNELS) {
        checks.add(check(platform, channel));
      }
    }
    checks.add(check(Platform.IOS, SWAP));
    checks.add(check(Platform.IOS, SUCCESSION));
    return checks;
  }

  private static UpdateCheck check(Platform platform, String channel) {
    return UpdateCheck.ofAppVersion(platform, "1.0.0").channel(channel).build();
  }

  /** The generation that an update is of, whatever else is wrong with it. */
  static Generation of(Verdict verdict) {
    assertEquals("UPDATE", verdict.status(), "no generation leaves a device without an update");
    return new Generation(Integer.parseInt(verdict.message()));
  }

  /** What the device is told in this generation. */
  UpdateDecision decision(UpdateCheck check) {
    return new UpdateDecision.Update(
        bundles().stream()
            .filter(Bundle::enabled)
            .filter(bundle -> bundle.platform() == check.platform())
            .filter(bundle -> bundle.channel().equals(check.channel()))
            .findFirst()
            .orElseThrow());
  }

  /** All bundles of this generation. */
  List<Bundle> bundles() {
    List<Bundle> bundles = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      for (String channel : CHANNELS) {
        bundles.add(patched(bundle(bundles.size() + 1, platform, channel, true)));
      }
    }
    boolean even = number % 2 == 0;
    bundles.add(bundle(OLDER, Platform.IOS, SWAP, even));
    bundles.add(bundle(NEWER, Platform.IOS, SWAP, !even));
    bundles.add(bundle(FIRST_SUCCESSOR + number, Platform.IOS, SUCCESSION, true));
    return bundles;
  }

  private Bundle bundle(int id, Platform platform, String channel, boolean enabled) {
    return CoherenceFixture.bundle(id).toBuilder()
        .platform(platform)
        .channel(channel)
        .enabled(enabled)
        .message(Optional.of(Integer.toString(number)))
        .build();
  }

  private Bundle patched(Bundle bundle) {
    BundlePatch patch =
        new BundlePatch(
            CoherenceFixture.bundle(OLDER).id(),
            "base",
            "patch-" + number,
            "https://updates.test/patches/" + number + ".bsdiff");
    return bundle.toBuilder().patches(List.of(patch)).build();
  }

  /** The ids of the two bundles of which one is enabled. */
  static List<BundleId> swapped() {
    return List.of(CoherenceFixture.bundle(OLDER).id(), CoherenceFixture.bundle(NEWER).id());
  }

  /** The writes that make this generation, and remove what is left of those before. */
  List<BundleWrite> writes() {
    List<BundleWrite> writes = new ArrayList<>();
    bundles().forEach(bundle -> writes.add(BundleWrite.put(bundle)));
    for (int before = Math.max(1, number - 2); before < number; before++) {
      writes.add(BundleWrite.delete(CoherenceFixture.bundle(FIRST_SUCCESSOR + before).id()));
    }
    return writes;
  }
}
