package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code If-Match} and {@code If-None-Match} compare with. Source: RFC 9110, sections 13.1.1
 * and 13.1.2. A field that has not the right form names no tag.
 *
 * @param any whether the field is {@code *}
 * @param tags the tags that the field names
 */
record EntityTagCondition(boolean any, List<EntityTag> tags) {
  private static final EntityTagCondition ANY = new EntityTagCondition(true, List.of());
  private static final EntityTagCondition NONE = new EntityTagCondition(false, List.of());

  /** The condition of a field that may be sent in several lines; empty if it is not sent. */
  static Optional<EntityTagCondition> of(HttpHeaders headers, String field) {
    return headers.first(field).isEmpty()
        ? Optional.empty()
        : Optional.of(parse(String.join(",", headers.all(field))));
  }

  // A tag may itself have a comma, so the list cannot just be split at commas.
  static EntityTagCondition parse(String text) {
    if (text.strip().equals("*")) {
      return ANY;
    }
    List<EntityTag> tags = new ArrayList<>();
    int start = endOfBlanks(text, 0);
    while (start < text.length()) {
      int end = start;
      if (text.charAt(start) != ',') {
        end = EntityTag.endOf(text, start);
        if (end < 0) {
          return NONE;
        }
        tags.add(EntityTag.of(text, start, end));
      }
      int comma = endOfBlanks(text, end);
      if (comma < text.length() && text.charAt(comma) != ',') {
        return NONE;
      }
      start = endOfBlanks(text, comma + 1);
    }
    return new EntityTagCondition(false, List.copyOf(tags));
  }

  private static int endOfBlanks(String text, int start) {
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return end;
  }

  boolean matchesStrongly(EntityTag current) {
    for (EntityTag tag : tags) {
      if (current.matchesStrongly(tag)) {
        return true;
      }
    }
    return any;
  }

  boolean matchesWeakly(EntityTag current) {
    for (EntityTag tag : tags) {
      if (current.matchesWeakly(tag)) {
        return true;
      }
    }
    return any;
  }
}
