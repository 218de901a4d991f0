package dev.hotupdater.protocol.liveupdates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.ReleaseAdoption;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseRules;
import java.util.Optional;

/** What those ask who give devices to channels, and who want to know how releases fare. */
record DeviceRoutes(Backend backend) {
  HttpResponse find(RouteRequest request) {
    return answer(
        request,
        devices(request).assignedChannel(Requests.app(request), key(request), Optional.empty()));
  }

  HttpResponse assign(RouteRequest request) {
    String channel = Requests.fields(request).text("channel");
    ReleaseRules.checkChannel(channel);
    devices(request).assign(Requests.app(request), key(request), channel);
    return answer(request, Optional.of(channel));
  }

  HttpResponse unassign(RouteRequest request) {
    devices(request).unassign(Requests.app(request), key(request));
    return answer(request, Optional.empty());
  }

  private static HttpResponse answer(RouteRequest request, Optional<String> channel) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("app_id", Requests.app(request).value());
    DeviceKey key = key(request);
    json.put(key.kind() == DeviceKey.Kind.DEVICE ? "device_id" : "custom_id", key.value());
    channel.ifPresentOrElse(name -> json.put("channel", name), () -> json.putNull("channel"));
    return Answers.ok(json);
  }

  private static DeviceKey key(RouteRequest request) {
    return request.hasParameter("device_id")
        ? DeviceKey.device(request.parameter("device_id"))
        : DeviceKey.custom(request.parameter("custom_id"));
  }

  HttpResponse statistics(RouteRequest request) {
    AppId app = Requests.knownApp(request, backend).id();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("app_id", app.value());
    ArrayNode releases = json.putArray("releases");
    devices(request).adoption(app).forEach(each -> releases.add(adoption(each)));
    return Answers.ok(json);
  }

  private static ObjectNode adoption(ReleaseAdoption adoption) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("channel", adoption.channel());
    json.put("release_id", adoption.release().value());
    json.put("version", adoption.version());
    json.put("downloaded", adoption.downloaded());
    json.put("installed", adoption.installed());
    json.put("not_installed", adoption.notInstalled());
    json.put("failed", adoption.failed());
    return json;
  }

  private Devices devices(RouteRequest request) {
    return backend.devices(request.context());
  }
}
