package dev.llmgateway.crds.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlanBundleProperties {
    @Property(tries = 60)
    void aPlanSurvivesJson(@ForAll long seed) throws Exception {
        GatewayPlan plan = new RandomPlan(new SplittableRandom(seed)).plan();

        assertThat(PlanCodec.decode(PlanCodec.encode(plan))).isEqualTo(plan);
    }

    @Property(tries = 40)
    void aBundleGivesItsPlanAndItsCredentialsBack(@ForAll long seed) throws Exception {
        RandomPlan random = new RandomPlan(new SplittableRandom(seed));
        GatewayPlan plan = random.plan();
        Map<CredentialRef, String> credentials = random.credentials(plan);
        Cluster cluster = new Cluster();

        cluster.write(PlanBundle.next(cluster.live(), Revision.NONE, input(plan, credentials)));

        assertThat(cluster.read().plan()).isEqualTo(plan);
        assertThat(cluster.read().credentials()).isEqualTo(credentials);
        assertThat(cluster.live().revision()).isEqualTo(new Revision(1));
    }

    @Property(tries = 30)
    void aWriterThatDiesAnywhereLeavesAWholeBundle(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int crash) throws Exception {
        SplittableRandom dice = new SplittableRandom(seed);
        RandomPlan random = new RandomPlan(dice);
        Cluster cluster = new Cluster();
        GatewayPlan first = random.plan();
        cluster.write(next(cluster, first, random.credentials(first)));
        PlanBundle inForce = cluster.read();
        for (int round = 0; round < 4; round++) {
            GatewayPlan plan = edited(inForce.plan(), random, dice);
            Map<CredentialRef, String> credentials = random.credentials(plan);
            BundleStep step = next(cluster, plan, credentials);

            cluster.write(step, crash);
            PlanBundle seen = cluster.read();

            boolean flipped = crash > step.writes().size();
            assertThat(seen.plan()).isEqualTo(flipped ? plan : inForce.plan());
            cluster.write(next(cluster, plan, credentials));
            inForce = cluster.read();
            assertThat(inForce.plan()).isEqualTo(plan);
            assertThat(inForce.credentials()).isEqualTo(credentials);
        }
    }

    @Property(tries = 30)
    void aChangeOfOneKeyTouchesOnePartAndTheIndex(@ForAll long seed) throws Exception {
        SplittableRandom dice = new SplittableRandom(seed);
        RandomPlan random = new RandomPlan(dice);
        GatewayPlan plan = random.plan(3, 20);
        Map<CredentialRef, String> credentials = random.credentials(plan);
        Cluster cluster = new Cluster();
        cluster.write(next(cluster, plan, credentials));
        PlanIndex before = cluster.live();
        List<KeyPlan> keys = new ArrayList<>(plan.keys());
        KeyPlan changed = otherwise(keys.get(0), random.key());
        keys.set(0, changed);

        BundleStep step = next(cluster, with(plan, keys), credentials);

        assertThat(step.writes()).hasSize(1);
        PartName written = step.writes().getFirst().name();
        assertThat(written.kind()).isEqualTo(PartKind.Keys);
        assertThat(before.parts().stream().map(IndexedPart::name)).doesNotContain(written);
        assertThat(step.index().revision()).isEqualTo(before.revision().next());
    }

    @Property(tries = 20)
    void nothingIsWrittenForAPlanThatIsThere(@ForAll long seed) throws Exception {
        RandomPlan random = new RandomPlan(new SplittableRandom(seed));
        GatewayPlan plan = random.plan();
        Map<CredentialRef, String> credentials = random.credentials(plan);
        Cluster cluster = new Cluster();
        cluster.write(next(cluster, plan, credentials));

        BundleStep again = next(cluster, plan, credentials);

        assertThat(again.writes()).isEmpty();
        assertThat(again.index()).isEqualTo(cluster.live());
    }

    private static BundleStep next(
            Cluster cluster, GatewayPlan plan, Map<CredentialRef, String> credentials)
            throws PlanFormatException {
        return PlanBundle.next(cluster.live(), Revision.NONE, input(plan, credentials));
    }

    private static BundleInput input(GatewayPlan plan, Map<CredentialRef, String> credentials) {
        return new BundleInput(plan, credentials, Map.of(), Set.of(), 3, 1_000);
    }

    /// Some keys gone, some changed, and other accounts or not.
    private static GatewayPlan edited(GatewayPlan plan, RandomPlan random, SplittableRandom dice) {
        List<KeyPlan> keys = new ArrayList<>();
        for (KeyPlan key : plan.keys()) {
            switch (dice.nextInt(4)) {
                case 0 -> {}
                case 1 -> keys.add(otherwise(key, random.key()));
                default -> keys.add(key);
            }
        }
        GatewayPlan base = dice.nextBoolean() ? plan : random.plan(4, 0);
        return with(base, keys);
    }

    private static GatewayPlan with(GatewayPlan plan, List<KeyPlan> keys) {
        return new GatewayPlan(
                plan.gateway(),
                plan.settings(),
                plan.accounts(),
                keys,
                plan.routes(),
                plan.catalog());
    }

    private static KeyPlan otherwise(KeyPlan key, KeyPlan other) {
        return new KeyPlan(
                key.ref(),
                key.uid(),
                other.hashes(),
                other.ownerKind(),
                other.ownerName(),
                other.access(),
                other.expiresAtMillis() == key.expiresAtMillis() ? 7 : other.expiresAtMillis(),
                other.formats(),
                other.modelFilters(),
                other.pools(),
                other.accountNamespaces(),
                other.routes(),
                other.limits(),
                other.budgets(),
                other.suspended());
    }
}
