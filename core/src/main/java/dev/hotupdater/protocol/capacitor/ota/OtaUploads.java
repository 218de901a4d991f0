package dev.hotupdater.protocol.capacitor.ota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.protocol.SpooledFile;
import dev.hotupdater.protocol.UploadForm;
import dev.hotupdater.protocol.UploadLimits;
import dev.hotupdater.publishing.web.NewPackage;
import dev.hotupdater.publishing.web.NewWebBundle;
import dev.hotupdater.publishing.web.PublishedBundle;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.file.Path;

/**
 * Takes uploads: forms with a file and what is to be known of it. The fields may follow the file,
 * so the file waits for them on a disk. Safe for use by many threads.
 */
final class OtaUploads {
  private final Uploads uploads;
  private final WebPublishing publishing;
  private final OtaAddresses addresses;
  private final UploadLimits bundleLimits;
  private final UploadLimits packageLimits;
  private final Path spoolDirectory;

  OtaUploads(
      Uploads uploads,
      WebPublishing publishing,
      OtaAddresses addresses,
      long maxBytes,
      Path spoolDirectory) {
    this.uploads = uploads;
    this.publishing = publishing;
    this.addresses = addresses;
    bundleLimits = new UploadLimits(maxBytes, UploadFields.OF_BUNDLE);
    packageLimits = new UploadLimits(maxBytes, UploadFields.OF_PACKAGE);
    this.spoolDirectory = spoolDirectory;
  }

  /** Publishes a web bundle, which becomes the active one of its channel. */
  HttpResponse uploadBundle(RouteRequest request) {
    try (UploadForm form = read(request, bundleLimits)) {
      NewWebBundle bundle = describedBundle(new UploadFields(form));
      Path file = checkedFile(form);
      return answer(publishing.publish(uploads.app(), bundle, file, request.context()), request);
    }
  }

  /** Publishes an Android package, which becomes the latest one. */
  HttpResponse uploadPackage(RouteRequest request) {
    try (UploadForm form = read(request, packageLimits)) {
      UploadFields fields = new UploadFields(form);
      ReleaseVersion version = fields.version();
      String name = new OtaKey(AppPackage.CHANNEL, version, AppPackage.TARGET).toString();
      NewPackage described = NewPackage.of(version, name, fields.sha256());
      Path file = checkedFile(form);
      return answer(
          publishing.publishPackage(uploads.app(), described, file, request.context()), request);
    }
  }

  private UploadForm read(RouteRequest request, UploadLimits limits) {
    return UploadForm.read(request, limits, SpooledFile.named(spoolDirectory));
  }

  private static NewWebBundle describedBundle(UploadFields fields) {
    NewWebBundle.Builder bundle =
        NewWebBundle.builder(fields.version())
            .channel(fields.channel())
            .platform(fields.platform())
            .notes(fields.notes())
            .mandatory(fields.mandatory())
            .minAppVersion(fields.minNativeVersion())
            .rollout(fields.rollout());
    fields.link().ifPresent(bundle::link);
    fields.encryption().ifPresentOrElse(bundle::encryption, () -> bundle.sha256(fields.sha256()));
    return bundle.build();
  }

  private static Path checkedFile(UploadForm form) {
    // Its name is not looked at any further: the file is named after channel and version.
    form.fileName();
    if (form.file().size() == 0) {
      throw new MalformedRequestException("The 'file' field is empty.");
    }
    return form.file().path();
  }

  private HttpResponse answer(PublishedBundle published, RouteRequest request) {
    Upload upload = new Upload(published.release(), published.artifact());
    ObjectNode json = OtaJson.manifest(upload, addresses, request.context());
    json.put("active", uploads.isActive(uploads.view(request.context()), upload));
    return HttpResponse.uncached(published.isNew() ? 201 : 200, json.toString()).build();
  }
}
