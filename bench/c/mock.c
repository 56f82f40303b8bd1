// A provider that costs next to nothing: one thread, epoll, keep-alive HTTP/1.1 on loopback. A port stands for a
// behaviour, the request's path for a format: /v1/messages answers in the Messages format, /v1/responses in that of
// Responses, everything else in Chat Completions. Every streamed event carries "@@<monotonic ns>@@", from which lg takes its one-way latency.
//
// A request with "Connection: close" ends the mock: the proxy before it is set up wrongly.
//
// usage: mock SECONDS PORT:json | PORT:burst:EVENTS | PORT:paced:EVENTS:MICROS ...
//   json   one JSON answer of about 1.2 KB
//   burst  EVENTS events in one write, each in a chunk of its own
//   paced  an event every MICROS, from 1 ms to 8 s
#define _GNU_SOURCE
#include "common.h"

#define MAX_PORTS 16
#define MAX_EVENTS 256
#define SLOTS 8192  // of the timer wheel, 1 ms each
#define RESPONSE_LIMIT (1 << 20)
#define LONG_PACE_MICROS 20000

enum behaviour { JSON, BURST, PACED };
enum format { CHAT, MESSAGES, RESPONSES, FORMATS };

struct port {
    int fd;
    enum behaviour behaviour;
    int events;
    long pace_micros;
};

struct connection {
    int fd;
    int closed;
    const struct port *port;
    enum format format;
    struct message request;
    int events_left;
    char *pending;  // bytes the socket did not take yet
    size_t pending_length, pending_sent;
    struct connection *next, **link;  // in a slot of the wheel (link set), or in the list of closed ones
};

// ---- answers -----------------------------------------------------------------------------------

struct shape {
    const char *json_prefix, *json_suffix;
    const char *stream_start, *event, *stream_end;  // `event` takes a number and a time
};

#define CHAT_CHUNK                                                                                  \
    "data: {\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\"," \
    "\"created\":1741570283,\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\","          \
    "\"system_fingerprint\":\"fp_fc9f1d7035\","

#define RESPONSE(status)                                                                                  \
    "{\"id\":\"resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b\",\"object\":\"response\","           \
    "\"created_at\":1741570283,\"status\":\"" status "\",\"background\":false,\"error\":null,"             \
    "\"incomplete_details\":null,\"instructions\":null,\"max_output_tokens\":1024,\"max_tool_calls\":null," \
    "\"model\":\"gpt-4o-2024-08-06\",\"parallel_tool_calls\":true,\"previous_response_id\":null,"           \
    "\"reasoning\":{\"effort\":null,\"summary\":null},\"service_tier\":\"default\",\"store\":false,"       \
    "\"temperature\":1.0,\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[],"  \
    "\"top_p\":1.0,\"truncation\":\"disabled\",\"user\":null,\"metadata\":{},"

#define RESPONSE_USAGE                                                                                  \
    "\"usage\":{\"input_tokens\":1117,\"input_tokens_details\":{\"cached_tokens\":0,"                    \
    "\"cache_write_tokens\":0},\"output_tokens\":146,\"output_tokens_details\":{\"reasoning_tokens\":0}," \
    "\"total_tokens\":1263}}"

#define ITEM "\"item_id\":\"msg_67ccd2bf17f0819081ff3bb2cf6508e6\",\"output_index\":0,\"content_index\":0,"

#define MESSAGE_ITEM(status, content)                                                              \
    "{\"id\":\"msg_67ccd2bf17f0819081ff3bb2cf6508e6\",\"type\":\"message\",\"status\":\"" status "\"," \
    "\"content\":[" content "],\"role\":\"assistant\"}"

#define NO_TEXT "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"\"}"

#define EVENT(type) "event: " type "\ndata: {\"type\":\"" type "\",\"sequence_number\":"

static const struct shape SHAPES[] = {
    [CHAT] =
        {
            .json_prefix =
                "{\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion\","
                "\"created\":1741570283,\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,"
                "\"message\":{\"role\":\"assistant\",\"content\":\"",
            .json_suffix =
                "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                "\"usage\":{\"prompt_tokens\":1117,\"completion_tokens\":146,\"total_tokens\":1263,"
                "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},"
                "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_fc9f1d7035\"}",
            .stream_start =
                CHAT_CHUNK "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\","
                           "\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n",
            .event = CHAT_CHUNK "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token %06d @@%019ld@@ ok\"},"
                                "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n",
            .stream_end =
                CHAT_CHUNK "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                           "\"usage\":null}\n\n" CHAT_CHUNK
                           "\"choices\":[],\"usage\":{\"prompt_tokens\":1117,\"completion_tokens\":100,"
                           "\"total_tokens\":1217,\"prompt_tokens_details\":{\"cached_tokens\":0,"
                           "\"audio_tokens\":0}}}\n\ndata: [DONE]\n\n",
        },
    [MESSAGES] =
        {
            .json_prefix =
                "{\"id\":\"msg_01XFDUDYJgAACzvnptvVoYEL\",\"type\":\"message\",\"role\":\"assistant\","
                "\"model\":\"claude-sonnet-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"",
            .json_suffix =
                "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":2095,"
                "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"cache_creation\":{"
                "\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0},\"output_tokens\":503,"
                "\"service_tier\":\"standard\"}}",
            .stream_start =
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{"
                "\"id\":\"msg_01XFDUDYJgAACzvnptvVoYEL\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
                "\"model\":\"claude-sonnet-4-5\",\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{"
                "\"input_tokens\":25,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                "\"output_tokens\":1}}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\","
                "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
            .event =
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{"
                "\"type\":\"text_delta\",\"text\":\" token %06d @@%019ld@@ ok\"}}\n\n",
            .stream_end =
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
                "\"stop_sequence\":null},\"usage\":{\"output_tokens\":100}}\n\n"
                "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        },
    // What its last events repeat of the text is left out: the times in it are not known beforehand.
    [RESPONSES] =
        {
            .json_prefix =
                RESPONSE("completed") "\"output\":[{\"id\":\"msg_67ccd2bf17f0819081ff3bb2cf6508e6\","
                                      "\"type\":\"message\",\"status\":\"completed\",\"content\":[{"
                                      "\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"",
            .json_suffix = "\"}],\"role\":\"assistant\"}]," RESPONSE_USAGE,
            .stream_start =
                EVENT("response.created") "0,\"response\":" RESPONSE("in_progress") "\"output\":[],\"usage\":null}}\n\n"
                EVENT("response.in_progress") "1,\"response\":" RESPONSE("in_progress") "\"output\":[],\"usage\":null}}\n\n"
                EVENT("response.output_item.added") "2,\"output_index\":0,\"item\":" MESSAGE_ITEM("in_progress", "") "}\n\n"
                EVENT("response.content_part.added") "3," ITEM "\"part\":" NO_TEXT "}\n\n",
            .event = EVENT("response.output_text.delta") "%1$d," ITEM "\"delta\":\" token %1$06d @@%2$019ld@@ ok\","
                                                         "\"logprobs\":[],\"obfuscation\":\"wAk2mZ\"}\n\n",
            .stream_end =
                EVENT("response.output_text.done") "1000," ITEM "\"text\":\"\",\"logprobs\":[]}\n\n"
                EVENT("response.content_part.done") "1001," ITEM "\"part\":" NO_TEXT "}\n\n"
                EVENT("response.output_item.done") "1002,\"output_index\":0,\"item\":" MESSAGE_ITEM("completed", NO_TEXT) "}\n\n"
                EVENT("response.completed") "1003,\"response\":" RESPONSE("completed") "\"output\":[]," RESPONSE_USAGE "}\n\n",
        },
};

static const char STREAM_HEAD[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
    "x-request-id: req_011CSHoEeqs5C35K2UUqR7Fy\r\nTransfer-Encoding: chunked\r\n\r\n";

static char *json_answers[FORMATS];  // by format, head included

static char *json_answer(const struct shape *shape) {
    static const char sentence[] = "the quick brown fox jumps over the lazy dog ";
    char text[701];
    for (size_t i = 0; i < sizeof text - 1; i++) {
        text[i] = sentence[i % (sizeof sentence - 1)];
    }
    text[sizeof text - 1] = 0;
    size_t length = strlen(shape->json_prefix) + strlen(text) + strlen(shape->json_suffix);
    char *answer = NULL;
    int printed = asprintf(
            &answer,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: req_011CSHoEeqs5C35K2UUqR7Fy\r\n"
            "openai-processing-ms: 1\r\nContent-Length: %zu\r\n\r\n%s%s%s",
            length, shape->json_prefix, text, shape->json_suffix);
    if (printed < 0) {
        fail("asprintf");
    }
    return answer;
}

// Appends `text` as one chunk; answers the new length.
static size_t append_chunk(char *to, size_t at, const char *text) {
    int printed = snprintf(to + at, RESPONSE_LIMIT - at, "%zx\r\n%s\r\n", strlen(text), text);
    if (printed < 0 || (size_t)printed >= RESPONSE_LIMIT - at) {
        fprintf(stderr, "answer too long\n");
        exit(1);
    }
    return at + (size_t)printed;
}

static size_t append_event(char *to, size_t at, const struct shape *shape, int number) {
    char text[512];
    // The format is one of those above: a number and a time.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, shape->event, number, (long)now_ns());
#pragma GCC diagnostic pop
    return append_chunk(to, at, text);
}

static size_t append_end(char *to, size_t at, const struct shape *shape) {
    at = append_chunk(to, at, shape->stream_end);
    memcpy(to + at, "0\r\n\r\n", 5);
    return at + 5;
}

static size_t append_start(char *to, const struct shape *shape) {
    memcpy(to, STREAM_HEAD, sizeof STREAM_HEAD - 1);
    return append_chunk(to, sizeof STREAM_HEAD - 1, shape->stream_start);
}

// ---- connections -------------------------------------------------------------------------------

static int poll_fd;
static struct port ports[MAX_PORTS];
static int port_count;
static struct connection *wheel[SLOTS];
static int64_t wheel_now;  // ms
static int timers;
static struct connection *closed_list;
static char scratch[RESPONSE_LIMIT];

static void cancel_timer(struct connection *c) {
    if (c->link == NULL) {
        return;
    }
    *c->link = c->next;
    if (c->next != NULL) {
        c->next->link = c->link;
    }
    c->link = NULL;
    timers--;
}

static void set_timer(struct connection *c, long micros) {
    int64_t delay = micros / 1000;
    delay = delay < 1 ? 1 : delay > SLOTS - 1 ? SLOTS - 1 : delay;
    struct connection **slot = &wheel[(wheel_now + delay) % SLOTS];
    c->next = *slot;
    c->link = slot;
    if (c->next != NULL) {
        c->next->link = &c->next;
    }
    *slot = c;
    timers++;
}

// Memory is freed after the batch of events, which may still name the connection.
static void close_connection(struct connection *c) {
    if (c->closed) {
        return;
    }
    cancel_timer(c);
    c->closed = 1;
    close(c->fd);
    c->next = closed_list;
    closed_list = c;
}

static void free_closed(void) {
    while (closed_list != NULL) {
        struct connection *c = closed_list;
        closed_list = c->next;
        free(c->pending);
        free(c);
    }
}

static void keep_pending(struct connection *c, const char *data, size_t length) {
    int fresh = c->pending == NULL;
    c->pending = realloc(c->pending, c->pending_length + length);
    if (c->pending == NULL) {
        fail("realloc");
    }
    memcpy(c->pending + c->pending_length, data, length);
    c->pending_length += length;
    if (fresh) {
        watch(poll_fd, EPOLL_CTL_MOD, c->fd, EPOLLIN | EPOLLOUT, c);
    }
}

static void write_out(struct connection *c, const char *data, size_t length) {
    size_t done = 0;
    if (c->pending == NULL) {
        ssize_t sent = send(c->fd, data, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            close_connection(c);
            return;
        }
        done = sent < 0 ? 0 : (size_t)sent;
    }
    if (done < length) {
        keep_pending(c, data + done, length - done);
    }
}

static void flush_pending(struct connection *c) {
    size_t left = c->pending_length - c->pending_sent;
    ssize_t sent = send(c->fd, c->pending + c->pending_sent, left, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN) {
            close_connection(c);
        }
        return;
    }
    c->pending_sent += (size_t)sent;
    if (c->pending_sent == c->pending_length) {
        free(c->pending);
        c->pending = NULL;
        c->pending_length = c->pending_sent = 0;
        watch(poll_fd, EPOLL_CTL_MOD, c->fd, EPOLLIN, c);
    }
}

static void answer_burst(struct connection *c, const struct shape *shape) {
    size_t length = append_start(scratch, shape);
    for (int i = 0; i < c->port->events; i++) {
        length = append_event(scratch, length, shape, i);
    }
    length = append_end(scratch, length, shape);
    write_out(c, scratch, length);
}

// A long pace starts anywhere inside its first interval, so that streams opened together do not tick together.
static void start_paced(struct connection *c, const struct shape *shape) {
    size_t length = append_start(scratch, shape);
    write_out(c, scratch, length);
    if (c->closed) {
        return;
    }
    long pace = c->port->pace_micros;
    c->events_left = c->port->events;
    set_timer(c, pace > LONG_PACE_MICROS ? random() % pace : pace);
}

static void on_timer(struct connection *c) {
    const struct shape *shape = &SHAPES[c->format];
    if (c->events_left == 0) {
        write_out(c, scratch, append_end(scratch, 0, shape));
        return;
    }
    int number = c->port->events - c->events_left--;
    write_out(c, scratch, append_event(scratch, 0, shape, number));
    if (!c->closed) {
        set_timer(c, c->port->pace_micros);
    }
}

// A proxy that closes its upstream connections would be measured opening new ones, and every ratio to it would flatter.
static void refuse_close(const struct message *request) {
    const char *value = header(request, "\nconnection:");
    if (value != NULL && strncasecmp(value, "close", 5) == 0) {
        fprintf(stderr, "a proxy does not keep its upstream connections\n");
        exit(3);
    }
}

static enum format format_of(const char *head) {
    if (strncmp(head, "POST /v1/messages", 17) == 0) {
        return MESSAGES;
    }
    return strncmp(head, "POST /v1/responses", 18) == 0 ? RESPONSES : CHAT;
}

static void answer(struct connection *c) {
    refuse_close(&c->request);
    c->format = format_of(c->request.head);
    const struct shape *shape = &SHAPES[c->format];
    switch (c->port->behaviour) {
        case JSON:
            write_out(c, json_answers[c->format], strlen(json_answers[c->format]));
            break;
        case BURST:
            answer_burst(c, shape);
            break;
        case PACED:
            start_paced(c, shape);
            break;
    }
}

static void on_readable(struct connection *c) {
    static char buffer[1 << 18];
    ssize_t got = recv(c->fd, buffer, sizeof buffer, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        close_connection(c);
        return;
    }
    size_t at = 0;
    while (at < (size_t)got && !c->closed) {
        at += message_feed(&c->request, buffer + at, (size_t)got - at, NULL, NULL);
        if (c->request.phase == BROKEN) {
            fprintf(stderr, "request framing broken\n");
            close_connection(c);
        } else if (c->request.phase == COMPLETE) {
            answer(c);
            message_reset(&c->request);
        }
    }
}

static void accept_all(const struct port *port) {
    int fd;
    while ((fd = accept4(port->fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        set_no_delay(fd);
        struct connection *c = allocate(sizeof *c);
        c->fd = fd;
        c->port = port;
        watch(poll_fd, EPOLL_CTL_ADD, fd, EPOLLIN, c);
    }
}

static void on_event(struct connection *c, uint32_t events) {
    if (!c->closed && (events & EPOLLOUT) && c->pending != NULL) {
        flush_pending(c);
    }
    if (!c->closed && (events & (EPOLLIN | EPOLLHUP | EPOLLERR))) {
        on_readable(c);
    }
}

static void run_timers(void) {
    int64_t now = now_ns() / NANOS_PER_MILLI;
    if (timers == 0) {
        wheel_now = now;
        return;
    }
    while (wheel_now < now) {
        struct connection **slot = &wheel[++wheel_now % SLOTS];
        while (*slot != NULL) {
            struct connection *c = *slot;
            cancel_timer(c);
            on_timer(c);
        }
    }
}

// ---- start -------------------------------------------------------------------------------------

static void add_port(const char *text) {
    int number;
    char behaviour[8] = "";
    struct port port = {0};
    int fields = sscanf(text, "%d:%7[a-z]:%d:%ld", &number, behaviour, &port.events, &port.pace_micros);
    if (fields == 2 && strcmp(behaviour, "json") == 0) {
        port.behaviour = JSON;
    } else if (fields == 3 && strcmp(behaviour, "burst") == 0) {
        port.behaviour = BURST;
    } else if (fields == 4 && strcmp(behaviour, "paced") == 0) {
        port.behaviour = PACED;
    } else {
        fprintf(stderr, "not a behaviour: %s\n", text);
        exit(2);
    }
    if (port_count == MAX_PORTS) {
        fprintf(stderr, "too many ports\n");
        exit(2);
    }
    port.fd = listen_on(number);
    ports[port_count] = port;
    watch(poll_fd, EPOLL_CTL_ADD, port.fd, EPOLLIN, &ports[port_count]);
    port_count++;
}

static const struct port *as_port(const void *data) {
    const struct port *port = data;
    return port >= ports && port < ports + port_count ? port : NULL;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: mock SECONDS PORT:json | PORT:burst:EVENTS | PORT:paced:EVENTS:MICROS ...\n");
        return 2;
    }
    int64_t end = now_ns() + atol(argv[1]) * NANOS_PER_SECOND;
    precise_timers();
    poll_fd = epoll_create1(0);
    if (poll_fd < 0) {
        fail("epoll_create1");
    }
    for (int i = 2; i < argc; i++) {
        add_port(argv[i]);
    }
    for (int format = 0; format < FORMATS; format++) {
        json_answers[format] = json_answer(&SHAPES[format]);
    }
    wheel_now = now_ns() / NANOS_PER_MILLI;
    struct epoll_event events[MAX_EVENTS];
    while (now_ns() < end) {
        int count = epoll_wait(poll_fd, events, MAX_EVENTS, timers > 0 ? 1 : 200);
        run_timers();
        for (int i = 0; i < count; i++) {
            const struct port *port = as_port(events[i].data.ptr);
            if (port != NULL) {
                accept_all(port);
            } else {
                on_event(events[i].data.ptr, events[i].events);
            }
        }
        free_closed();
    }
    return 0;
}
