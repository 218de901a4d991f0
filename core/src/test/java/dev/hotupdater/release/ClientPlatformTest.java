package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.pending;
import static dev.hotupdater.fixture.ReleaseFixture.published;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.fixture.ReleaseFixture;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which artifact of a release a client gets. */
class ClientPlatformTest {
  private static final List<Packaging> ARCHIVES = List.of(Packaging.ARCHIVE);
  private static final List<Packaging> ALL = List.of(Packaging.FILE, Packaging.ARCHIVE);

  private static String best(String client, List<Packaging> packagings, List<String> offered) {
    ArtifactTarget target = ReleaseFixture.target(client);
    ClientPlatform platform =
        new ClientPlatform(target.target(), target.arch(), target.bundleType(), packagings);
    Release release =
        published("1.0.0", offered.stream().map(ReleaseFixture::ready).toArray(Artifact[]::new))
            .build();
    return platform
        .best(release, any -> true)
        .map(artifact -> artifact.storageUri().substring("s3://bucket/".length()))
        .orElse("nothing");
  }

  /** Of what is offered, separated by spaces, what a client gets that can install everything. */
  @ParameterizedTest
  @CsvSource({
    "linux/x86_64, linux/x86_64, linux/x86_64",
    "linux/x86_64, linux/aarch64 windows/x86_64, nothing",
    "linux/x86_64, linux/x86_64//file, linux/x86_64//file",
    "linux/x86_64, linux/x86_64//archive linux/x86_64//file, linux/x86_64//file",
    "linux/x86_64, linux/x86_64//archive linux/x86_64, linux/x86_64//archive",
    "linux/x86_64, linux/x86_64/appimage, linux/x86_64/appimage",
    "linux/x86_64, linux/x86_64/appimage linux/x86_64, linux/x86_64",
    "linux/x86_64, linux/x86_64/deb linux/x86_64/rpm, nothing",
    "linux/x86_64/deb, linux/x86_64/appimage linux/x86_64/rpm, nothing",
    "linux/x86_64/deb, linux/x86_64/appimage linux/x86_64, linux/x86_64",
    "linux/x86_64/deb, linux/x86_64 linux/x86_64/deb, linux/x86_64/deb",
    "linux/x86_64/deb, linux/x86_64//file linux/x86_64/deb, linux/x86_64/deb",
    "windows/x86_64, windows/x86_64/msi windows/x86_64/nsis, windows/x86_64/nsis",
    "windows/x86_64, windows/x86_64/msi, windows/x86_64/msi",
    "windows/x86_64/msi, windows/x86_64/nsis, nothing",
    "windows/x86_64/nsis, windows/x86_64/msi, nothing",
    "darwin/aarch64, darwin/universal darwin/x86_64, darwin/universal",
    "darwin/aarch64, darwin/universal darwin/aarch64, darwin/aarch64",
    "darwin/aarch64, darwin/universal/app darwin/aarch64/app, darwin/aarch64/app",
    "darwin/aarch64/app, darwin/universal/app darwin/aarch64, darwin/aarch64",
    "darwin/aarch64, darwin/aarch64/dmg, nothing",
    "darwin/universal, darwin/aarch64, nothing",
    "macos-universal/aarch64, darwin/universal macos-universal/universal,"
        + " macos-universal/universal",
    "macos-universal/aarch64, darwin/universal, nothing",
    "macos-universal/aarch64, macos-universal/universal/app, macos-universal/universal/app",
    "linux-deb/x86_64, linux-deb/x86_64/deb, linux-deb/x86_64/deb",
    "kiosk/x86_64, kiosk/x86_64/deb kiosk/x86_64/appimage, kiosk/x86_64/appimage",
    "kiosk/x86_64, kiosk/x86_64/appimage kiosk/x86_64, kiosk/x86_64",
    "kiosk/x86_64/rpm, kiosk/x86_64/deb, nothing",
    "Linux/x86_64, linux/x86_64, nothing"
  })
  void clientThatInstallsEverything(String client, String offered, String expected) {
    assertBest(client, ALL, offered, expected);
  }

  /** The same for a client that can install archives only. */
  @ParameterizedTest
  @CsvSource({
    "linux/x86_64, linux/x86_64, linux/x86_64",
    "linux/x86_64, linux/x86_64//file, nothing",
    "linux/x86_64, linux/x86_64//file linux/x86_64, linux/x86_64",
    "linux/x86_64, linux/x86_64//archive linux/x86_64, linux/x86_64//archive",
    "linux/x86_64, linux/x86_64/appimage/archive linux/x86_64, linux/x86_64/appimage/archive",
    "linux/x86_64, linux/x86_64/appimage/file linux/x86_64/appimage/archive,"
        + " linux/x86_64/appimage/archive",
    "linux/x86_64, linux/universal//archive linux/x86_64, linux/universal//archive",
    "windows/x86_64, windows/x86_64/nsis/file windows/x86_64/msi/archive,"
        + " windows/x86_64/msi/archive",
    "windows/x86_64/msi, windows/x86_64/nsis/archive windows/x86_64/msi, windows/x86_64/msi",
    "darwin/x86_64, darwin/x86_64/app, darwin/x86_64/app",
    "darwin/x86_64, darwin/x86_64/app/file, darwin/x86_64/app/file",
    "darwin/x86_64, darwin/x86_64/app/archive darwin/x86_64, darwin/x86_64/app/archive"
  })
  void clientThatInstallsArchives(String client, String offered, String expected) {
    assertBest(client, ARCHIVES, offered, expected);
  }

  private static void assertBest(
      String client, List<Packaging> packagings, String offered, String expected) {
    List<String> forward = Stream.of(offered.split(" ")).collect(Collectors.toList());
    assertEquals(expected, best(client, packagings, forward));
    Collections.reverse(forward);
    assertEquals(expected, best(client, packagings, forward), "in whatever order they stand");
  }

  @Test
  void artifactWithoutItsBytes_isNotOffered() {
    ClientPlatform client = new ClientPlatform("linux", "x86_64", Optional.empty(), ALL);
    Artifact universal = ready("linux/universal");
    Release release = published("1.0.0", pending("linux/x86_64"), universal).build();

    assertEquals(Optional.of(universal), client.best(release, any -> true));
    assertEquals(Optional.empty(), client.best(release, any -> false));
  }

  /** Of what is ready, while something else is still being uploaded. */
  @ParameterizedTest
  @CsvSource({
    "windows/x86_64, windows/x86_64/msi, windows/x86_64/nsis, nothing",
    "windows/x86_64, windows/x86_64/nsis, windows/x86_64/msi, windows/x86_64/nsis",
    "linux/x86_64/deb, linux/x86_64, linux/x86_64/deb, nothing",
    "linux/x86_64/deb, linux/x86_64/deb, linux/x86_64, linux/x86_64/deb",
    "linux/x86_64/deb, linux/x86_64, linux/aarch64/deb, linux/x86_64",
    "linux/x86_64/deb, linux/x86_64, linux/x86_64/rpm, linux/x86_64"
  })
  void betterBundleTypeOnItsWay_isWaitedFor(
      String client, String ready, String pending, String expected) {
    ArtifactTarget target = ReleaseFixture.target(client);
    ClientPlatform platform =
        new ClientPlatform(target.target(), target.arch(), target.bundleType(), ALL);
    Release release = published("1.0.0", ready(ready), pending(pending)).build();

    assertEquals(
        expected,
        platform
            .best(release, any -> true)
            .map(artifact -> artifact.storageUri().substring("s3://bucket/".length()))
            .orElse("nothing"));
  }
}
