package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.CachePolicy;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.Lifetime;
import dev.hotupdater.protocol.hotupdater.UpdateResolver.Instruction;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Turns a request for an update into an answer. Safe for use by many threads. */
final class UpdateCheckHandler {
  private static final UpdateAnswer NO_UPDATE = UpdateAnswer.of("null", Lifetime.UNLIMITED);
  private static final UpdateAnswer UP_TO_DATE =
      UpdateAnswer.of("{\"status\":\"UP_TO_DATE\"}", Lifetime.UNLIMITED);

  private final UpdateResolver resolver;
  private final UpdateAnswers answers;
  private final SdkVersions sdkVersions = new SdkVersions();
  private final CachePolicy cachePolicy;
  private final CachePolicy privateCachePolicy;
  private final Clock clock;

  UpdateCheckHandler(Backend backend, CachePolicy cachePolicy) {
    resolver = new UpdateResolver(backend);
    answers = new UpdateAnswers(resolver, backend);
    this.cachePolicy = cachePolicy;
    privateCachePolicy = cachePolicy.asPrivate();
    clock = backend.storage().clock();
  }

  /**
   * The answer to a request.
   *
   * @param check the device as far as the path differs from route to route
   */
  HttpResponse answer(RouteRequest request, UpdateCheck.Builder check) {
    check
        .channel(request.parameter("channel"))
        .minBundleId(bundleId(request, "minBundleId"))
        .bundleId(bundleId(request, "bundleId"))
        .cohort(cohort(request));
    RequestContext context = request.context();
    Optional<Instruction> instruction = resolver.instruct(check.build(), context);
    UpdateAnswer answer =
        instruction.isPresent() ? answers.get(instruction.get(), context) : noUpdate(request);
    return answer.respond(request.http(), cacheControl(answer.lifetime(), context));
  }

  private UpdateAnswer noUpdate(RouteRequest request) {
    return sdkVersions.understandUpToDate(request.header(SdkVersion.HEADER))
        ? UP_TO_DATE
        : NO_UPDATE;
  }

  private String cacheControl(Lifetime lifetime, RequestContext context) {
    boolean isForAll = context.cacheKey().filter(String::isEmpty).isPresent();
    CachePolicy policy = isForAll ? cachePolicy : privateCachePolicy;
    if (lifetime.isUnlimited()) {
      return policy.toString();
    }
    return policy.within(Duration.between(clock.instant(), lifetime.end())).toString();
  }

  private static BundleId bundleId(RouteRequest request, String name) {
    return BundleId.parse(request.parameter(name))
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "Invalid route parameter: " + name + ". Expected a UUID."));
  }

  private static Optional<Cohort> cohort(RouteRequest request) {
    return request.hasParameter("cohort")
        ? Optional.of(Cohort.of(request.parameter("cohort")))
        : Optional.empty();
  }
}
