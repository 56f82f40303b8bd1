package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;

/// A plan as JSON: `{"format":1,"plan":{…}}` in UTF-8. Fields are sorted by name and lists keep the
/// plan's order, so equal plans give equal bytes and a digest of the bytes names the plan.
public final class PlanCodec {
    /// Raised when a reader of the old format would misread the new one.
    public static final int FORMAT = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .build();

    private PlanCodec() {}

    private record Envelope(int format, GatewayPlan plan) {}

    public static byte[] encode(GatewayPlan plan) {
        try {
            return JSON.writeValueAsBytes(new Envelope(FORMAT, plan));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is always JSON", e);
        }
    }

    /// The format is read before the plan, so that a newer plan is named as such.
    ///
    /// @throws PlanFormatException for anything but exactly one plan of this format
    public static GatewayPlan decode(byte[] bytes) throws PlanFormatException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            expect(parser, JsonToken.START_OBJECT, "an object {\"format\":…,\"plan\":…}");
            field(parser, "format");
            expect(parser, JsonToken.VALUE_NUMBER_INT, "a number in format");
            if (parser.getLongValue() != FORMAT) {
                throw new PlanFormatException(
                        "plan format "
                                + parser.getText()
                                + " is unknown; this program reads format "
                                + FORMAT);
            }
            field(parser, "plan");
            expect(parser, JsonToken.START_OBJECT, "an object in plan");
            GatewayPlan plan = JSON.readValue(parser, GatewayPlan.class);
            expect(parser, JsonToken.END_OBJECT, "nothing after plan");
            if (parser.nextToken() != null) {
                throw new PlanFormatException("unreadable plan: text after the end");
            }
            return plan;
        } catch (JacksonException e) {
            throw new PlanFormatException("unreadable plan: " + describe(e), e);
        } catch (PlanFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail", e);
        }
    }

    private static void field(JsonParser parser, String name) throws IOException {
        expect(parser, JsonToken.FIELD_NAME, "field " + name);
        if (!parser.currentName().equals(name)) {
            throw new PlanFormatException(
                    "unreadable plan: expected field " + name + ", found " + parser.currentName());
        }
    }

    private static void expect(JsonParser parser, JsonToken token, String what) throws IOException {
        if (parser.nextToken() != token) {
            throw new PlanFormatException("unreadable plan: expected " + what);
        }
    }

    /// `accounts[0].pool: Null value for creator property…`; never the bytes themselves.
    private static String describe(JacksonException error) {
        String path =
                error instanceof JsonMappingException mapping
                        ? mapping.getPath().stream()
                                .map(PlanCodec::step)
                                .collect(Collectors.joining())
                        : "";
        String message = error.getOriginalMessage();
        return path.isEmpty()
                ? message
                : path.substring(path.startsWith(".") ? 1 : 0) + ": " + message;
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() == null
                ? "[" + step.getIndex() + "]"
                : "." + step.getFieldName();
    }
}
