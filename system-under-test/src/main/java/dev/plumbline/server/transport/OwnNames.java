package dev.plumbline.server.transport;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a server that other machines can reach may be called besides the loopback names: its
 * address, and the names it was given. Any other name could have been made to mean it by somebody
 * else (DNS rebinding). On a wildcard every address is its own, because no name stands between.
 */
public final class OwnNames {
  private final InetAddress host;
  private final Set<String> names;

  /**
   * The names of one server.
   *
   * @param host where it listens
   * @param names in lower case, without ports
   */
  public OwnNames(InetAddress host, Set<String> names) {
    this.host = host;
    this.names = Set.copyOf(names);
  }

  /** The same with the host of a URL, when it is one. */
  public OwnNames and(String url) {
    Set<String> more = new HashSet<>(names);
    uri(url).map(URI::getHost).map(it -> it.toLowerCase(Locale.ROOT)).ifPresent(more::add);
    return new OwnNames(host, more);
  }

  /** The rules with these names allowed; on loopback they stay as they are. */
  public List<HeadRule> in(List<HeadRule> rules) {
    return host.isLoopbackAddress() ? rules : rules.stream().map(this::widened).toList();
  }

  private HeadRule widened(HeadRule rule) {
    Predicate<RequestHead> own =
        switch (rule.name()) {
          case HeadRules.HOST -> this::namesUs;
          case HeadRules.ORIGIN -> this::isOurPage;
          default -> _ -> false;
        };
    return new HeadRule(
        rule.name(), head -> own.test(head) ? Optional.empty() : rule.check().refusal(head));
  }

  /** A page that this server itself would have served: same name, same port. */
  private boolean isOurPage(RequestHead head) {
    List<String> given = head.headers().all("Origin");
    if (given.size() != 1 || !namesUs(head)) {
      return false;
    }
    String authority = head.headers().all("Host").getFirst();
    return given.getFirst().equalsIgnoreCase("https://" + authority)
        || given.getFirst().equalsIgnoreCase("http://" + authority);
  }

  /** True when the request names one host, which is ours, and the target names no other. */
  private boolean namesUs(RequestHead head) {
    List<String> given = head.headers().all("Host");
    return given.size() == 1
        && head.target().startsWith("/")
        && hostOf(given.getFirst()).filter(this::isOurs).isPresent();
  }

  private boolean isOurs(String name) {
    if (names.contains(name)) {
      return true;
    }
    try {
      InetAddress literal = InetAddress.ofLiteral(name.replaceAll("^\\[|]$", ""));
      return host.isAnyLocalAddress() || literal.equals(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The host of an authority, which has no user and no path. */
  private static Optional<String> hostOf(String authority) {
    Optional<URI> uri = uri("http://" + authority);
    return uri.filter(it -> it.getRawUserInfo() == null && it.getRawPath().isEmpty())
        .filter(it -> it.getRawQuery() == null && it.getRawFragment() == null)
        .map(URI::getHost)
        .map(host -> host.toLowerCase(Locale.ROOT));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
