package dev.hotupdater.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.BatchAddressing;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.Storages;
import dev.hotupdater.storage.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchAddressingTest {
  private static final RequestContext CONTEXT = RequestContext.none();

  private final RemoteStorage remote = new RemoteStorage();
  private final StorageAccess access =
      new StorageAccess(
          Storages.of(List.of(remote)),
          Optional.empty(),
          "",
          Duration.ofSeconds(10),
          Clock.systemUTC());

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void addressesThatAreNeededTogether_areAskedForWithOneCall() {
    List<String> uris = List.of("remote://b/1", "remote://b/2", "https://elsewhere/3");

    Function<String, ServedAddress> addresses = access.downloadAddresses(uris, CONTEXT);

    assertEquals("https://cdn/1", addresses.apply(uris.get(0)).url());
    assertEquals("https://cdn/2", addresses.apply(uris.get(1)).url());
    assertEquals("https://elsewhere/3", addresses.apply(uris.get(2)).url());
    assertEquals(1, remote.batches);
    assertEquals(0, remote.single);
  }

  @Test
  void addressesThatAreKnown_areNotAskedForAgain() {
    List<String> uris = List.of("remote://b/1", "remote://b/2");
    List<String> urls = List.of("https://cdn/1", "https://cdn/2");

    assertEquals(urls, urls(access.downloadAddresses(uris, CONTEXT), uris));
    assertEquals(urls, urls(access.downloadAddresses(uris, CONTEXT), uris));

    assertEquals(1, remote.batches);
    assertEquals(0, remote.single);
  }

  private static List<String> urls(Function<String, ServedAddress> addresses, List<String> uris) {
    return uris.stream().map(uri -> addresses.apply(uri).url()).toList();
  }

  @Test
  void addressThatIsNeededAlone_isAskedForAlone() {
    assertEquals("https://cdn/1", access.downloadAddress("remote://b/1", CONTEXT).url());
    assertEquals(0, remote.batches);
    assertEquals(1, remote.single);
  }

  @Test
  void addressThatTheBatchLeavesOut_isAskedForAloneToLearnWhy() {
    List<String> uris = List.of("remote://b/1", "remote://b/missing");

    Function<String, ServedAddress> addresses = access.downloadAddresses(uris, CONTEXT);

    assertEquals("https://cdn/1", addresses.apply(uris.get(0)).url());
    assertThrows(StorageException.class, () -> addresses.apply(uris.get(1)));
    assertEquals(1, remote.batches);
    assertEquals(1, remote.single);
  }

  /** A storage whose addresses come from elsewhere. */
  private static final class RemoteStorage implements BatchAddressing {
    int batches;
    int single;

    @Override
    public String scheme() {
      return "remote";
    }

    @Override
    public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
      single++;
      if (uri.key().equals("missing")) {
        throw new StorageException("There is no such object.");
      }
      return DownloadAddress.permanent("https://cdn/" + uri.key());
    }

    @Override
    public Map<StorageUri, DownloadAddress> downloadAddresses(
        Collection<StorageUri> uris, RequestContext context) {
      batches++;
      Map<StorageUri, DownloadAddress> addresses = new HashMap<>();
      for (StorageUri uri : uris) {
        if (!uri.key().equals("missing")) {
          addresses.put(uri, DownloadAddress.permanent("https://cdn/" + uri.key()));
        }
      }
      return addresses;
    }

    @Override
    public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
      throw new StorageException("not in this test");
    }
  }
}
