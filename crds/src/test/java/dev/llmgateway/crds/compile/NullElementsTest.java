package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmgateway.crds.RecordsOfTheContract;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.Source;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client that reads unknown words as null must not open what they would have closed.
class NullElementsTest {
    private static final Source SOURCE = new Source("cluster", 1);

    @Test
    void aKeyWhoseOnlyFormatIsUnknownIsLeftOutInsteadOfOpeningAllFormats() throws Exception {
        GatewayKeySpec spec =
                JsonMapper.builder()
                        .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                        .build()
                        .readValue(
                                """
                                {"source": {"hashes": ["sha256:%s"]}, "permissions": {"formats": ["Newer"]}}
                                """
                                        .formatted("a".repeat(64)),
                                GatewayKeySpec.class);

        Compilation compilation =
                Compiler.compile(set(manifest(spec)), Instant.EPOCH, CompileOptions.FOLDER);

        assertThat(compilation.plans().values())
                .singleElement()
                .satisfies(plan -> assertThat(plan.keys()).isEmpty());
        assertThat(compilation.diagnostics())
                .anySatisfy(found -> {
                    assertThat(found.reason()).isEqualTo(Reason.UnsupportedValue);
                    assertThat(found.path()).isEqualTo("spec.permissions.formats[0]");
                    assertThat(found.message()).isEqualTo("holds no known value");
                });
    }

    @Test
    void everyListWithANullIsRefusedAndNothingFails() throws Exception {
        int lists = 0;

        for (Class<?> type : RecordsOfTheContract.all()) {
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                if (components[i].getType() == List.class && type.getName().contains(".api.")) {
                    Record record = withANull(type, i);
                    Findings findings = new Findings("GatewayConfig", manifest(record));

                    SchemaCheck.check(record, findings);

                    assertThat(findings.diagnostics())
                            .as(type.getSimpleName() + "." + components[i].getName())
                            .extracting(Diagnostic::path)
                            .contains("spec." + components[i].getName() + "[0]");
                    lists++;
                }
            }
        }

        assertThat(lists).isGreaterThan(25);
    }

    private static Record withANull(Class<?> type, int position)
            throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        arguments[position] = new ArrayList<>(Collections.singletonList(null));
        var constructor =
                type.getDeclaredConstructor(
                        Arrays.stream(components)
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return (Record) constructor.newInstance(arguments);
    }

    private static <S> Manifest<S> manifest(S spec) {
        return new Manifest<>(SOURCE, "default", "k", "uid", "", Map.of(), Map.of(), spec);
    }

    private static ManifestSet set(Manifest<GatewayKeySpec> key) {
        return new ManifestSet(List.of(), List.of(), List.of(key), List.of(), List.of(), List.of());
    }
}
