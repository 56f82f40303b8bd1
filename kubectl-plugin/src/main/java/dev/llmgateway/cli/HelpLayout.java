package dev.llmgateway.cli;

import dev.llmgateway.cli.verb.Surroundings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How help looks: a verb's own options alone, since those that every verb takes stand in the
/// root's help.
final class HelpLayout {
    private static final int NARROWEST = 60;
    private static final int WIDEST = 120;
    private static final int USUAL = 100;

    private HelpLayout() {}

    static void apply(CommandLine line, Surroundings.Terminal terminal) {
        int columns = terminal.outputColumns();
        int width = columns == 0 ? USUAL : Math.clamp(columns, NARROWEST, WIDEST);
        line.setUsageHelpWidth(width);
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::footer);
        line.getSubcommands().values().forEach(verb -> apply(verb, terminal));
    }

    private static String options(Help help) {
        List<OptionSpec> own = new ArrayList<>();
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.inherited()) {
                own.add(option);
            }
        }
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(own, help.parameterLabelRenderer());
        return layout.toString();
    }

    /// Examples are shown as they are to be typed, never wrapped.
    private static String footer(Help help) {
        String[] lines = help.commandSpec().usageMessage().footer();
        return lines.length == 0
                ? ""
                : String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
