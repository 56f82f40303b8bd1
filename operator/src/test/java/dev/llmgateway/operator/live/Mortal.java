package dev.llmgateway.operator.live;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that dies at its n-th write: just before it is sent, or just after it took effect, its
/// answer unread. From then on nothing it writes arrives.
final class Mortal implements Interceptor {
    private final int last;
    private final boolean sent;
    private final AtomicInteger writes = new AtomicInteger();
    private final CountDownLatch dead = new CountDownLatch(1);

    /// @param last which write, from 1 on
    /// @param sent whether that one takes effect
    Mortal(int last, boolean sent) {
        this.last = last;
        this.sent = sent;
    }

    /// One that lives.
    static Mortal immortal() {
        return new Mortal(Integer.MAX_VALUE, true);
    }

    int writes() {
        return writes.get();
    }

    boolean diesWithin(long millis) throws InterruptedException {
        return dead.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (request.method().equals("GET")) {
            return;
        }
        int number = writes.incrementAndGet();
        if (number > last || (number == last && !sent)) {
            die();
        }
    }

    @Override
    public void after(
            HttpRequest request,
            HttpResponse<?> response,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (!request.method().equals("GET") && writes.get() >= last) {
            die();
        }
    }

    private void die() {
        dead.countDown();
        throw new KubernetesClientException("this process is dead");
    }

    @Override
    public String toString() {
        return (sent ? "after" : "before") + " write " + last;
    }
}
