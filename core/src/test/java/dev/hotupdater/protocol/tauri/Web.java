package dev.hotupdater.protocol.tauri;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts that can be asked without a network, and what they were asked. */
final class Web {
  private final Map<String, HttpHandler> hosts = new ConcurrentHashMap<>();
  private final List<Exchange> exchanges = new ArrayList<>();

  /** An answer with its body read. */
  record Reply(int status, HttpHeaders headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** A request and what was answered. */
  record Exchange(URI uri, Map<String, String> headers, Reply reply) {}

  /** A host is its address up to the path, such as {@code https://updates.example.com}. */
  Web host(String address, HttpHandler handler) {
    hosts.put(address, handler);
    return this;
  }

  /** Everything that was asked so far, in its order. */
  List<Exchange> exchanges() {
    return exchanges;
  }

  /** Asks a host; empty if there is none with this name. */
  Optional<Reply> get(URI uri, Map<String, String> headers) {
    String address = uri.getScheme() + "://" + uri.getRawAuthority();
    HttpHandler handler = hosts.get(address);
    if (handler == null) {
      return Optional.empty();
    }
    HttpHeaders.Builder fields = HttpHeaders.builder();
    headers.forEach(fields::add);
    HttpRequest request =
        HttpRequest.builder("GET", uri.getRawPath())
            .rawQuery(Optional.ofNullable(uri.getRawQuery()).orElse(""))
            .headers(fields.build())
            .context(RequestContext.none().withBaseUri(URI.create(address)))
            .build();
    Reply reply = read(handler.handle(request));
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.putAll(headers);
    exchanges.add(new Exchange(uri, sent, reply));
    return Optional.of(reply);
  }

  private static Reply read(HttpResponse response) {
    try (var content = response.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      content.writeTo(bytes);
      return new Reply(response.status(), response.headers(), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
