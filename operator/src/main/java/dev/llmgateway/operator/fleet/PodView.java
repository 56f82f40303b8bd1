package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.plan.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is known of one pod.
///
/// @param report everything its process has told, as one page; empty: it has not answered yet
/// @param trouble why its last answer is missing, for people; empty: it answered
public record PodView(PodRef pod, Optional<ReportPage> report, Optional<String> trouble) {
    static PodView unheard(PodRef pod) {
        return new PodView(pod, Optional.empty(), Optional.empty());
    }

    /// The revision the pod runs; `NONE`: none, or not heard of yet.
    public Revision revision() {
        return report.map(ReportPage::revision).orElse(Revision.NONE);
    }

    boolean sameProcess(PodView other) {
        return report.map(ReportPage::process).equals(other.report.map(ReportPage::process));
    }

    PodView seen(PodRef now) {
        return new PodView(now, report, trouble);
    }

    PodView failed(String why) {
        return new PodView(pod, report, Optional.of(why));
    }

    /// A page over what was known. What a page that tells only changes does not name is as before.
    PodView told(ReportPage page, long nowMillis) {
        if (page.complete() || report.isEmpty()) {
            Usage known =
                    report.filter(before -> before.process() == page.process())
                            .map(ReportPage::usage)
                            .orElse(Usage.NONE);
            return with(page, page.accounts(), known.then(page.usage(), nowMillis));
        }
        Map<String, AccountReport> accounts = new TreeMap<>(report.get().accounts());
        accounts.putAll(page.accounts());
        return with(page, accounts, report.get().usage().then(page.usage(), nowMillis));
    }

    private PodView with(ReportPage page, Map<String, AccountReport> accounts, Usage usage) {
        ReportPage all =
                new ReportPage(
                        page.process(),
                        page.sequence(),
                        true,
                        page.revision(),
                        page.appliedAtMillis(),
                        page.draining(),
                        page.errors(),
                        page.problems(),
                        accounts,
                        usage);
        return new PodView(pod, Optional.of(all), Optional.empty());
    }
}
