package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.api.GatewayConfigSpec.PropagationMode;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanIndex;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;

/// What a gateway's pod finds in its file system.
final class PodVolumes {
    static final String BUNDLE_PATH = "/etc/llm-gateway/bundle";
    static final String ADMIN_PATH = "/etc/llm-gateway/admin";
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final long TOKEN_SECONDS = 3_600;

    private PodVolumes() {}

    static List<Volume> of(GatewayFacts facts) {
        List<Volume> volumes = new ArrayList<>(List.of(bundle(facts), admin(facts), temporary()));
        if (asksTheApiServer(facts)) {
            volumes.add(token());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(GatewayFacts facts) {
        List<VolumeMount> mounts =
                new ArrayList<>(
                        List.of(
                                mount("bundle", BUNDLE_PATH, true),
                                mount("admin", ADMIN_PATH, true),
                                mount("tmp", "/tmp", false)));
        if (asksTheApiServer(facts)) {
            mounts.add(mount("token", TOKEN_PATH, true));
        }
        return mounts;
    }

    static boolean asksTheApiServer(GatewayFacts facts) {
        return facts.spec().propagation().mode() == PropagationMode.Watch;
    }

    /// One projected volume for all objects: 49 volumes would be 49 mounts in every pod.
    private static Volume bundle(GatewayFacts facts) {
        List<VolumeProjection> sources = new ArrayList<>();
        sources.add(
                new VolumeProjectionBuilder()
                        .withNewConfigMap()
                        .withName(facts.indexName())
                        .withItems(item(facts.indexName(), PlanIndex.DATA_KEY))
                        .withOptional(true)
                        .endConfigMap()
                        .build());
        PartName.all().forEach(part -> sources.add(part(part.object(facts.name()))));
        return new VolumeBuilder()
                .withName("bundle")
                .withNewProjected()
                .withSources(sources)
                .endProjected()
                .build();
    }

    private static VolumeProjection part(String object) {
        return new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(object)
                .withItems(item(object, PartContent.PLAIN_KEY), item(object, PartContent.GZIP_KEY))
                .withOptional(true)
                .endSecret()
                .build();
    }

    private static KeyToPath item(String object, String key) {
        return new KeyToPath(key, null, object + "/" + key);
    }

    /// Optional as well: a pod that starts before the Secret lets nobody in, instead of not
    /// starting.
    private static Volume admin(GatewayFacts facts) {
        return new VolumeBuilder()
                .withName("admin")
                .withNewSecret()
                .withSecretName(facts.adminName())
                .withOptional(true)
                .endSecret()
                .build();
    }

    /// Native libraries are unpacked there; the root file system is read-only.
    private static Volume temporary() {
        return new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir()
                .build();
    }

    /// What a kubelet would mount by itself, with a token of an hour.
    private static Volume token() {
        return new VolumeBuilder()
                .withName("token")
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withExpirationSeconds(TOKEN_SECONDS)
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("kube-root-ca.crt")
                .withItems(new KeyToPath("ca.crt", null, "ca.crt"))
                .endConfigMap()
                .endSource()
                .endProjected()
                .build();
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }
}
