package dev.llmgateway.crds.plan;

/// A plan as JSON: `{"format":1,"plan":{…}}` in UTF-8. Fields are sorted by name and lists keep the
/// plan's order, so equal plans give equal bytes and a digest of the bytes names the plan.
public final class PlanCodec {
    /// The format that is written.
    public static final int FORMAT = Envelope.FORMAT;

    private static final Envelope<GatewayPlan> PLAN = new Envelope<>("plan", GatewayPlan.class);

    private PlanCodec() {}

    public static byte[] encode(GatewayPlan plan) {
        return PLAN.encode(plan);
    }

    /// SHA-256 of the plan as JSON: equal plans have equal digests.
    public static String digest(GatewayPlan plan) {
        return Sha256.hex(encode(plan));
    }

    /// @throws PlanFormatException for anything but exactly one plan of a format this program reads
    public static GatewayPlan decode(byte[] bytes) throws PlanFormatException {
        return PLAN.decode(bytes);
    }
}
