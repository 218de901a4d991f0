package dev.hotupdater.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.internal.Json;
import java.io.IOException;
import java.util.Optional;

/** The JSON body of a request. */
public final class RequestJson {
  private RequestJson() {}

  /**
   * Reads the body as JSON, whatever its Content-Type says.
   *
   * @param maxBytes the most bytes that are read into memory
   * @throws MalformedRequestException if it is not one JSON value, repeats a field, or is nested
   *     too deep
   * @throws dev.hotupdater.http.BodyTooLargeException if it has more bytes
   */
  public static JsonNode read(RouteRequest request, int maxBytes) {
    return readOptional(request, maxBytes)
        .orElseThrow(
            () -> new MalformedRequestException("The request body is empty; JSON is expected."));
  }

  /**
   * Reads the body as JSON, whatever its Content-Type says; empty if it is empty.
   *
   * @param maxBytes the most bytes that are read into memory
   * @throws MalformedRequestException if it is not one JSON value, repeats a field, or is nested
   *     too deep
   * @throws dev.hotupdater.http.BodyTooLargeException if it has more bytes
   */
  public static Optional<JsonNode> readOptional(RouteRequest request, int maxBytes) {
    byte[] body = request.body(maxBytes);
    try {
      return Optional.of(Json.MAPPER.readTree(body)).filter(json -> !json.isMissingNode());
    } catch (StreamConstraintsException e) {
      throw new MalformedRequestException(
          "The request body is nested too deep, or has a name or a number that is too long.");
    } catch (JsonProcessingException e) {
      throw new MalformedRequestException("The request body is not valid JSON" + where(e) + ".");
    } catch (IOException e) {
      throw new MalformedRequestException("The request body is not valid UTF-8.");
    }
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
