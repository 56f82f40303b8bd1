package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Format;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Page;
import dev.llmgateway.cli.verb.Session;
import java.util.List;

/// The one moment a key's plaintext is shown. Pure but for the printing.
final class KeyText {
    private KeyText() {}

    static void print(
            Session session, OutputOptions output, ObjectNode object, String name, String key) {
        boolean alone = output.format() instanceof Format.Key;
        ObjectNode data = object.deepCopy();
        data.put("key", key);
        Page page = new Page(session.messages()).line("label.key", key);
        output.print(
                session,
                new Result(
                        data,
                        List.of(alone ? key : Kind.KEY.qualified() + "/" + name),
                        page.view()));
        session.say("keyOnce");
    }
}
