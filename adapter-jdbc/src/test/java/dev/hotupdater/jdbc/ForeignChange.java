package dev.hotupdater.jdbc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.bundle.UpdateDecision;
import dev.hotupdater.catalog.Bundles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A change that other software, or a person, makes with SQL: to rows of bundles and patches, and to
 * nothing else.
 *
 * @param name what is changed, for messages
 * @param before the bundles that it needs
 * @param sql one transaction
 * @param visible whether a server knows of it, as its devices see it where they can
 */
record ForeignChange(
    String name, List<Bundle> before, List<String> sql, Predicate<Bundles> visible) {

  /** One of every kind, all on bundles and in channels that have this prefix for themselves. */
  static List<ForeignChange> ofEveryKind(String prefix, int firstId) {
    List<ForeignChange> changes = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      int id = firstId + Lane.IDS * kind.ordinal();
      String channel = prefix + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      changes.add(kind.change(new Lane(channel, id)));
    }
    return changes;
  }

  private enum Kind {
    INSERT {
      @Override
      ForeignChange change(Lane lane) {
        Bundle inserted = lane.bundle(2, "inserted");
        return lane.change(
            List.of(lane.insert(inserted)), bundles -> lane.isOffered(inserted, bundles));
      }
    },
    DISABLE {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "enabled = false")),
            bundles -> lane.isOffered(lane.older, bundles));
      }
    },
    ENABLE {
      @Override
      ForeignChange change(Lane lane) {
        Bundle disabled = lane.newer.toBuilder().enabled(false).build();
        return lane.with(disabled)
            .change(
                List.of(lane.update(disabled, "enabled = true")),
                bundles -> lane.isOffered(lane.newer, bundles));
      }
    },
    DELETE {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of("delete from bundles where id = '" + lane.newer.id() + "'"),
            bundles ->
                lane.isOffered(lane.older, bundles) && bundles.lookUp(lane.newer.id()).isEmpty());
      }
    },
    /** One row goes and another one comes, so that there are as many as before. */
    DELETE_AND_INSERT {
      @Override
      ForeignChange change(Lane lane) {
        Bundle inserted = lane.bundle(2, "inserted");
        return lane.change(
            List.of(
                "delete from bundles where id = '" + lane.older.id() + "'", lane.insert(inserted)),
            bundles ->
                lane.isOffered(inserted, bundles) && bundles.lookUp(lane.older.id()).isEmpty());
      }
    },
    /** The same id again with another content. */
    REPLACE {
      @Override
      ForeignChange change(Lane lane) {
        Bundle again = lane.bundle(1, "afresh");
        return lane.change(
            List.of("delete from bundles where id = '" + again.id() + "'", lane.insert(again)),
            bundles -> lane.isOffered(again, bundles));
      }
    },
    ROLLOUT {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "rollout_cohort_count = 0")),
            bundles -> lane.isOffered(lane.older, bundles));
      }
    },
    TARGET_COHORTS {
      @Override
      ForeignChange change(Lane lane) {
        Bundle hidden = lane.newer.toBuilder().rollout(Rollout.of(0)).build();
        return lane.with(hidden)
            .change(
                List.of(lane.update(hidden, "target_cohorts = '[\"qa\"]'")),
                bundles -> isUpdateTo(hidden.id(), lane.check(Optional.of("qa"), bundles)));
      }
    },
    TARGET_APP_VERSION {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "target_app_version = '2.x'")),
            bundles -> lane.isOffered(lane.older, bundles));
      }
    },
    CHANNEL {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "channel = '" + lane.channel + "-moved'")),
            bundles ->
                lane.isOffered(lane.older, bundles)
                    && isUpdateTo(lane.newer.id(), bundles.decide(lane.moved())));
      }
    },
    PLATFORM {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "platform = 'android'")),
            bundles -> lane.isOffered(lane.older, bundles));
      }
    },
    /** As long as the message before. */
    MESSAGE {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "message = 'NEWER'")),
            bundles ->
                lane.isOffered(
                    lane.newer.toBuilder().message(Optional.of("NEWER")).build(), bundles));
      }
    },
    MESSAGE_BECOMES_EMPTY {
      @Override
      ForeignChange change(Lane lane) {
        Bundle silent = lane.newer.toBuilder().message(Optional.empty()).build();
        return lane.with(silent)
            .change(
                List.of(lane.update(silent, "message = ''")),
                bundles ->
                    lane.isOffered(silent.toBuilder().message(Optional.of("")).build(), bundles));
      }
    },
    /** The table has the same values as before, in other rows. */
    SWAPPED_MESSAGES {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(
                lane.update(lane.newer, "message = 'older'"),
                lane.update(lane.older, "message = 'newer'")),
            bundles ->
                lane.isOffered(
                    lane.newer.toBuilder().message(Optional.of("older")).build(), bundles));
      }
    },
    STORAGE_URI {
      @Override
      ForeignChange change(Lane lane) {
        return lane.change(
            List.of(lane.update(lane.newer, "storage_uri = 'https://updates.test/moved.zip'")),
            bundles ->
                lane.isOffered(
                    lane.newer.toBuilder().storageUri("https://updates.test/moved.zip").build(),
                    bundles));
      }
    },
    METADATA {
      @Override
      ForeignChange change(Lane lane) {
        Metadata edited = Metadata.of(JsonNodeFactory.instance.objectNode().put("by", "hand"));
        return lane.change(
            List.of(lane.update(lane.newer, "metadata = '{\"by\":\"hand\"}'")),
            bundles -> lane.isLookedUp(lane.newer.toBuilder().metadata(edited).build(), bundles));
      }
    },
    INSERT_PATCH {
      @Override
      ForeignChange change(Lane lane) {
        BundlePatch patch = lane.patch(lane.older);
        return lane.change(
            List.of(
                "insert into bundle_patches (id, bundle_id, base_bundle_id, base_file_hash,"
                    + " patch_file_hash, patch_storage_uri, order_index) values ('"
                    + lane.newer.id()
                    + ":"
                    + lane.older.id()
                    + "', '"
                    + lane.newer.id()
                    + "', '"
                    + lane.older.id()
                    + "', '"
                    + patch.baseFileHash()
                    + "', '"
                    + patch.patchFileHash()
                    + "', '"
                    + patch.patchStorageUri()
                    + "', 0)"),
            bundles -> lane.isOffered(lane.patched(patch), bundles));
      }
    },
    UPDATE_PATCH {
      @Override
      ForeignChange change(Lane lane) {
        BundlePatch patch = lane.patch(lane.older);
        return lane.with(lane.patched(patch))
            .change(
                List.of(lane.updatePatches("patch_file_hash = 'PATCH'")),
                bundles ->
                    lane.isOffered(
                        lane.patched(
                            new BundlePatch(
                                patch.baseBundleId(),
                                patch.baseFileHash(),
                                "PATCH",
                                patch.patchStorageUri())),
                        bundles));
      }
    },
    DELETE_PATCH {
      @Override
      ForeignChange change(Lane lane) {
        return lane.with(lane.patched(lane.patch(lane.older)))
            .change(
                List.of("delete from bundle_patches where bundle_id = '" + lane.newer.id() + "'"),
                bundles -> lane.isOffered(lane.newer, bundles));
      }
    },
    DELETE_BASE {
      @Override
      ForeignChange change(Lane lane) {
        return lane.with(lane.patched(lane.patch(lane.older)))
            .change(
                List.of("delete from bundles where id = '" + lane.older.id() + "'"),
                bundles -> lane.isOffered(lane.newer, bundles));
      }
    },
    ORDER_OF_PATCHES {
      @Override
      ForeignChange change(Lane lane) {
        Bundle third = lane.bundle(2, "third").toBuilder().enabled(false).build();
        BundlePatch first = lane.patch(lane.older);
        BundlePatch second = lane.patch(third);
        Bundle patched = lane.patched(first, second);
        return new ForeignChange(
            lane.channel,
            List.of(lane.older, third, patched),
            List.of(lane.updatePatches("order_index = 1 - order_index")),
            bundles -> lane.isOffered(lane.patched(second, first), bundles));
      }
    };

    abstract ForeignChange change(Lane lane);

    static boolean isUpdateTo(BundleId id, UpdateDecision decision) {
      return decision instanceof UpdateDecision.Update
          && ((UpdateDecision.Update) decision).bundle().id().equals(id);
    }
  }

  /** What one change has for itself: a channel with two bundles, of which the newer is offered. */
  private static final class Lane {
    static final int IDS = 3;

    private final String channel;
    private final int firstId;
    private final Bundle older;
    private final Bundle newer;

    Lane(String channel, int firstId) {
      this.channel = channel;
      this.firstId = firstId;
      older = bundle(0, "older");
      newer = bundle(1, "newer");
    }

    Bundle bundle(int index, String message) {
      int number = firstId + index;
      return Bundle.builder()
          .id(BundleId.of(String.format(Locale.ROOT, "0198c0de-0000-7000-8000-%012d", number)))
          .platform(Platform.IOS)
          .fileHash("hash")
          .channel(channel)
          .storageUri("https://updates.test/" + number + ".zip")
          .targetAppVersion(Optional.of("1.x"))
          .message(Optional.of(message))
          .build();
    }

    BundlePatch patch(Bundle base) {
      return new BundlePatch(base.id(), "base", "patch", "https://updates.test/" + base.id());
    }

    Bundle patched(BundlePatch... patches) {
      return newer.toBuilder().patches(List.of(patches)).build();
    }

    ForeignChange change(List<String> sql, Predicate<Bundles> visible) {
      return with(newer).change(sql, visible);
    }

    /** A change that finds the newer bundle as this one. */
    Start with(Bundle newerBefore) {
      return (sql, visible) ->
          new ForeignChange(channel, List.of(older, newerBefore), sql, visible);
    }

    interface Start {
      ForeignChange change(List<String> sql, Predicate<Bundles> visible);
    }

    String insert(Bundle bundle) {
      return "insert into bundles (id, platform, should_force_update, enabled, file_hash, message,"
          + " channel, storage_uri, target_app_version, metadata, rollout_cohort_count) values ('"
          + bundle.id()
          + "', 'ios', false, true, 'hash', '"
          + bundle.message().orElseThrow()
          + "', '"
          + channel
          + "', '"
          + bundle.storageUri()
          + "', '1.x', '{}', 1000)";
    }

    String update(Bundle bundle, String assignment) {
      return "update bundles set " + assignment + " where id = '" + bundle.id() + "'";
    }

    String updatePatches(String assignment) {
      return "update bundle_patches set " + assignment + " where bundle_id = '" + newer.id() + "'";
    }

    UpdateDecision check(Optional<String> cohort, Bundles bundles) {
      return bundles.decide(
          UpdateCheck.ofAppVersion(Platform.IOS, "1.0.0")
              .channel(channel)
              .cohort(cohort.map(Cohort::of))
              .build());
    }

    UpdateCheck moved() {
      return UpdateCheck.ofAppVersion(Platform.IOS, "1.0.0").channel(channel + "-moved").build();
    }

    /** Whether devices are told to update to this bundle, exactly as it is here. */
    boolean isOffered(Bundle bundle, Bundles bundles) {
      return check(Optional.empty(), bundles).equals(new UpdateDecision.Update(bundle))
          && isLookedUp(bundle, bundles);
    }

    boolean isLookedUp(Bundle bundle, Bundles bundles) {
      return bundles.lookUp(bundle.id()).equals(Optional.of(bundle));
    }
  }
}
