package dev.llmgateway.crds.resource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.stream.Collectors;

/// How a Kubernetes client must read our kinds. Where the cluster's CRDs are newer than the
/// program, an object may hold what the records do not know; read strictly, one such object ends
/// the informer of its whole kind, unseen.
///
/// Unknown fields are ignored. An unknown enum value or a wrong type makes the whole `spec`
/// unreadable ([Declared#unreadable]) instead of becoming null: nobody could tell a null from an
/// absent field, whose default may permit more than was written. A `status` that cannot be read is
/// absent: its only writer writes it anew.
public final class LenientReading {
    private static final int LONGEST_QUOTE = 64;

    private LenientReading() {}

    /// Configures the mapper of a client, and returns it: `new KubernetesSerialization(
    /// LenientReading.configure(new ObjectMapper()), true)`.
    public static ObjectMapper configure(ObjectMapper mapper) {
        SimpleModule module = new SimpleModule("llm-gateway-lenient-reading");
        module.setDeserializerModifier(new Tolerance());
        return mapper.registerModule(module)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    private static final class Tolerance extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config,
                BeanDescription description,
                BeanDeserializerBuilder builder) {
            if (Declared.class.isAssignableFrom(description.getBeanClass())) {
                tolerate(builder, "spec");
                tolerate(builder, "status");
            }
            return builder;
        }

        private static void tolerate(BeanDeserializerBuilder builder, String name) {
            SettableBeanProperty strict = builder.findProperty(PropertyName.construct(name));
            builder.addOrReplaceProperty(new Tolerant(strict), true);
        }
    }

    /// Reads a value apart, so that a failure inside it leaves the rest of the object readable.
    private static final class Tolerant extends SettableBeanProperty.Delegating {
        private static final long serialVersionUID = 1L;

        Tolerant(SettableBeanProperty strict) {
            super(strict);
        }

        @Override
        protected SettableBeanProperty withDelegate(SettableBeanProperty strict) {
            return new Tolerant(strict);
        }

        @Override
        public void deserializeAndSet(
                JsonParser parser, DeserializationContext context, Object instance)
                throws IOException {
            TokenBuffer value = context.bufferAsCopyOfValue(parser);
            try (JsonParser replay = value.asParserOnFirstToken()) {
                delegate.deserializeAndSet(replay, context, instance);
            } catch (JsonMappingException e) {
                delegate.set(instance, null);
                if (getName().equals("spec")) {
                    ((Declared<?, ?>) instance).unreadable(why(e));
                }
            }
        }

        @Override
        public Object deserializeSetAndReturn(
                JsonParser parser, DeserializationContext context, Object instance)
                throws IOException {
            deserializeAndSet(parser, context, instance);
            return instance;
        }

        private static Unreadable why(JsonMappingException e) {
            String message =
                    e instanceof InvalidFormatException word && word.getTargetType().isEnum()
                            ? "unknown value \"" + shortened(word.getValue()) + "\""
                            : "holds another type than this release expects";
            return new Unreadable(path(e), message);
        }

        private static String path(JsonMappingException e) {
            return "spec"
                    + e.getPath().stream()
                            .map(step ->
                                    step.getFieldName() == null
                                            ? "[" + step.getIndex() + "]"
                                            : "." + step.getFieldName())
                            .collect(Collectors.joining());
        }

        private static String shortened(Object word) {
            String text = word.toString();
            return text.length() <= LONGEST_QUOTE
                    ? text
                    : text.substring(0, LONGEST_QUOTE - 1) + "…";
        }
    }
}
