package dev.hotupdater.protocol.capacitor;

import static dev.hotupdater.protocol.capacitor.CapgoServer.app;
import static dev.hotupdater.protocol.capacitor.CapgoServer.bundle;
import static dev.hotupdater.protocol.capacitor.CapgoServer.device;
import static dev.hotupdater.protocol.capacitor.CapgoServer.electron;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.TestServer.Answer;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DeviceDatabase;
import dev.hotupdater.database.DeviceStore;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.device.OutcomeCount;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.DeliveryRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that see, choose and leave channels. */
class ChannelSelfTest {
  private static final String PATH = "/channel_self";
  private static final String OLD_PLUGIN = "7.25.0";
  private static final DeviceKey DEVICE = DeviceKey.device(CapgoServer.DEVICE_ID);

  @TempDir Path directory;
  private CapgoServer server;

  @BeforeEach
  void start() {
    server = new CapgoServer(directory);
    server.publish("1.1.0", bundle());
    server.publish("1.2.0", release -> release.channel("beta"), bundle());
    server.channel("beta", ChannelSettings.OPEN);
    server.channel("public", ChannelSettings.PUBLIC);
    server.channel("private", ChannelSettings.PRIVATE);
    server.channel("choice", new ChannelSettings(false, true, false, DeliveryRules.NONE));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"beta", "choice"})
  void setChannel_thatMayBeChosen_isAllowed_andLeftToNewPlugins(String channel) {
    Answer answer = server.post(PATH, device().put("channel", channel));

    assertEquals("{\"status\":\"ok\",\"allowSet\":true}", answer.text());
    assertEquals(Optional.empty(), assigned());
  }

  @Test
  void setChannel_ofOldPlugins_isKeptHere() {
    Answer answer = server.post(PATH, device(OLD_PLUGIN).put("channel", "beta"));

    assertFalse(answer.json().has("error"));
    assertEquals(Optional.of("beta"), assigned());
    assertEquals("1.2.0", server.check(device(OLD_PLUGIN)).path("version").textValue());
  }

  @Test
  void setChannel_afterThePluginWasUpdated_isLeftToThePlugin() {
    server.post(PATH, device(OLD_PLUGIN).put("channel", "beta"));

    server.post(PATH, device().put("channel", "choice"));

    assertEquals(Optional.empty(), assigned());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "public, public_channel_self_set_not_allowed",
    "stable, public_channel_self_set_not_allowed",
    "private, channel_self_set_not_allowed",
    "nowhere, channel_not_found",
    "'', missing_channel"
  })
  void setChannel_thatMayNotBeChosen_isRefusedWithStatus200(String channel, String error) {
    Answer answer = server.post(PATH, device(OLD_PLUGIN).put("channel", channel));

    assertEquals(200, answer.status());
    assertEquals(error, answer.error());
    assertTrue(answer.json().path("message").isTextual());
    assertEquals(Optional.empty(), assigned());
  }

  @ParameterizedTest
  @ValueSource(strings = {CapgoServer.CURRENT, OLD_PLUGIN})
  void deviceThatSomebodyGaveToAChannel_cannotLeaveIt(String plugin) {
    server.server().devices().assign(app(), DEVICE, "private");

    Answer set = server.post(PATH, device(plugin).put("channel", "beta"));
    Answer unset = server.send("DELETE", PATH, device(plugin).toString());

    assertEquals("cannot_override", set.error());
    assertEquals("cannot_override", unset.error());
    assertEquals(Optional.of("private"), assigned());
  }

  @ParameterizedTest
  @ValueSource(strings = {CapgoServer.CURRENT, OLD_PLUGIN})
  void deviceThatAnOperatorGaveToAChannel_cannotLeaveIt_thoughDevicesMayChooseIt(String plugin) {
    server.post(PATH, device(OLD_PLUGIN).put("channel", "choice"));
    for (DeviceKey given : List.of(DEVICE, DeviceKey.custom("anna"))) {
      server.server().devices().assign(app(), given, "beta");
      ObjectNode device = device(plugin).put("custom_id", "anna");

      assertEquals("cannot_override", server.post(PATH, device.put("channel", "choice")).error());
      assertEquals("cannot_override", server.send("DELETE", PATH, device.toString()).error());
      assertEquals(
          "1.2.0", server.check(device.put("version_name", "1.1.0")).path("version").textValue());

      server.server().devices().unassign(app(), given);
    }
    assertEquals(Optional.of("choice"), assigned());
  }

  @Test
  void whatADeviceChooses_isNoOperatorsWord() {
    server.post(PATH, device(OLD_PLUGIN).put("channel", "beta"));

    assertEquals(
        Optional.empty(), server.server().devices().givenChannel(app(), DEVICE, Optional.empty()));
    assertEquals(Optional.of("beta"), server.server().devices().chosenChannel(app(), DEVICE));
  }

  @Test
  void choiceThatIsThereAlready_isNotWrittenAgain() throws IOException {
    AtomicInteger written = new AtomicInteger();
    InMemoryDatabase memory = InMemoryDatabase.create();
    try (CapgoServer counted =
        new CapgoServer(
            Files.createDirectory(directory.resolve("counted")),
            builder -> builder.database(new CountedAssignments(memory, written)),
            CapgoRoutes.at(""))) {
      counted.channel("beta", ChannelSettings.OPEN);
      ObjectNode old = device(OLD_PLUGIN);

      counted.send("DELETE", PATH, old.toString());
      assertEquals(0, written.get());
      for (int i = 0; i < 3; i++) {
        counted.post(PATH, old.put("channel", "beta"));
      }
      assertEquals(1, written.get());
      for (int i = 0; i < 3; i++) {
        counted.send("DELETE", PATH, old.toString());
        counted.post(PATH, device().put("channel", "beta"));
      }
      assertEquals(2, written.get());
    }
  }

  /** Counts how often a channel is written. */
  private record CountedAssignments(InMemoryDatabase memory, AtomicInteger written)
      implements ReleaseDatabase, DeviceDatabase {
    @Override
    public void check() {}

    @Override
    public BundleStore bundles(RequestContext context) {
      return memory.bundles(context);
    }

    @Override
    public ReleaseStore releases(RequestContext context) {
      return memory.releases(context);
    }

    @Override
    public DeviceStore devices(RequestContext context) {
      return new Counted(memory.devices(context), written);
    }
  }

  private record Counted(DeviceStore store, AtomicInteger written) implements DeviceStore {
    @Override
    public void record(Collection<DeviceEvent> events, Instant recordedAt) {
      store.record(events, recordedAt);
    }

    @Override
    public void assign(ChannelAssignment assignment) {
      written.incrementAndGet();
      store.assign(assignment);
    }

    @Override
    public Stream<DeviceFact> changesSince(Instant moment) {
      return store.changesSince(moment);
    }

    @Override
    public List<OutcomeCount> counts(AppId app) {
      return store.counts(app);
    }

    @Override
    public int deleteBefore(Instant moment, Set<DeviceOutcome> outcomes, int limit) {
      return store.deleteBefore(moment, outcomes, limit);
    }
  }

  @ParameterizedTest(name = "device on {0}: {1}")
  @CsvSource({
    "'', '{\"channel\":\"stable\",\"status\":\"default\",\"allowSet\":false}'",
    "beta, '{\"channel\":\"beta\",\"status\":\"default\",\"allowSet\":true}'",
    "public, '{\"channel\":\"public\",\"status\":\"default\",\"allowSet\":false}'"
  })
  void getChannel_isTheOneThatTheDeviceHas(String named, String expected) {
    Answer answer = server.send("PUT", PATH, device().put("defaultChannel", named).toString());

    assertEquals(expected, answer.text());
  }

  @Test
  void getChannel_isTheOneThatTheDeviceWasGivenTo() {
    server.server().devices().assign(app(), DEVICE, "private");

    Answer answer = server.send("PUT", PATH, device().put("defaultChannel", "beta").toString());

    assertEquals(
        "{\"channel\":\"private\",\"status\":\"override\",\"allowSet\":false}", answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "nowhere"})
  void getChannel_thatTheDeviceCannotHave_isNotFound_soThatItGoesBackToItsOwn(String named) {
    Answer answer = server.send("PUT", PATH, device().put("defaultChannel", named).toString());

    assertEquals(400, answer.status());
    assertEquals("channel_not_found", answer.error());
    assertTrue(answer.text().contains("channel_not_found"));
  }

  @Test
  void listChannels_isABareArray_withNumbersAsIds_ofWhatMayBeNamed() {
    JsonNode list = server.query("GET", PATH, device()).json();

    assertTrue(list.isArray());
    assertEquals(List.of("beta", "choice", "public", "stable"), names(list));
    for (JsonNode channel : list) {
      assertTrue(channel.path("id").isIntegralNumber());
      assertTrue(channel.path("id").canConvertToInt() && channel.path("id").intValue() > 0);
      assertTrue(channel.path("public").isBoolean());
      assertTrue(channel.path("allow_self_set").isBoolean());
    }
    assertEquals(list, server.query("GET", PATH, device()).json());
  }

  @Test
  void defaultChannel_isThere_whateverWasSaidOfIt() {
    server.channel("stable", ChannelSettings.PRIVATE);

    assertTrue(names(server.query("GET", PATH, device()).json()).contains("stable"));
    Answer answer = server.send("PUT", PATH, device().put("defaultChannel", "stable").toString());
    assertEquals("stable", answer.json().path("channel").textValue(), answer.text());
  }

  @Test
  void listChannels_hasThoseAloneThatDeliverToTheDevice() {
    server.channel("beta", rules("ios", true, true, true, true));
    server.channel("public", rules("android", false, true, true, true));
    server.channel("choice", rules("android", true, true, true, false));

    assertEquals(List.of("choice", "stable"), names(server.query("GET", PATH, device()).json()));
    ObjectNode debug = device().put("is_prod", false).put("is_emulator", true);
    assertEquals(List.of("public", "stable"), names(server.query("GET", PATH, debug).json()));
  }

  private static ChannelSettings rules(
      String platform,
      boolean production,
      boolean development,
      boolean physicalDevices,
      boolean emulators) {
    DeliveryRules rules =
        new DeliveryRules(
            Optional.of(new TreeSet<>(List.of(platform))),
            Optional.of(production),
            Optional.of(development),
            Optional.of(physicalDevices),
            Optional.of(emulators),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ChannelSettings(true, true, false, rules);
  }

  @Test
  void unsetChannel_takesTheDeviceInABody() {
    server.post(PATH, device(OLD_PLUGIN).put("channel", "beta"));

    Answer answer = server.send("DELETE", PATH, device(OLD_PLUGIN).toString());

    assertEquals("{\"status\":\"ok\"}", answer.text());
    assertEquals(Optional.empty(), assigned());
  }

  @Test
  void unsetChannel_takesTheDeviceInAQuery() {
    server.post(PATH, device(OLD_PLUGIN).put("channel", "beta"));

    Answer answer = server.query("DELETE", PATH, device(OLD_PLUGIN));

    assertEquals("{\"status\":\"ok\"}", answer.text());
    assertEquals(Optional.empty(), assigned());
  }

  @Test
  void unsetChannel_ofADeviceWithoutOne_isFine() {
    assertEquals("{\"status\":\"ok\"}", server.send("DELETE", PATH, device().toString()).text());
  }

  @Test
  void electron_choosesAndLeavesChannelsWithPost() {
    ObjectNode set = electron().put("action", "set").put("channel", "beta");

    assertFalse(server.post(PATH, set).json().has("error"));
    assertEquals(Optional.of("beta"), assigned());
    Answer unset = server.post(PATH, electron().put("action", "unset"));
    assertEquals("{\"status\":\"ok\"}", unset.text());
    assertEquals(Optional.empty(), assigned());
  }

  @Test
  void electron_asksForItsChannelWithGet() {
    server.server().devices().assign(app(), DEVICE, "beta");

    Answer answer = server.query("GET", PATH, electron());

    assertEquals(
        "{\"channel\":\"beta\",\"status\":\"override\",\"allow_set\":true}", answer.text());
  }

  @Test
  void electron_getsTheListInAnObject() {
    JsonNode list = server.query("GET", PATH, electron().put("action", "list")).json();

    assertEquals(List.of("beta", "choice", "public", "stable"), names(list.path("channels")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void appThatIsNotThere_isAnError(String method) {
    ObjectNode device = device().put("app_id", "com.example.other").put("channel", "beta");

    assertEquals("app_not_found", server.send(method, PATH, device.toString()).error());
    assertEquals("app_not_found", server.query("GET", PATH, device).error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void deviceThatIsNotNamed_isAMalformedRequest(String method) {
    ObjectNode device = device().put("device_id", "").put("channel", "beta");

    Answer answer = server.send(method, PATH, device.toString());

    assertEquals(400, answer.status());
    assertEquals("missing_device_id", answer.error());
  }

  private Optional<String> assigned() {
    return server.server().devices().assignedChannel(app(), DEVICE, Optional.empty());
  }

  private static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(channel -> channel.path("name").textValue())
        .toList();
  }
}
