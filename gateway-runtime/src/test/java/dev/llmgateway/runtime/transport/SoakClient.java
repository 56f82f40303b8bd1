package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.http.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/// One client of a soak: asks on a kept connection for random faults, and sometimes leaves.
final class SoakClient implements Callable<Integer> {
    private static final int LEAVES = 40;

    private final EdgeFixture edge;
    private final int requests;
    private final SplittableRandom random;
    private final SoakLedger ledger;

    SoakClient(EdgeFixture edge, int requests, SplittableRandom random, SoakLedger ledger) {
        this.edge = edge;
        this.requests = requests;
        this.random = random;
        this.ledger = ledger;
    }

    @Override
    public Integer call() throws IOException {
        RawClient connection = edge.client();
        for (int i = 0; i < requests; i++) {
            if (!ask(connection)) {
                connection.close();
                connection = edge.client();
            }
        }
        connection.close();
        return requests;
    }

    /// Whether the connection is still good.
    private boolean ask(RawClient connection) throws IOException {
        Correlation id = Correlation.random(random);
        int number = SoakFault.draw(random);
        String request = id.request("POST /soak HTTP/1.1", "x-fault: " + number + "\r\n");
        if (random.nextInt(LEAVES) == 0) {
            ledger.left();
            leave(connection, request);
            return false;
        }
        try {
            connection.send(request);
            ledger.answered(id, SoakFault.of(number), connection.response());
            return true;
        } catch (EOFException | SocketException _) {
            ledger.cut(id, SoakFault.of(number));
            return false;
        }
    }

    private void leave(RawClient connection, String request) throws IOException {
        try {
            switch (random.nextInt(5)) {
                case 0 -> connection.send(request.substring(0, request.length() / 2)).reset();
                case 1 -> connection.send(request.substring(0, request.length() - 3)).close();
                case 2 -> connection.send(request).reset();
                case 3 -> connection.send(request).close();
                default -> {
                    connection.send(request).reader().line(); // of the reply, or the end
                    connection.reset();
                }
            }
        } catch (EOFException | SocketException _) {
            connection.close(); // the reply was cut, or the last one's end had come already
        }
    }
}
