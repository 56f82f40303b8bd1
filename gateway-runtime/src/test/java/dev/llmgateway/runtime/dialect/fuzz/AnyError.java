package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.translation.ForeignError;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// An error document of an upstream: always a meaning, always a message that can be shown.
final class AnyError implements Consumer<byte[]> {
    @Override
    public void accept(byte[] document) {
        for (int status : new int[] {400, 429, 500, 599}) {
            shown(ForeignError.read(true, status, Slice.whole(document)));
            shown(ForeignError.read(false, status, Slice.whole(document)));
        }
    }

    private static void shown(GatewayError error) {
        Promises.json(Slice.of(JsonText.quoted(error.message())));
        Promises.check(error.code().status() >= 400, "an error with a status of success");
    }
}
