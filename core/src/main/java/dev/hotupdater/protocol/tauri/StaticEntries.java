package dev.hotupdater.protocol.tauri;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.ClientPlatform;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which artifact of a release stands under which key of a static manifest.
 *
 * <p>Source: Tauri protocol, section 4. A client looks for {@code {target}-{arch}-{bundle}} and
 * then for {@code {target}-{arch}}, an older one for the latter alone, and one whose app asks for a
 * target of its own for exactly that. Clients of cargo-packager look for {@code macos-{arch}}. So
 * what stands under {@code {target}-{arch}} is what a client gets that names no bundle type, which
 * is also found by one whose own type is missing.
 */
final class StaticEntries {
  private static final List<Packaging> PACKAGINGS = List.of(Packaging.FILE, Packaging.ARCHIVE);

  /** The processors for which clients of a system are built, for artifacts that serve all. */
  private static final Map<String, Set<String>> ARCHS =
      Map.of(
          "linux", Set.of("x86_64", "i686", "aarch64", "armv7", "riscv64"),
          "darwin", Set.of("x86_64", "aarch64"),
          "windows", Set.of("x86_64", "i686", "aarch64"));

  /** What clients that are not built with Tauri look for. */
  private static final Map<String, Set<String>> OTHER_NAMES = Map.of("darwin", Set.of("macos"));

  private final Release release;
  private final Predicate<Artifact> usable;
  private final SortedMap<String, Artifact> entries = new TreeMap<>();

  private StaticEntries(Release release, Predicate<Artifact> usable) {
    this.release = release;
    this.usable = usable;
  }

  /**
   * The artifacts by key, those of a release that count.
   *
   * @param usable says which artifacts count
   */
  static SortedMap<String, Artifact> of(Release release, Predicate<Artifact> usable) {
    StaticEntries all = new StaticEntries(release, usable);
    release.artifacts().stream()
        .map(artifact -> artifact.target().target())
        .distinct()
        .forEach(all::addTarget);
    return all.entries;
  }

  private void addTarget(String target) {
    SortedSet<String> archs = new TreeSet<>();
    SortedSet<String> bundleTypes = new TreeSet<>();
    for (Artifact artifact : release.artifacts()) {
      ArtifactTarget offered = artifact.target();
      if (offered.target().equals(target)) {
        archs.add(offered.arch());
        offered.bundleType().ifPresent(bundleTypes::add);
      }
    }
    if (!ARCHS.containsKey(target)) {
      addOwnTarget(target, archs);
    }
    if (archs.contains(ArtifactTarget.UNIVERSAL)) {
      archs.addAll(ARCHS.getOrDefault(target, Set.of()));
    }
    archs.forEach(arch -> addPlatform(target, arch, bundleTypes));
  }

  /** A client says nothing but the target, so there must be no question for which processor. */
  private void addOwnTarget(String target, SortedSet<String> archs) {
    Optional<String> arch =
        archs.stream()
            .filter(each -> archs.size() == 1 || each.equals(ArtifactTarget.UNIVERSAL))
            .findFirst();
    arch.flatMap(each -> best(target, each, Optional.empty()))
        .ifPresent(artifact -> entries.put(target, artifact));
  }

  private void addPlatform(String target, String arch, SortedSet<String> bundleTypes) {
    String key = target + '-' + arch;
    best(target, arch, Optional.empty())
        .ifPresent(
            artifact -> {
              entries.put(key, artifact);
              OTHER_NAMES.getOrDefault(target, Set.of()).stream()
                  .map(name -> name + '-' + arch)
                  .forEach(name -> entries.putIfAbsent(name, artifact));
            });
    for (String bundleType : bundleTypes) {
      best(target, arch, Optional.of(bundleType))
          .filter(artifact -> artifact.target().bundleType().isPresent())
          .ifPresent(artifact -> entries.put(key + '-' + bundleType, artifact));
    }
  }

  private Optional<Artifact> best(String target, String arch, Optional<String> bundleType) {
    return new ClientPlatform(target, arch, bundleType, PACKAGINGS).best(release, usable);
  }
}
