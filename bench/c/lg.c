// Load generator: one thread, epoll, HTTP/1.1 with kept connections.
//
//   closed loop (no -r): every connection sends its next request when the last is answered
//   open loop (-r): requests are due at fixed times whatever the answers do; latency counts from the due time, also for
//   a request that had to wait for a free connection, so a stall is charged to every request it delays (no coordinated
//   omission)
//
// usage: lg -p port -c connections (-n requests | -d seconds) [-r rate] [-b bodyfile] [-u path] [-H header]...
//           [-x body bytes of every answer] [-e: take event latencies from "@@<ns>@@" marks]
// prints one line of name=value; times in microseconds. A status other than 200, an answer of another length, broken
// framing and a connection closed before the answer's end are errors; more than 1000 end the run with exit code 4.
#define _GNU_SOURCE
#include "common.h"

#include <getopt.h>
#include <limits.h>

#define MAX_EVENTS 256
#define MAX_ERRORS 1000
#define STALL_SECONDS 15  // without a byte from anybody: the answers will not come

// ---- histogram ---------------------------------------------------------------------------------

// Log-linear, in tenths of a microsecond: exact up to 25.6 us, then 128 steps per power of two (error < 0.8 %).
#define BUCKETS 4096
#define LINEAR 256
#define STEPS 128

struct histogram {
    long count[BUCKETS];
    long total;
    long max;
};

static int bucket_of(long tenths) {
    if (tenths < LINEAR) {
        return (int)tenths;
    }
    int shift = 63 - __builtin_clzl((unsigned long)tenths) - 7;
    long index = STEPS * (shift + 1) + (tenths >> shift) - STEPS;
    return index < BUCKETS ? (int)index : BUCKETS - 1;
}

static double bucket_micros(int index) {
    if (index < LINEAR) {
        return index / 10.0;
    }
    int shift = index / STEPS - 1;
    long mantissa = STEPS + index % STEPS;
    return (double)(mantissa << shift) / 10.0;
}

static void record(struct histogram *h, int64_t ns) {
    long tenths = ns < 0 ? 0 : ns / 100;
    h->count[bucket_of(tenths)]++;
    h->total++;
    if (tenths > h->max) {
        h->max = tenths;
    }
}

static double quantile(const struct histogram *h, double q) {
    long rank = (long)((double)h->total * q), seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += h->count[i];
        if (seen > rank) {
            return bucket_micros(i);
        }
    }
    return (double)h->max / 10.0;
}

// ---- state -------------------------------------------------------------------------------------

#define MARK_DIGITS 19

struct connection {
    int fd;
    int busy;
    int wants_write;
    int64_t since;  // when the request was due (open loop) or sent
    size_t written;
    struct message reply;
    int mark_at;  // characters of "@@<19 digits>@@" matched so far
    int64_t mark;
};

static struct {
    int port;
    int connections;
    long requests;   // LONG_MAX: as many as the time allows
    double seconds;  // 0: as long as the requests take
    double rate;     // 0: closed loop
    long expected;   // body bytes of an answer; -1: any
    int events;
    const char *path;
    const char *body_file;
    char headers[4096];
} options = {.connections = 16, .requests = LONG_MAX, .expected = -1, .path = "/"};

static int poll_fd;
static struct connection *connections;
static struct connection **idle;
static int idle_count;
static char *request;
static size_t request_length;
static long issued, in_flight, errors;
static int64_t body_bytes;
static int64_t last_byte;  // when it came
static struct histogram latencies, event_latencies;

static void count_error(const char *what, const struct message *reply) {
    if (errors++ == 0) {
        int shown = reply != NULL ? (int)strcspn(reply->head, "\r\n") : 0;
        fprintf(stderr, "%s: %.*s, %ld body bytes\n", what, shown, reply != NULL ? reply->head : "",
                reply != NULL ? (long)reply->body : 0L);
    }
    if (errors > MAX_ERRORS) {
        fprintf(stderr, "too many errors\n");
        exit(4);
    }
}

static void dial(struct connection *c) {
    c->fd = connect_to(options.port);
    c->busy = 0;
    c->wants_write = 0;
    watch(poll_fd, EPOLL_CTL_ADD, c->fd, EPOLLIN, c);
}

// Sends what the socket takes; the rest follows when it is writable.
static void pump(struct connection *c) {
    while (c->written < request_length) {
        ssize_t sent = send(c->fd, request + c->written, request_length - c->written, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN && !c->wants_write) {
                watch(poll_fd, EPOLL_CTL_MOD, c->fd, EPOLLIN | EPOLLOUT, c);
                c->wants_write = 1;
            }
            return;  // a broken connection shows when it is read
        }
        c->written += (size_t)sent;
    }
    if (c->wants_write) {
        watch(poll_fd, EPOLL_CTL_MOD, c->fd, EPOLLIN, c);
        c->wants_write = 0;
    }
}

static void fire(struct connection *c, int64_t since) {
    c->busy = 1;
    c->since = since;
    c->written = 0;
    c->mark_at = 0;
    message_reset(&c->reply);
    issued++;
    in_flight++;
    pump(c);
}

// ---- replies -----------------------------------------------------------------------------------

struct reading {
    struct connection *connection;
    int64_t now;
};

// Two '@', the digits, two '@'; anything else starts over.
static void mark_byte(struct connection *c, char byte, int64_t now) {
    int at = c->mark_at++;
    if (at >= 2 && at < 2 + MARK_DIGITS) {
        if (byte < '0' || byte > '9') {
            c->mark_at = 0;
        }
        c->mark = c->mark * 10 + (byte - '0');
    } else if (byte != '@') {
        c->mark_at = 0;
    } else if (at < 2) {
        c->mark = 0;
    } else if (at == 2 + MARK_DIGITS + 1) {
        record(&event_latencies, now - c->mark);
        c->mark_at = 0;
    }
}

static void find_marks(void *context, const char *data, size_t length) {
    struct reading *reading = context;
    struct connection *c = reading->connection;
    const char *at = data, *end = data + length;
    while (at < end) {
        if (c->mark_at == 0) {
            at = memchr(at, '@', (size_t)(end - at));
            if (at == NULL) {
                return;
            }
        }
        mark_byte(c, *at++, reading->now);
    }
}

// The connection is free: send the next request (closed loop), or wait for one that is due (open loop).
static void next_request(struct connection *c, int64_t now, int64_t end) {
    if (options.rate > 0) {
        idle[idle_count++] = c;
    } else if (issued < options.requests && now < end) {
        fire(c, now);
    }
}

static void finish(struct connection *c, int64_t now, int64_t end) {
    const struct message *reply = &c->reply;
    c->busy = 0;
    in_flight--;
    body_bytes += reply->body;
    if (strncmp(reply->head + 9, "200", 3) != 0) {
        count_error("not 200", reply);
    } else if (options.expected >= 0 && reply->body != options.expected) {
        count_error("another length", reply);
    } else {
        record(&latencies, now - c->since);
    }
    next_request(c, now, end);
}

static void lost(struct connection *c, const char *what, int64_t end) {
    int was_busy = c->busy;
    if (was_busy) {
        count_error(what, &c->reply);
        in_flight--;
    }
    close(c->fd);
    dial(c);
    if (was_busy) {
        next_request(c, now_ns(), end);
    }
}

static void on_readable(struct connection *c, int64_t end) {
    static char buffer[1 << 18];
    ssize_t got = recv(c->fd, buffer, sizeof buffer, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        lost(c, "closed before the answer's end", end);
        return;
    }
    if (!c->busy) {
        count_error("bytes nobody asked for", NULL);
        lost(c, "", end);
        return;
    }
    struct reading reading = {.connection = c, .now = now_ns()};
    last_byte = reading.now;
    body_sink *sink = options.events ? find_marks : NULL;
    size_t used = message_feed(&c->reply, buffer, (size_t)got, sink, &reading);
    if (c->reply.phase == BROKEN || (c->reply.phase == COMPLETE && used < (size_t)got)) {
        lost(c, "broken framing", end);
    } else if (c->reply.phase == COMPLETE) {
        finish(c, reading.now, end);
    }
}

// ---- run ---------------------------------------------------------------------------------------

static char *read_body(size_t *length) {
    *length = 0;
    if (options.body_file == NULL) {
        return NULL;
    }
    FILE *file = fopen(options.body_file, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fail(options.body_file);
    }
    long size = ftell(file);
    if (size < 0) {
        fail(options.body_file);
    }
    rewind(file);
    char *body = allocate((size_t)size + 1);
    if (fread(body, 1, (size_t)size, file) != (size_t)size) {
        fail(options.body_file);
    }
    fclose(file);
    *length = (size_t)size;
    return body;
}

static void build_request(void) {
    size_t body_length;
    char *body = read_body(&body_length);
    char *head = NULL;
    int head_length = asprintf(
            &head,
            "POST %s HTTP/1.1\r\nHost: gateway.local\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
            "%sContent-Length: %zu\r\n\r\n",
            options.path, options.headers, body_length);
    if (head_length < 0) {
        fail("asprintf");
    }
    request_length = (size_t)head_length + body_length;
    request = allocate(request_length);
    memcpy(request, head, (size_t)head_length);
    if (body != NULL) {
        memcpy(request + head_length, body, body_length);
    }
    free(head);
    free(body);
}

static int64_t due_at(int64_t start, long number) {
    return start + (int64_t)((double)number * 1e9 / options.rate);
}

// Sends what is due. Answers how long to wait, at most 1 ms.
static int64_t issue_due(int64_t start, int64_t end) {
    for (;;) {
        int64_t due = due_at(start, issued);
        int64_t wait = due - now_ns();
        if (due >= end || issued >= options.requests || idle_count == 0) {
            return NANOS_PER_MILLI;
        }
        if (wait > 0) {
            return wait < NANOS_PER_MILLI ? wait : NANOS_PER_MILLI;
        }
        fire(idle[--idle_count], due);
    }
}

static int over(int64_t start, int64_t end) {
    if (in_flight > 0) {
        return 0;
    }
    return options.rate == 0 || issued >= options.requests || due_at(start, issued) >= end;
}

// Ends with the last answer; a rate below one request in STALL_SECONDS is not meant.
static void run(int64_t start, int64_t end) {
    struct epoll_event events[MAX_EVENTS];
    last_byte = start;
    for (int i = 0; i < options.connections; i++) {
        next_request(&connections[i], now_ns(), end);
    }
    while (!over(start, end)) {
        if (now_ns() - last_byte > STALL_SECONDS * NANOS_PER_SECOND) {
            fprintf(stderr, "%ld answers did not come\n", in_flight);
            errors += in_flight;
            return;
        }
        struct timespec wait = {0, options.rate > 0 ? issue_due(start, end) : 100 * NANOS_PER_MILLI};
        int count = epoll_pwait2(poll_fd, events, MAX_EVENTS, &wait, NULL);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) {
                pump(c);
            }
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
                on_readable(c, end);
            }
        }
    }
}

static void print_latencies(const char *prefix, const struct histogram *h) {
    printf("%sn=%ld %sp50=%.1f %sp90=%.1f %sp99=%.1f %sp999=%.1f %smax=%.1f ", prefix, h->total, prefix,
           quantile(h, .5), prefix, quantile(h, .9), prefix, quantile(h, .99), prefix, quantile(h, .999), prefix,
           (double)h->max / 10.0);
}

static void add_header(const char *text) {
    size_t at = strlen(options.headers);
    int printed = snprintf(options.headers + at, sizeof options.headers - at, "%s\r\n", text);
    if (printed < 0 || (size_t)printed >= sizeof options.headers - at) {
        fprintf(stderr, "headers too long\n");
        exit(2);
    }
}

static void parse_options(int argc, char **argv) {
    int option;
    while ((option = getopt(argc, argv, "p:c:n:d:r:b:u:H:x:e")) != -1) {
        switch (option) {
            case 'p': options.port = atoi(optarg); break;
            case 'c': options.connections = atoi(optarg); break;
            case 'n': options.requests = atol(optarg); break;
            case 'd': options.seconds = atof(optarg); break;
            case 'r': options.rate = atof(optarg); break;
            case 'b': options.body_file = optarg; break;
            case 'u': options.path = optarg; break;
            case 'H': add_header(optarg); break;
            case 'x': options.expected = atol(optarg); break;
            case 'e': options.events = 1; break;
            default: exit(2);
        }
    }
    if (options.port == 0 || options.connections < 1 || (options.requests == LONG_MAX && options.seconds == 0)) {
        fprintf(stderr, "usage: lg -p port -c connections (-n requests | -d seconds) ...\n");
        exit(2);
    }
}

int main(int argc, char **argv) {
    parse_options(argc, argv);
    precise_timers();
    build_request();
    poll_fd = epoll_create1(0);
    if (poll_fd < 0) {
        fail("epoll_create1");
    }
    connections = allocate((size_t)options.connections * sizeof *connections);
    idle = allocate((size_t)options.connections * sizeof(struct connection *));
    for (int i = 0; i < options.connections; i++) {
        dial(&connections[i]);
    }
    int64_t start = now_ns();
    int64_t end = options.seconds > 0 ? start + (int64_t)(options.seconds * 1e9) : INT64_MAX;
    run(start, end);
    double elapsed = (double)(now_ns() - start) / 1e9;
    print_latencies("", &latencies);
    if (options.events) {
        print_latencies("event_", &event_latencies);
    }
    printf("rps=%.0f errors=%ld bytes=%ld seconds=%.3f\n", (double)latencies.total / elapsed, errors, (long)body_bytes,
           elapsed);
    return 0;
}
