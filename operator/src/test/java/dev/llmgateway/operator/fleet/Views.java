package dev.llmgateway.operator.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Pods for tests, with the pages they told.
final class Views {
    static final long NOW = 1_800_000_050_000L;

    private Views() {}

    /// @param pages told one after another
    static PodView of(String name, boolean ready, String... pages) {
        PodView view = PodView.unheard(new PodRef(name, "uid-of-" + name, ready, Optional.empty()));
        for (String page : pages) {
            view = view.told(page(AdminPort.page(page)), NOW);
        }
        return view;
    }

    static ReportPage page(String text) {
        try {
            return ReportPage.parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
