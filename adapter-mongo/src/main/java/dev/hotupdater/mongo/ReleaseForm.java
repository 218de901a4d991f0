package dev.hotupdater.mongo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseJson;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The documents of releases, whose names are their versions on a channel of an app. */
final class ReleaseForm extends RecordForm<Release> {
  @Override
  ReleaseTable table() {
    return ReleaseTable.RELEASES;
  }

  @Override
  Release parse(JsonNode json) {
    return ReleaseJson.read(json);
  }

  @Override
  JsonNode json(Release release) {
    return ReleaseJson.write(release);
  }

  @Override
  String id(Release release) {
    return release.id().value();
  }

  @Override
  List<String> nameFields() {
    return List.of(Fields.APP_ID, Fields.CHANNEL, Fields.VERSION);
  }

  @Override
  BsonDocument name(Release release) {
    return new BsonDocument(Fields.APP_ID, new BsonString(release.appId().value()))
        .append(Fields.CHANNEL, new BsonString(release.channel()))
        .append(Fields.VERSION, new BsonString(release.version().toString()));
  }

  @Override
  AlreadyTakenException taken(Release release) {
    return AlreadyTakenException.version(release);
  }
}
