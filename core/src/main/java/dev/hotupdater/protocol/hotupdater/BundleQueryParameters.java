package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.bundle.BundleQuery.Window;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.QueryParameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The listing that the parameters of a query ask for. Source: Hot Updater protocol, "Listing". */
final class BundleQueryParameters {
  private static final Pattern NUMBER = Pattern.compile("0*([0-9]+)");

  private static final int SAFE_DIGITS = 9;

  /** A parameter can be repeated; the values beyond this number are not worth a query. */
  private static final int MAX_VALUES = 1_000;

  private final QueryParameters query;

  private BundleQueryParameters(QueryParameters query) {
    this.query = query;
  }

  /**
   * The listing that a query asks for.
   *
   * @throws MalformedRequestException naming the parameter that has a bad value
   */
  static BundleQuery parse(QueryParameters query) {
    BundleQueryParameters parameters = new BundleQueryParameters(query);
    int limit = parameters.limit();
    Window window = parameters.window();
    return new BundleQuery(parameters.filter(), limit, window);
  }

  private int limit() {
    return query
        .first("limit")
        .map(
            text ->
                positive(text)
                    .filter(limit -> limit <= BundleQuery.MAX_LIMIT)
                    .orElseThrow(
                        () ->
                            invalid(
                                "limit",
                                "must be a positive integer between 1 and "
                                    + BundleQuery.MAX_LIMIT)))
        .orElse(BundleQuery.DEFAULT_LIMIT);
  }

  private Window window() {
    if (query.first("offset").isPresent()) {
      throw new MalformedRequestException(
          "The 'offset' query parameter has been removed. Use 'after' or 'before' cursor pagination"
              + " instead.");
    }
    Optional<Window> page =
        query
            .first("page")
            .map(
                text ->
                    positive(text)
                        .map(Window.Page::new)
                        .orElseThrow(() -> invalid("page", "must be a positive integer")));
    Optional<Window> after = id("after").map(Window.After::new);
    Optional<Window> before = id("before").map(Window.Before::new);
    return page.or(() -> after).or(() -> before).orElseGet(Window.First::new);
  }

  private BundleFilter filter() {
    BundleFilter.Builder filter = BundleFilter.builder();
    query.first("channel").filter(text -> !text.isEmpty()).ifPresent(filter::channel);
    query.first("platform").map(RequestPlatform::parse).ifPresent(filter::platform);
    bool("enabled").ifPresent(filter::enabled);
    id("idEq").ifPresent(filter::idEqual);
    id("idGt").ifPresent(filter::idGreater);
    id("idGte").ifPresent(filter::idGreaterOrEqual);
    id("idLt").ifPresent(filter::idLess);
    id("idLte").ifPresent(filter::idLessOrEqual);
    repeated("idIn", ids -> filter.idIn(ids.stream().map(id -> id("idIn", id)).toList()));
    query.first("targetAppVersion").map(this::nullable).ifPresent(filter::targetAppVersion);
    repeated("targetAppVersionIn", filter::targetAppVersionIn);
    bool("targetAppVersionNotNull").ifPresent(filter::targetAppVersionPresent);
    query.first("fingerprintHash").map(this::nullable).ifPresent(filter::fingerprintHash);
    return filter.build();
  }

  private Optional<Boolean> bool(String name) {
    return query
        .first(name)
        .map(
            text -> {
              if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
              }
              throw invalid(name, "must be 'true' or 'false'");
            });
  }

  private Optional<BundleId> id(String name) {
    return query.first(name).filter(text -> !text.isEmpty()).map(text -> id(name, text));
  }

  private static BundleId id(String name, String text) {
    return BundleId.parse(text).orElseThrow(() -> invalid(name, "must be a UUID"));
  }

  private void repeated(String name, Consumer<List<String>> consumer) {
    List<String> values = query.all(name);
    if (values.size() > MAX_VALUES) {
      throw invalid(name, "must not be repeated more than " + MAX_VALUES + " times");
    }
    if (!values.isEmpty()) {
      consumer.accept(values);
    }
  }

  private Optional<String> nullable(String text) {
    return text.equals("null") ? Optional.empty() : Optional.of(text);
  }

  /** A number that is too large for an int is the largest: as a page it is the last one. */
  private static Optional<Integer> positive(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String digits = matcher.group(1);
    int number = digits.length() > SAFE_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
    return Optional.of(number).filter(n -> n > 0);
  }

  private static MalformedRequestException invalid(String name, String expectation) {
    return new MalformedRequestException("The '" + name + "' query parameter " + expectation + ".");
  }
}
