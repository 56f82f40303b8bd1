package dev.llmgateway.crds.plan;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Plans with something in every field, made from their records, so that a new field is covered
/// without a word here.
final class RandomPlan {
    private static final List<String> TEXTS =
            List.of("", "a", "team", "生产", "\"quoted\\", "\u0000\u001f", "😀", "-----BEGIN", " x ");

    private final RandomGenerator random;

    RandomPlan(RandomGenerator random) {
        this.random = random;
    }

    GatewayPlan plan() {
        return plan(random.nextInt(8), random.nextInt(30));
    }

    /// Accounts and keys are sorted and no two share a reference, as the compiler has it.
    GatewayPlan plan(int accounts, int keys) {
        GatewayPlan any = (GatewayPlan) value(GatewayPlan.class);
        List<AccountPlan> pool = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            pool.add((AccountPlan) value(AccountPlan.class));
        }
        List<KeyPlan> clients = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            clients.add((KeyPlan) value(KeyPlan.class));
        }
        var accountRefs = new HashSet<ObjectRef>();
        var keyRefs = new HashSet<ObjectRef>();
        return new GatewayPlan(
                any.gateway(),
                any.settings(),
                pool.stream()
                        .filter(account -> accountRefs.add(account.ref()))
                        .sorted(Comparator.comparing(AccountPlan::ref))
                        .toList(),
                clients.stream()
                        .filter(key -> keyRefs.add(key.ref()))
                        .sorted(Comparator.comparing(KeyPlan::ref))
                        .toList(),
                any.routes(),
                any.catalog());
    }

    KeyPlan key() {
        return (KeyPlan) value(KeyPlan.class);
    }

    /// A value for every credential the plan names, and one it does not.
    Map<CredentialRef, String> credentials(GatewayPlan plan) {
        Map<CredentialRef, String> values = new HashMap<>();
        values.put(new CredentialRef("system", "gw-tls", "tls.key"), "shared");
        for (AccountPlan account : plan.accounts()) {
            switch (account.credential()) {
                case CredentialPlan.ApiKey(var ref, _) -> values.put(ref, text());
                case CredentialPlan.OAuth(var ref, _, _) -> values.put(ref, text());
                case CredentialPlan.Passthrough(), CredentialPlan.Anonymous() -> {}
            }
        }
        return values;
    }

    private Object value(Type type) {
        return switch (type) {
            case ParameterizedType generic when generic.getRawType() == List.class ->
                    List.copyOf(elements(generic));
            case ParameterizedType generic when generic.getRawType() == SortedSet.class ->
                    new TreeSet<>(elements(generic));
            case Class<?> plain -> value(plain);
            default -> throw new AssertionError("a plan has a field of type " + type);
        };
    }

    private List<Object> elements(ParameterizedType generic) {
        List<Object> elements = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            elements.add(value(generic.getActualTypeArguments()[0]));
        }
        return elements;
    }

    private Object value(Class<?> type) {
        if (type == String.class) {
            return text();
        } else if (type == int.class || type == Integer.class) {
            return random.nextInt();
        } else if (type == long.class) {
            return random.nextLong();
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type.isEnum()) {
            return oneOf(List.of(type.getEnumConstants()));
        } else if (type.isSealed()) {
            return value((Class<?>) oneOf(List.of(type.getPermittedSubclasses())));
        }
        return created(type);
    }

    private Object created(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(components)
                        .map(component -> value(component.getGenericType()))
                        .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made", e);
        }
    }

    private String text() {
        return oneOf(TEXTS) + Integer.toString(random.nextInt(1 << 20), 36);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
