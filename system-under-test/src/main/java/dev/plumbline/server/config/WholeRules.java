package dev.plumbline.server.config;

import static dev.plumbline.server.config.AuthorizationSettings.NONE;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What settings must satisfy together, one row each. */
final class WholeRules {
  /**
   * A rule.
   *
   * @param path the setting that a violation is told of
   * @param text what must hold, and so what to do
   */
  private record WholeRule(String path, String text, Predicate<ServerConfig> holds) {}

  private static final List<WholeRule> RULES =
      List.of(
          new WholeRule(
              "overload.critical",
              "must lie between overload.warning and overload.full",
              c -> rising(c.overload().warning(), c.overload().critical(), c.overload().full())),
          new WholeRule(
              "overload.hysteresis",
              "must be smaller than overload.warning",
              c -> c.overload().hysteresis() < c.overload().warning()),
          new WholeRule(
              "monitors.memoryCritical",
              "must lie between monitors.memoryWarning and monitors.memoryFull",
              c ->
                  rising(
                      c.monitors().memoryWarning(),
                      c.monitors().memoryCritical(),
                      c.monitors().memoryFull())),
          new WholeRule(
              "monitors.filesWarning",
              "must be smaller than monitors.filesDrain",
              c -> c.monitors().filesWarning() < c.monitors().filesDrain()),
          new WholeRule(
              "monitors.gcWarning",
              "must be shorter than monitors.gcBreach",
              c -> shorter(c.monitors().gcWarning(), c.monitors().gcBreach())),
          new WholeRule(
              "breaker.firstOpen",
              "must not be longer than breaker.longestOpen",
              c -> !shorter(c.breaker().longestOpen(), c.breaker().firstOpen())),
          new WholeRule(
              "breaker.successes",
              "must not be more than breaker.probes: the breaker could never close",
              c -> c.breaker().successes() <= c.breaker().probes()),
          new WholeRule(
              "sessions.suspend",
              "must be shorter than sessions.idle",
              c -> shorter(c.sessions().suspend(), c.sessions().idle())),
          new WholeRule(
              "sessions.handshake",
              "must be shorter than sessions.idle",
              c -> shorter(c.sessions().handshake(), c.sessions().idle())),
          new WholeRule(
              "sessions.store",
              "must be memory, file:PATH or a jdbc:postgresql: URL",
              c -> isStore(c.sessions().store())),
          new WholeRule(
              "observe.otlp",
              "must be an http or https URL, off or environment",
              c -> isCollector(c.observe().otlp())),
          new WholeRule(
              "authorization.keys",
              "must name the file with the issuer's public keys",
              c -> !c.authorization().on() || !c.authorization().keys().equals(NONE)),
          new WholeRule(
              "authorization.issuer",
              "must be an https URL, or http on this machine, without query and fragment, or off",
              c -> !c.authorization().on() || isIssuer(c.authorization().issuer())),
          new WholeRule(
              "authorization.servers",
              "must be https URLs, or http on this machine, without query and fragment, or issuer",
              c ->
                  c.authorization().servers().equals(AuthorizationSettings.ISSUER)
                      || Stream.of(c.authorization().servers().split(" +"))
                          .allMatch(WholeRules::isIssuer)),
          new WholeRule(
              "authorization.resource",
              "must be a URL without query, fragment and slash at its end, or endpoint",
              c -> isResource(c.authorization().resource())),
          new WholeRule(
              "authorization.scopes",
              "must be scopes separated by single spaces, without offline_access, or none",
              c -> areScopes(c.authorization().scopes())),
          new WholeRule(
              "authorization.features",
              "must be scopes separated by single spaces, without offline_access",
              c -> c.authorization().features().values().stream().allMatch(WholeRules::areScopes)),
          new WholeRule(
              "security.override",
              "must be true as well before a requirement of security counts as switched off",
              c -> c.security().override() || c.security().demandsAll()),
          new WholeRule(
              "security.override",
              "overrides nothing: switch security.requireTls or security.requireAuthentication"
                  + " off as well, or leave it out",
              c -> !c.security().override() || !c.security().demandsAll()),
          new WholeRule(
              "security.names",
              "must be host names separated by single spaces, or none",
              c -> areNames(c.security().names())),
          new WholeRule(
              "domains.drain",
              "must be shorter than domains.window",
              c -> shorter(c.domains().drain(), c.domains().window())),
          new WholeRule(
              "domains.restartWithin",
              "must be shorter than domains.window",
              c -> shorter(c.domains().restartWithin(), c.domains().window())),
          new WholeRule(
              "outbound.recovery",
              "must not be shorter than outbound.slowAfter",
              c -> !shorter(c.outbound().recovery(), c.outbound().slowAfter())),
          new WholeRule(
              "control.drain",
              "must not be longer than control.health (C1)",
              c -> !shorter(c.control().health(), c.control().drain())),
          new WholeRule(
              "control.cancel",
              "must not be longer than control.drain (C1)",
              c -> !shorter(c.control().drain(), c.control().cancel())),
          new WholeRule(
              "control.handler",
              "must not be shorter than control.health",
              c -> !shorter(c.control().handler(), c.control().health())));

  private WholeRules() {}

  /** Every rule that does not hold. */
  static List<Problem> violations(ServerConfig config) {
    return RULES.stream()
        .flatMap(
            rule ->
                rule.holds().test(config)
                    ? Stream.empty()
                    : Stream.of(new Problem(rule.path(), rule.text())))
        .toList();
  }

  private static boolean rising(int low, int middle, int high) {
    return low < middle && middle < high;
  }

  private static boolean shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0;
  }

  private static boolean isStore(String store) {
    return store.equals("memory")
        || rest(store, "file:").isPresent()
        || rest(store, "jdbc:postgresql:").isPresent();
  }

  private static boolean isCollector(String text) {
    return text.equals(ObserveSettings.OFF)
        || text.equals(ObserveSettings.ENVIRONMENT)
        || isUrl(text);
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isIssuer(String text) {
    return isUrl(text)
        && URI.create(text).getRawQuery() == null
        && URI.create(text).getRawFragment() == null
        && (text.startsWith("https:") || isLocal(URI.create(text).getHost()));
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  private static boolean isResource(String text) {
    return text.equals(AuthorizationSettings.ENDPOINT)
        || (isUrl(text)
            && !text.endsWith("/")
            && URI.create(text).getRawQuery() == null
            && URI.create(text).getRawFragment() == null);
  }

  /** RFC 6749 §3.3, without what would end a quoted text. */
  private static boolean areScopes(String text) {
    return text.matches("[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*")
        && !Arrays.asList(text.split(" ", -1)).contains("offline_access");
  }

  /** RFC 1123 §2.1, in lower case. */
  private static boolean areNames(String text) {
    return text.matches(
        "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?( [a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)*");
  }

  private static Optional<String> rest(String text, String prefix) {
    return text.startsWith(prefix) && text.length() > prefix.length()
        ? Optional.of(text.substring(prefix.length()))
        : Optional.empty();
  }
}
