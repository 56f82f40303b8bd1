package dev.llmgateway.operator.live;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A process that dies at its n-th call of those that a test is about, reads among them: just
/// before it is sent, or just after it took effect, its answer unread. From then on nothing it
/// sends arrives.
final class MortalAt implements Interceptor {
    private final Predicate<HttpRequest> about;
    private final int last;
    private final boolean sent;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch dead = new CountDownLatch(1);

    /// @param last which call, from 1 on; 0: it lives
    /// @param sent whether that one takes effect
    MortalAt(Predicate<HttpRequest> about, int last, boolean sent) {
        this.about = about;
        this.last = last;
        this.sent = sent;
    }

    /// What was called, in order.
    List<String> calls() {
        return List.copyOf(calls);
    }

    boolean diesWithin(long millis) throws InterruptedException {
        return dead.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (dead.getCount() == 0) {
            throw new KubernetesClientException("this process is dead");
        }
        if (about.test(request)) {
            calls.add(request.method() + " " + request.uri().getPath());
            if (calls.size() == last && !sent) {
                die();
            }
        }
    }

    @Override
    public void after(
            HttpRequest request,
            HttpResponse<?> response,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (dead.getCount() == 0 || (about.test(request) && calls.size() >= last && last > 0)) {
            die();
        }
    }

    private void die() {
        dead.countDown();
        throw new KubernetesClientException("this process is dead");
    }

    @Override
    public String toString() {
        return (sent ? "after " : "before ") + "call " + last;
    }
}
