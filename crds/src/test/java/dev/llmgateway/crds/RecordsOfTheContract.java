package dev.llmgateway.crds;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.resource.GatewayConfigStatus;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Every record reachable from the three specs and statuses.
public final class RecordsOfTheContract {
    private RecordsOfTheContract() {}

    public static List<Class<?>> all() {
        Deque<Class<?>> open =
                new ArrayDeque<>(
                        List.of(
                                UpstreamAccountSpec.class,
                                GatewayKeySpec.class,
                                GatewayConfigSpec.class,
                                UpstreamAccountStatus.class,
                                GatewayKeyStatus.class,
                                GatewayConfigStatus.class));
        Set<Class<?>> seen = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Class<?> record = open.remove();
            if (seen.add(record)) {
                for (RecordComponent component : record.getRecordComponents()) {
                    recordsIn(component.getGenericType()).forEach(open::add);
                }
            }
        }
        return List.copyOf(seen);
    }

    private static List<Class<?>> recordsIn(Type type) {
        List<Class<?>> records = new ArrayList<>();
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                records.addAll(recordsIn(argument));
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            records.add(plain);
        }
        return records;
    }
}
