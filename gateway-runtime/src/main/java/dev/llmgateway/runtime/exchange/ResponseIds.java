package dev.llmgateway.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.model.AccountTag;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.upstream.Credentials;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Ids of responses that an account stores, as clients see them: `resp_<tag><seal>_<original>`
/// (spec/http.md). The tag tells the account, so that any process finds it; the seal shows that the
/// gateway gave this id to a key of this namespace (docs/decisions/105).
final class ResponseIds {
    /// Key of the plan's credentials under the gateway's own name.
    static final String KEY = "id-key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "resp_";
    private static final int SEAL = 12;
    private static final int HEAD = PREFIX.length() + AccountTag.LENGTH + SEAL;

    private final SecretKeySpec key;

    /// Of no plan: nothing is bound, and nothing is believed.
    private final boolean none;

    private ResponseIds(byte[] key, boolean none) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.none = none;
    }

    static ResponseIds of(ObjectRef gateway, Credentials credentials) {
        CredentialRef ref = new CredentialRef(gateway.namespace(), gateway.name(), KEY);
        Optional<Credential.Value> value = credentials.find(ref);
        return value.map(text -> new ResponseIds(text.text().getBytes(UTF_8), false))
                .orElseGet(() -> new ResponseIds(new byte[1], true));
    }

    /// Whether there is no key to bind ids with.
    boolean none() {
        return none;
    }

    /// The id that clients of a namespace see.
    String bound(AccountPlan account, String namespace, String original) {
        return PREFIX
                + AccountTag.of(account.uid())
                + seal(account.uid(), namespace, original)
                + '_'
                + original;
    }

    /// The upstream's id in one that a client sends; empty: it is none of ours.
    static String original(String id) {
        boolean ours =
                id.length() > HEAD + 1
                        && id.startsWith(PREFIX)
                        && id.charAt(HEAD) == '_'
                        && isHex(id, PREFIX.length());
        return ours ? id.substring(HEAD + 1) : "";
    }

    private static boolean isHex(String id, int from) {
        for (int i = from; i < HEAD; i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /// Whether the gateway gave the id to keys of a namespace, for this account's response.
    boolean owns(AccountPlan account, String namespace, String id) {
        String original = original(id);
        if (none || original.isEmpty()) {
            return false;
        }
        String expected = bound(account, namespace, original);
        return MessageDigest.isEqual(expected.getBytes(UTF_8), id.getBytes(UTF_8));
    }

    /// Covers the original too: else a seal of one's own would fit any id one comes to know.
    private String seal(String account, String namespace, String original) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] sealed =
                    mac.doFinal((account + '\n' + namespace + '\n' + original).getBytes(UTF_8));
            return HexFormat.of().formatHex(sealed, 0, SEAL / 2);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
