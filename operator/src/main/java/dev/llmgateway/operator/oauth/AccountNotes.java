package dev.llmgateway.operator.oauth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.UpstreamAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/// Takes annotations off accounts once what they asked for is done.
final class AccountNotes {
    private static final PatchContext JSON =
            new PatchContext.Builder()
                    .withPatchType(PatchType.JSON)
                    .withFieldManager(OAuthAnnotations.FIELD_MANAGER)
                    .build();

    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;

    AccountNotes(KubernetesClient client) {
        this.client = client;
    }

    /// Unless it says something else by now, or the account is another one.
    ///
    /// @param text what the annotation said
    void remove(ObjectRef account, String uid, String annotation, String text) {
        String path = "/metadata/annotations/" + annotation.replace("~", "~0").replace("/", "~1");
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject().put("op", "test").put("path", "/metadata/uid").put("value", uid);
        patch.addObject().put("op", "test").put("path", path).put("value", text);
        patch.addObject().put("op", "remove").put("path", path);
        try {
            client.resources(UpstreamAccount.class)
                    .inNamespace(account.namespace())
                    .withName(account.name())
                    .patch(JSON, patch.toString());
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
