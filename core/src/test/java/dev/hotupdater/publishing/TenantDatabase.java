package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.database.ReleaseDatabase;
import dev.hotupdater.database.ReleaseStore;

/** A database of two tenants, of which one is away when a test says so. */
final class TenantDatabase implements ReleaseDatabase {
  static final RequestContext AWAY =
      RequestContext.none().with("tenant", "away").withCacheKey("away");

  private final InMemoryDatabase present = InMemoryDatabase.create();
  private final InMemoryDatabase other = InMemoryDatabase.create();
  volatile boolean isAway;

  private InMemoryDatabase of(RequestContext context) {
    if (context.attribute("tenant", String.class).isEmpty()) {
      return present;
    }
    if (isAway) {
      throw new DatabaseException("The tenant is away.");
    }
    return other;
  }

  @Override
  public ReleaseStore releases(RequestContext context) {
    return of(context).releases(context);
  }

  @Override
  public void check() {
    present.check();
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return of(context).bundles(context);
  }
}
