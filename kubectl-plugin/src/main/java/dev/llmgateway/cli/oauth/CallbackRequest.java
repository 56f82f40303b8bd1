package dev.llmgateway.cli.oauth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a browser asks the listener.
///
/// @param hosts values of `host`, as often as it was sent
/// @param origins values of `origin`
/// @param query holds a code
record CallbackRequest(
        String method, String path, String query, List<String> hosts, List<String> origins) {
    private static final int MOST_BYTES = 16 * 1024;

    /// @throws ProtocolException whatever it is, it is no request
    static CallbackRequest read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3 || !start[1].startsWith("/")) {
            throw new ProtocolException();
        }
        List<String> hosts = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (name.equals("host")) {
                hosts.add(line.substring(colon + 1).strip());
            } else if (name.equals("origin")) {
                origins.add(line.substring(colon + 1).strip());
            }
        }
        int mark = start[1].indexOf('?');
        String path = mark < 0 ? start[1] : start[1].substring(0, mark);
        String query = mark < 0 ? "" : start[1].substring(mark + 1);
        return new CallbackRequest(start[0], path, query, hosts, origins);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0 || head.size() >= MOST_BYTES) {
                throw new ProtocolException();
            }
            head.write(read);
            text = read == '\n' ? head.toString(ISO_8859_1) : "";
        }
        return text;
    }

    /// Whether it was meant for this listener: a name that somebody pointed at 127.0.0.1, or a
    /// script of another page, says so in these fields.
    boolean isFor(URI redirect) {
        String own = redirect.getRawAuthority();
        return method.equals("GET")
                && hosts.equals(List.of(own))
                && origins.stream().allMatch(each -> each.equals("http://" + own));
    }

    @Override
    public String toString() {
        return "CallbackRequest[" + method + " " + path + "]";
    }
}
