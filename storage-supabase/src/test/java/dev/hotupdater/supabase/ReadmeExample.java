package dev.hotupdater.supabase;

import java.net.URI;

/** The example of the README. */
final class ReadmeExample {
  private ReadmeExample() {}

  static SupabaseStorage storage(String projectUrl, String serviceRoleKey) {
    return SupabaseStorage.builder()
        .projectUrl(URI.create(projectUrl))
        .bucket("updates")
        .serviceRoleKey(serviceRoleKey)
        .build();
  }
}
