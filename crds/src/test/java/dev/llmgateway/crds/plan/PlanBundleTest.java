package dev.llmgateway.crds.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanBundleTest {
    private static final CredentialRef SECRET = new CredentialRef("team", "anthropic", "api-key");
    private static final CredentialRef OTHER = new CredentialRef("team", "openai", "api-key");

    private final RandomPlan random = new RandomPlan(new SplittableRandom(7));
    private final Cluster cluster = new Cluster();

    @Test
    void namesAreFixedForRbacAndVolumes() {
        assertThat(PartName.all()).hasSize(2 * (16 + 4 + 4)).isSorted().doesNotHaveDuplicates();
        assertThat(PartName.all().getFirst().object("main")).isEqualTo("main-accounts-00-a");
        assertThat(PartName.all().getLast().object("main")).isEqualTo("main-keys-15-b");
        assertThat(PartName.indexObject("main")).isEqualTo("main-plan");
    }

    @Test
    void keysSpreadOverTheirSlots() {
        int[] counts = new int[16];
        for (int i = 0; i < 1_600; i++) {
            counts[PartKind.Keys.slotOf("team-" + i % 40 + "/key-" + i)]++;
        }

        assertThat(java.util.Arrays.stream(counts)).allMatch(count -> count > 60 && count < 150);
    }

    @Test
    void aRefreshedTokenRewritesOneCredentialPartAndNothingElse() throws Exception {
        GatewayPlan plan = plan(account("one", SECRET), account("two", OTHER));
        write(plan, Map.of(SECRET, "sk-1", OTHER, "sk-2"));

        BundleStep step = next(plan, Map.of(SECRET, "sk-refreshed", OTHER, "sk-2"));

        assertThat(step.writes()).hasSize(1);
        assertThat(step.writes().getFirst().name().kind()).isEqualTo(PartKind.Credentials);
        assertThat(step.writes().getFirst().name().generation()).isEqualTo(Generation.B);
    }

    @Test
    void noPartButThoseOfCredentialsHoldsASecretValue() throws Exception {
        write(plan(account("one", SECRET)), Map.of(SECRET, "sk-canary-4711"));

        cluster.secrets.forEach((name, stored) -> {
            String text = new String(Base64.getDecoder().decode(stored.base64()), UTF_8);
            assertThat(text.contains("sk-canary-4711"))
                    .as(name.toString())
                    .isEqualTo(name.kind() == PartKind.Credentials);
        });
        assertThat(cluster.index).doesNotContain("sk-canary");
        assertThat(cluster.read().toString()).doesNotContain("sk-canary");
        assertThat(new PartEntry.Credential(SECRET, "sk-canary").toString())
                .doesNotContain("sk-canary");
    }

    @Test
    void theNextRevisionIsHigherThanAnyEverNamed() throws Exception {
        GatewayPlan plan = plan(account("one", SECRET));
        write(plan, Map.of(SECRET, "sk"));

        BundleStep step =
                PlanBundle.next(
                        cluster.live(), new Revision(41), input(plan, Map.of(SECRET, "sk")));

        assertThat(step.index().revision()).hasToString("r-42");
        assertThat(step.writes()).isEmpty();
    }

    @Test
    void readyPodsChangeTheIndexAndNotTheRevision() throws Exception {
        GatewayPlan plan = plan(account("one", SECRET));
        write(plan, Map.of(SECRET, "sk"));

        BundleStep step =
                PlanBundle.next(
                        cluster.live(),
                        Revision.NONE,
                        new BundleInput(
                                plan, Map.of(SECRET, "sk"), Map.of(), Set.of(), 9, 777_777));

        assertThat(step.index()).isNotEqualTo(cluster.live());
        assertThat(step.index().readyPods()).isEqualTo(9);
        assertThat(step.index().revision()).isEqualTo(cluster.live().revision());
        assertThat(step.index().digest()).isEqualTo(cluster.live().digest());
        assertThat(step.index().renderedAtMillis()).isEqualTo(cluster.live().renderedAtMillis());
    }

    @Test
    void anAccountWhoseCredentialIsMissingIsLeftOutAndNamed() throws Exception {
        BundleStep step =
                next(plan(account("one", SECRET), account("two", OTHER)), Map.of(OTHER, "sk"));
        cluster.write(step);

        assertThat(step.leftOut())
                .extracting(LeftOut::object, LeftOut::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                new ObjectRef("team", "one"), LeftOut.Why.NoCredential));
        assertThat(cluster.read().plan().accounts()).hasSize(1);
    }

    @Test
    void whatDoesNotFitAreTheNewestObjectsAndRemovalsAlwaysApply() throws Exception {
        CredentialRef[] refs = new CredentialRef[20];
        Map<CredentialRef, String> values = new HashMap<>();
        Map<String, Long> created = new HashMap<>();
        List<AccountPlan> accounts = new ArrayList<>();
        for (int i = 0; i < refs.length; i++) {
            refs[i] = new CredentialRef("team", "secret-" + i, "key");
            values.put(refs[i], "x".repeat(300 * 1024));
            accounts.add(account("account-" + (char) ('a' + i), refs[i]));
            created.put("UID/account-" + (char) ('a' + i), (long) (refs.length - i));
        }
        GatewayPlan plan = plan(accounts.toArray(AccountPlan[]::new));

        BundleStep full =
                PlanBundle.next(cluster.live(), Revision.NONE, input(plan, values, created));
        cluster.write(full);

        List<String> inside = names(cluster.read().plan());
        assertThat(inside).hasSize(8).contains("account-t").doesNotContain("account-a");
        assertThat(full.leftOut()).hasSize(12).allMatch(out -> out.why() == LeftOut.Why.TooLarge);
        for (IndexedPart part : cluster.live().parts()) {
            assertThat(part.bytes()).isLessThanOrEqualTo(700 * 1024);
        }

        accounts.removeIf(account -> account.ref().name().equals("account-t"));
        cluster.write(
                PlanBundle.next(
                        cluster.live(),
                        Revision.NONE,
                        input(plan(accounts.toArray(AccountPlan[]::new)), values, created)));

        assertThat(names(cluster.read().plan()))
                .doesNotContain("account-t")
                .containsAll(inside.stream().filter(name -> !name.equals("account-t")).toList());
    }

    @Test
    void partsBeyond64KibAreCompressed() throws Exception {
        CredentialRef large = new CredentialRef("team", "large", "key");

        write(plan(account("one", large)), Map.of(large, "x".repeat(100_000)));

        PartContent.Stored stored =
                cluster.secrets.entrySet().stream()
                        .filter(entry -> entry.getKey().kind() == PartKind.Credentials)
                        .findFirst()
                        .orElseThrow()
                        .getValue();
        assertThat(stored.key()).isEqualTo("part.json.gz");
        assertThat(stored.base64()).hasSizeLessThan(1_000);
        assertThat(cluster.read().credentials()).containsEntry(large, "x".repeat(100_000));
    }

    @Test
    void unusedPartsAreEmptiedWhenEveryPodHasMovedOnAndMountsHaveHadTheirTime() throws Exception {
        GatewayPlan plan = plan(account("one", SECRET));
        write(plan, Map.of(SECRET, "sk-1"));
        write(plan, Map.of(SECRET, "sk-2"));
        PlanIndex live = cluster.live();
        long flip = live.renderedAtMillis();
        Set<PartName> filled = cluster.secrets.keySet();
        List<Revision> all = List.of(live.revision(), live.revision());
        List<Revision> oneBehind = List.of(live.revision(), new Revision(1));

        assertThat(UnusedParts.toEmpty(live, filled, all, flip + 180_000))
                .hasSize(1)
                .allMatch(name -> name.kind() == PartKind.Credentials)
                .allMatch(name -> name.generation() == Generation.A);
        assertThat(UnusedParts.toEmpty(live, filled, all, flip + 179_999)).isEmpty();
        assertThat(UnusedParts.toEmpty(live, filled, oneBehind, flip + 900_000)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\":1 | \"format\":2 | index format 2 is unknown; this program reads format 1",
                "\"revision\":\"r-1\" | \"revision\":\"r-2\" | unreadable index: its digest does not match",
                "\"bytes\": | \"bytes\":1 | unreadable index: its digest does not match",
                "\"slot\":0 | \"slot\":4 | unreadable index: ",
                "\"revision\":\"r-1\" | \"revision\":\"1\" | unreadable index: revision",
                "\"revision\":\"r-1\" | \"revision\":null | unreadable index: revision",
                "\"readyPods\":3 | \"readyPods\":\"3\" | unreadable index: readyPods"
            })
    void anIndexThatIsNotWholeIsRefused(String found, String replacement, String message)
            throws Exception {
        write(plan(account("one", SECRET)), Map.of(SECRET, "sk"));
        String broken = cluster.index.replaceFirst(found, replacement);

        assertThat(broken).isNotEqualTo(cluster.index);
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanIndex.decode(broken))
                .withMessageStartingWith(message);
    }

    @Test
    void anIndexWithFieldsOfANewerProgramIsRead() throws Exception {
        write(plan(account("one", SECRET)), Map.of(SECRET, "sk"));
        String newer =
                cluster.index
                        .replaceFirst("\"slot\":", "\"colour\":\"red\",\"slot\":")
                        .replaceFirst("\"readyPods\":", "\"mood\":[1],\"readyPods\":");

        assertThat(newer).isNotEqualTo(cluster.index);
        assertThat(PlanIndex.decode(newer)).isEqualTo(cluster.live());
    }

    @Test
    void aPartThatIsNotTheOneTheIndexMeansIsRefused() throws Exception {
        write(plan(account("one", SECRET)), Map.of(SECRET, "sk"));
        IndexedPart expected = cluster.live().part(PartKind.Accounts, 0).orElseThrow();
        byte[] whole = cluster.stored(expected.name());
        byte[] swapped = whole.clone();
        swapped[whole.length / 2] ^= 1;

        assertThat(PartContent.read(expected, "part.json", whole).entries()).isNotEmpty();
        refused(expected, "part.json", swapped, "is not the one the index names");
        refused(expected, "part.json", new byte[0], "is not the one the index names");
        refused(
                expected,
                "part.json",
                java.util.Arrays.copyOf(whole, whole.length - 1),
                "is not the one the index names");
        refused(expected, "part.json.gz", whole, "is no gzip");
    }

    @Test
    void aCompressedPartNeverYieldsMoreThanTheIndexSays() throws Exception {
        IndexedPart small = new IndexedPart(PartKind.Keys, 0, Generation.A, "0".repeat(64), 10, 1);
        byte[] bomb = Base64.getDecoder().decode(PartContent.store(new byte[20 << 20]).base64());

        refused(small, "part.json.gz", bomb, "is not the one the index names");
    }

    @Test
    void entriesThatMakeNoPlanAreRefused() throws Exception {
        PartEntry.Account one = new PartEntry.Account(account("one", SECRET));
        PartEntry.Gateway frame = new PartEntry.Gateway(GatewayFrame.of(plan()));

        makesNoPlan("the bundle has 0 gateways", one);
        makesNoPlan("the bundle has 2 gateways", frame, frame);
        makesNoPlan("the bundle has team/one twice", frame, one, one);
    }

    @Test
    void aCatalogueThatDoesNotFitLosesItsLastEntriesAndKeysStillGo() throws Exception {
        GatewayPlan base = plan(account("one", SECRET));
        CatalogEntry entry = base.catalog().getFirst();
        List<CatalogEntry> huge = java.util.Collections.nCopies(4_000, entry);
        GatewayPlan plan =
                new GatewayPlan(
                        base.gateway(),
                        base.settings(),
                        base.accounts(),
                        List.of(),
                        base.routes(),
                        huge);

        BundleStep step = next(plan, Map.of(SECRET, "sk"));
        cluster.write(step);

        assertThat(step.leftOut()).extracting(LeftOut::kind).containsExactly("GatewayConfig");
        assertThat(cluster.read().plan().catalog()).hasSizeBetween(1_000, 3_999);
        assertThat(cluster.read().plan().accounts()).hasSize(1);
    }

    private static void makesNoPlan(String message, PartEntry... entries) {
        PlanIndex index = new PlanIndex(new Revision(1), List.of(), new TreeSet<>(), 0, 0);
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() ->
                        PlanBundle.assemble(
                                index, List.of(new PlanPart(PartKind.Accounts, List.of(entries)))))
                .withMessage(message);
    }

    private static void refused(IndexedPart expected, String key, byte[] stored, String message) {
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PartContent.read(expected, key, stored))
                .withMessage("part " + expected.name() + " " + message);
    }

    private static List<String> names(GatewayPlan plan) {
        return plan.accounts().stream().map(account -> account.ref().name()).toList();
    }

    private void write(GatewayPlan plan, Map<CredentialRef, String> values) throws Exception {
        cluster.write(next(plan, values));
    }

    private BundleStep next(GatewayPlan plan, Map<CredentialRef, String> values) throws Exception {
        return PlanBundle.next(cluster.live(), Revision.NONE, input(plan, values));
    }

    private static BundleInput input(GatewayPlan plan, Map<CredentialRef, String> values) {
        return input(plan, values, Map.of());
    }

    private static BundleInput input(
            GatewayPlan plan, Map<CredentialRef, String> values, Map<String, Long> created) {
        return new BundleInput(plan, values, created, Set.of(), 3, 10_000);
    }

    private GatewayPlan plan(AccountPlan... accounts) {
        GatewayPlan any = random.plan(0, 0);
        return new GatewayPlan(
                new ObjectRef("team", "main"),
                any.settings(),
                List.of(accounts),
                List.of(),
                any.routes(),
                any.catalog());
    }

    private AccountPlan account(String name, CredentialRef ref) {
        AccountPlan any = random.plan(1, 0).accounts().getFirst();
        return new AccountPlan(
                new ObjectRef("team", name),
                "UID/" + name,
                any.provider(),
                any.baseURL(),
                any.formats(),
                new CredentialPlan.ApiKey(ref, CredentialPlan.Header.Bearer),
                any.models(),
                any.pool(),
                any.priority(),
                any.weight(),
                any.capacity(),
                any.health(),
                any.addHeaders(),
                any.forwardHeaders(),
                any.egress(),
                any.timeouts(),
                any.consumers(),
                any.suspended());
    }
}
