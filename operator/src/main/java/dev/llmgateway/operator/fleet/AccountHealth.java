package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.resource.UpstreamAccountStatus.Failure;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Health;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An account as all ready pods together see it. The worst state counts: a pod that says `Active`
/// may only have had no request for it.
///
/// @param state `Active`, `CoolingDown` or `CredentialInvalid`
/// @param refused fingerprints of credentials that the upstream refuses some pod
public record AccountHealth(State state, Health health, Set<String> refused) {
    private static final int MOST_NAMES = 5;

    /// Empty: no ready pod has told of this account yet.
    public static Optional<AccountHealth> of(Collection<PodView> pods, String uid) {
        List<AccountReport> reports =
                pods.stream()
                        .filter(pod -> pod.pod().ready())
                        .flatMap(pod -> pod.report().stream())
                        .flatMap(page -> Optional.ofNullable(page.accounts().get(uid)).stream())
                        .toList();
        return reports.stream()
                .map(AccountReport::state)
                .max(Comparator.comparingInt(AccountHealth::gravity))
                .map(worst -> of(worst, reports));
    }

    private static AccountHealth of(State worst, List<AccountReport> reports) {
        List<AccountReport> saying =
                reports.stream().filter(report -> report.state() == worst).toList();
        boolean serves = worst == State.Active;
        TreeSet<String> models =
                saying.stream()
                        .flatMap(report -> report.models().stream())
                        .map(AccountReport.ModelReport::model)
                        .collect(Collectors.toCollection(TreeSet::new));
        Health health =
                new Health(
                        time(until(saying)),
                        serves ? names(models) : "Account",
                        saying.stream()
                                .flatMap(report -> report.failure().stream())
                                .max(Comparator.comparingLong(AccountReport.Failure::atMillis))
                                .map(AccountHealth::failure)
                                .orElse(null),
                        saying.size());
        Set<String> refused =
                reports.stream()
                        .map(AccountReport::refused)
                        .filter(fingerprint -> !fingerprint.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        return new AccountHealth(worst, health, refused);
    }

    private static int gravity(State state) {
        return switch (state) {
            case CredentialInvalid -> 2;
            case CoolingDown -> 1;
            case Active, NeedsAuthorization, Suspended, Pending -> 0;
        };
    }

    /// When the last pod tries again.
    private static long until(List<AccountReport> reports) {
        return reports.stream()
                .mapToLong(report ->
                        report.models().stream()
                                .mapToLong(AccountReport.ModelReport::untilMillis)
                                .reduce(report.untilMillis(), Math::max))
                .max()
                .orElse(0);
    }

    private static @Nullable String names(TreeSet<String> models) {
        if (models.isEmpty()) {
            return null;
        }
        String first = models.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return models.size() > MOST_NAMES ? first + ", …" : first;
    }

    private static Failure failure(AccountReport.Failure failure) {
        return new Failure(
                time(failure.atMillis()),
                failure.status() == 0 ? null : Integer.valueOf(failure.status()),
                failure.failureClass());
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
