package dev.llmgateway.cli;

import dev.llmgateway.cli.print.Messages;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Help in another language than the annotations' English: `help.upstream.add` describes a verb,
/// `help.upstream.add.provider` its option, `help.option.output` an option of several verbs.
final class HelpTexts {
    private HelpTexts() {}

    static void translate(CommandLine line, String language, String root) {
        if (Messages.isChinese(language)) {
            translate(line, Messages.of(language), root);
        }
    }

    private static void translate(CommandLine line, Messages messages, String root) {
        CommandSpec spec = line.getCommandSpec();
        Map<String, String> texts = new HashMap<>();
        texts.put("usage.synopsisHeading", messages.text("help.synopsis"));
        texts.put("usage.footerHeading", "%n" + messages.text("help.examples") + "%n");
        texts.put("usage.commandListHeading", "%n" + messages.text("help.verbs") + "%n");
        texts.put("usage.description", messages.text(key(spec, root)));
        for (ArgSpec argument : spec.args()) {
            String name = name(argument);
            String own = key(spec, root) + "." + name;
            String text = messages.text(messages.has(own) ? own : "help.option." + name);
            texts.put(name, text);
            if (argument instanceof PositionalParamSpec parameter) {
                texts.put(parameter.paramLabel() + "[" + parameter.index() + "]", text);
            }
        }
        line.setResourceBundle(new Texts(texts));
        line.getSubcommands().values().forEach(verb -> translate(verb, messages, root));
    }

    /// `help.upstream.add`; of the root `help.root`.
    static String key(CommandSpec spec, String root) {
        String path = spec.qualifiedName(".").substring(root.length());
        return "help" + (path.isEmpty() ? ".root" : path);
    }

    /// Of an option its longest name without dashes, of a parameter its label.
    static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName().replaceFirst("^-+", "")
                : argument.paramLabel().replaceAll("[^A-Za-z0-9]", "");
    }

    private static final class Texts extends ResourceBundle {
        private final Map<String, String> texts;

        Texts(Map<String, String> texts) {
            this.texts = Map.copyOf(texts);
        }

        @Override
        protected @Nullable Object handleGetObject(String key) {
            return texts.get(key);
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(texts.keySet());
        }

        @Override
        protected Set<String> handleKeySet() {
            return texts.keySet();
        }
    }
}
