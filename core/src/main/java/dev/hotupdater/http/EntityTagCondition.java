package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code If-Match} and {@code If-None-Match} compare with. Source: RFC 9110, sections 13.1.1
 * and 13.1.2. A field that has not the right form names no tag.
 *
 * @param any whether the field is {@code *}
 * @param tags the tags that the field names
 */
record EntityTagCondition(boolean any, List<EntityTag> tags) {
  // A tag may itself have a comma, so the list cannot just be split at commas. Nothing is tried in
  // two ways, so that no text takes long.
  private static final Pattern ELEMENT =
      Pattern.compile("[ \\t]*+(?:" + EntityTag.FORM + "[ \\t]*+)?+(?:,|\\z)");

  /** The condition of a field that may be sent in several lines; empty if it is not sent. */
  static Optional<EntityTagCondition> of(HttpHeaders headers, String field) {
    List<String> lines = headers.all(field);
    return lines.isEmpty() ? Optional.empty() : Optional.of(parse(String.join(",", lines)));
  }

  static EntityTagCondition parse(String text) {
    if (text.strip().equals("*")) {
      return new EntityTagCondition(true, List.of());
    }
    List<EntityTag> tags = new ArrayList<>();
    Matcher matcher = ELEMENT.matcher(text);
    while (matcher.regionStart() < text.length()) {
      if (!matcher.lookingAt()) {
        return new EntityTagCondition(false, List.of());
      }
      if (matcher.group(2) != null) {
        tags.add(new EntityTag(matcher.group(2), matcher.group(1) != null));
      }
      matcher.region(matcher.end(), text.length());
    }
    return new EntityTagCondition(false, List.copyOf(tags));
  }

  boolean matchesStrongly(EntityTag current) {
    return any || tags.stream().anyMatch(current::matchesStrongly);
  }

  boolean matchesWeakly(EntityTag current) {
    return any || tags.stream().anyMatch(current::matchesWeakly);
  }
}
