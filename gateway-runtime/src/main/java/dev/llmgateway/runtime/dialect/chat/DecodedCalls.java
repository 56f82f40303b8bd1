package dev.llmgateway.runtime.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which call a fragment belongs to (translation.md 4.2). Upstreams number calls, or give each its
/// id, or neither; some number all of them 0, some rotate the id in mid-call.
final class DecodedCalls {
    /// Far beyond what a model calls in one reply; bounds what a stream can make us keep.
    static final int MOST = 1_024;

    /// Number of the one call of the deprecated `function_call`.
    static final long LEGACY = -2;

    private final List<DecodedCall> calls = new ArrayList<>();

    List<DecodedCall> all() {
        return calls;
    }

    /// The call with this number that was begun last; null: none.
    @Nullable DecodedCall numbered(long index) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).index == index) {
                return calls.get(i);
            }
        }
        return null;
    }

    /// The call a fragment belongs to, begun when it is a new one.
    ///
    /// @param position of the fragment among those of its chunk
    DecodedCall of(CallFragment fragment, int position) {
        DecodedCall known = known(fragment, position);
        if (known != null) {
            return known;
        }
        DecodedCall call = new DecodedCall(fragment.index, fragment.custom);
        calls.add(call);
        return call;
    }

    private @Nullable DecodedCall known(CallFragment fragment, int position) {
        DecodedCall named = fragment.id.isEmpty() ? null : identified(fragment.id);
        if (named != null
                && (fragment.index == CallFragment.UNNUMBERED || fragment.index == named.index)) {
            return named;
        }
        boolean numbered = fragment.index != CallFragment.UNNUMBERED;
        DecodedCall last = numbered ? numbered(fragment.index) : last();
        if (last == null) {
            return null;
        }
        boolean begins = !fragment.id.isEmpty() || !fragment.name.isEmpty();
        if (!numbered && position > 0 && begins) {
            return null;
        }
        boolean same = fragment.id.isEmpty() ? numbered : last.id().isEmpty() && !last.complete();
        return same || !last.isFollowedBy(fragment.id, fragment.name) ? last : null;
    }

    private @Nullable DecodedCall identified(String id) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).id().equals(id)) {
                return calls.get(i);
            }
        }
        return null;
    }

    private @Nullable DecodedCall last() {
        return calls.isEmpty() ? null : calls.getLast();
    }
}
