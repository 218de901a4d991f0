package dev.hotupdater.mongo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppJson;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The documents of apps, whose names are their slugs. */
final class AppForm extends RecordForm<App> {
  @Override
  ReleaseTable table() {
    return ReleaseTable.APPS;
  }

  @Override
  App parse(JsonNode json) {
    return AppJson.read(json);
  }

  @Override
  JsonNode json(App app) {
    return AppJson.write(app);
  }

  @Override
  String id(App app) {
    return app.id().value();
  }

  @Override
  List<String> nameFields() {
    return List.of(Fields.SLUG);
  }

  @Override
  BsonDocument name(App app) {
    BsonDocument name = new BsonDocument();
    app.slug().ifPresent(slug -> name.append(Fields.SLUG, new BsonString(slug.value())));
    return name;
  }

  @Override
  AlreadyTakenException taken(App app) {
    return AlreadyTakenException.slug(app.slug().orElseThrow());
  }
}
