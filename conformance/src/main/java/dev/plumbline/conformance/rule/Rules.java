package dev.plumbline.conformance.rule;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every rule there is, in the order of running: the pages of the specification, era by era. */
public final class Rules {
  private static final List<Supplier<List<Rule>>> HANDSHAKE =
      List.of(
          dev.plumbline.conformance.rule.handshake.BaseRules::rules,
          dev.plumbline.conformance.rule.handshake.LifecycleRules::rules,
          dev.plumbline.conformance.rule.handshake.PingRules::rules,
          dev.plumbline.conformance.rule.handshake.TransportRules::rules,
          dev.plumbline.conformance.rule.handshake.SessionRules::rules,
          dev.plumbline.conformance.rule.handshake.ToolRules::rules,
          dev.plumbline.conformance.rule.handshake.ResourceRules::rules,
          dev.plumbline.conformance.rule.handshake.PromptRules::rules,
          dev.plumbline.conformance.rule.handshake.PaginationRules::rules,
          dev.plumbline.conformance.rule.handshake.MessageRules::rules,
          dev.plumbline.conformance.rule.handshake.MetaRules::rules,
          dev.plumbline.conformance.rule.handshake.ProgressRules::rules,
          dev.plumbline.conformance.rule.handshake.ListedToolRules::rules,
          dev.plumbline.conformance.rule.handshake.ContentRules::rules,
          dev.plumbline.conformance.rule.handshake.LoggingRules::rules,
          dev.plumbline.conformance.rule.handshake.ElicitationRules::rules,
          dev.plumbline.conformance.rule.handshake.SamplingRules::rules,
          dev.plumbline.conformance.rule.handshake.UndeclaredRules::rules,
          dev.plumbline.conformance.rule.handshake.TaskRules::rules,
          dev.plumbline.conformance.rule.handshake.TaskFlowRules::rules,
          dev.plumbline.conformance.rule.handshake.MistakeRules::rules,
          dev.plumbline.conformance.rule.handshake.OpeningRules::rules,
          dev.plumbline.conformance.rule.handshake.EncodingRules::rules,
          dev.plumbline.conformance.rule.handshake.SessionIdRules::rules,
          dev.plumbline.conformance.rule.handshake.StreamRules::rules,
          dev.plumbline.conformance.rule.handshake.NoticeRules::rules,
          dev.plumbline.conformance.rule.handshake.PhaseRules::rules,
          dev.plumbline.conformance.rule.handshake.TaskTimeRules::rules,
          dev.plumbline.conformance.rule.handshake.TaskAskRules::rules,
          dev.plumbline.conformance.rule.handshake.AskedRules::rules,
          dev.plumbline.conformance.rule.handshake.HeldRules::rules,
          dev.plumbline.conformance.rule.handshake.SecretLogRules::rules,
          dev.plumbline.conformance.rule.handshake.InputRules::rules,
          dev.plumbline.conformance.rule.handshake.UrlRequiredRules::rules,
          dev.plumbline.conformance.rule.handshake.OlderRules::rules,
          dev.plumbline.conformance.rule.handshake.CompletionRules::rules,
          dev.plumbline.conformance.rule.handshake.DialectRules::rules,
          dev.plumbline.conformance.rule.handshake.CutRules::rules,
          dev.plumbline.conformance.rule.handshake.CancelRules::rules,
          dev.plumbline.conformance.rule.handshake.ChangeRules::rules,
          dev.plumbline.conformance.rule.handshake.RootRules::rules,
          dev.plumbline.conformance.rule.handshake.AuthorizationRules::rules);

  private static final List<Supplier<List<Rule>>> STATELESS =
      List.of(
          dev.plumbline.conformance.rule.stateless.BaseRules::rules,
          dev.plumbline.conformance.rule.stateless.MessageRules::rules,
          dev.plumbline.conformance.rule.stateless.MetaRules::rules,
          dev.plumbline.conformance.rule.stateless.OfferingRules::rules,
          dev.plumbline.conformance.rule.stateless.ListedToolRules::rules,
          dev.plumbline.conformance.rule.stateless.TalkRules::rules,
          dev.plumbline.conformance.rule.stateless.QuestionRules::rules,
          dev.plumbline.conformance.rule.stateless.ElicitedRules::rules,
          dev.plumbline.conformance.rule.stateless.MutationRules::rules,
          dev.plumbline.conformance.rule.stateless.VersioningRules::rules,
          dev.plumbline.conformance.rule.stateless.DiscoverRules::rules,
          dev.plumbline.conformance.rule.stateless.CachingRules::rules,
          dev.plumbline.conformance.rule.stateless.MirroredHeaderRules::rules,
          dev.plumbline.conformance.rule.stateless.StreamableHttpRules::rules,
          dev.plumbline.conformance.rule.stateless.StreamRules::rules,
          dev.plumbline.conformance.rule.stateless.ParameterHeaderRules::rules,
          dev.plumbline.conformance.rule.stateless.OneEraRules::rules,
          dev.plumbline.conformance.rule.stateless.UndeclaredRules::rules,
          dev.plumbline.conformance.rule.stateless.SecurityRules::rules,
          dev.plumbline.conformance.rule.stateless.CancellationRules::rules,
          dev.plumbline.conformance.rule.stateless.DisconnectRules::rules,
          dev.plumbline.conformance.rule.stateless.ChangeRules::rules,
          dev.plumbline.conformance.rule.stateless.StdioRules::rules,
          dev.plumbline.conformance.rule.stateless.ToolRules::rules,
          dev.plumbline.conformance.rule.stateless.ResourceRules::rules,
          dev.plumbline.conformance.rule.stateless.PromptRules::rules,
          dev.plumbline.conformance.rule.stateless.PaginationRules::rules,
          dev.plumbline.conformance.rule.stateless.RoundTripRules::rules,
          dev.plumbline.conformance.rule.stateless.AskedRules::rules,
          dev.plumbline.conformance.rule.stateless.SampledToolRules::rules,
          dev.plumbline.conformance.rule.stateless.TaskRules::rules,
          dev.plumbline.conformance.rule.stateless.TaskFlowRules::rules,
          dev.plumbline.conformance.rule.stateless.TaskInputRules::rules,
          dev.plumbline.conformance.rule.stateless.TaskRefusalRules::rules,
          dev.plumbline.conformance.rule.stateless.EndingRules::rules,
          dev.plumbline.conformance.rule.stateless.CrossingRules::rules,
          dev.plumbline.conformance.rule.stateless.ListeningRules::rules,
          dev.plumbline.conformance.rule.stateless.AuthorizationRules::rules);

  private Rules() {}

  /** All rules. */
  public static List<Rule> all() {
    return Stream.concat(HANDSHAKE.stream(), STATELESS.stream())
        .flatMap(page -> page.get().stream())
        .toList();
  }
}
