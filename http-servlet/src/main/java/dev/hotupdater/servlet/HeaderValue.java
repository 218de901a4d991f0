package dev.hotupdater.servlet;

import dev.hotupdater.http.MalformedRequestException;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * The value of a header field such as {@code form-data; name="a"}.
 *
 * @param token what comes before the parameters
 * @param parameters by name in lower case; {@code null} for a parameter without value
 */
record HeaderValue(String token, Map<String, @Nullable String> parameters) {
  static HeaderValue parse(String value) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    try {
      return new HeaderValue(value.split(";", 2)[0].strip(), parser.parse(value, ';'));
    } catch (IllegalArgumentException e) {
      // The parser knows the encodings of MIME as well, and does not catch what goes wrong there.
      throw new MalformedRequestException("A header of the multipart body cannot be decoded.");
    }
  }

  boolean is(String expected) {
    return token.equalsIgnoreCase(expected);
  }

  Optional<String> parameter(String name) {
    if (!parameters.containsKey(name)) {
      return Optional.empty();
    }
    String value = parameters.get(name);
    return Optional.of(value == null ? "" : value);
  }
}
