package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.model.Caller;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The requests of one loop that are under way, linked through themselves: joining and leaving make
/// no garbage.
final class Ongoing {
    private @Nullable Member first;

    /// One request.
    abstract static class Member {
        private @Nullable Ongoing list;
        private @Nullable Member before;
        private @Nullable Member after;

        abstract Caller caller();

        /// Its key opens nothing any more.
        abstract void revoked();

        /// It has ended; again: nothing.
        final void leave() {
            Ongoing joined = list;
            if (joined == null) {
                return;
            }
            list = null;
            if (before == null) {
                joined.first = after;
            } else {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
            before = null;
            after = null;
        }
    }

    void join(Member member) {
        member.list = this;
        member.after = first;
        if (first != null) {
            first.before = member;
        }
        first = member;
    }

    void revokeUnless(Predicate<Caller> stands) {
        Member next = first;
        while (next != null) {
            Member member = next;
            next = member.after; // whoever is revoked leaves
            if (!stands.test(member.caller())) {
                member.revoked();
            }
        }
    }
}
