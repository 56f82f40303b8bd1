// What the three programs share: time, loopback sockets, and a walker over HTTP/1.1 messages.
#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NANOS_PER_SECOND 1000000000L
#define NANOS_PER_MILLI 1000000L

static inline void fail(const char *what) {
    perror(what);
    exit(1);
}

static inline int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * NANOS_PER_SECOND + t.tv_nsec;
}

// The kernel may delay a timer by the slack; its default of 50 us would show up in latencies.
static inline void precise_timers(void) {
    if (prctl(PR_SET_TIMERSLACK, 1UL) != 0) {
        fail("prctl");
    }
}

static inline void *allocate(size_t size) {
    void *memory = calloc(1, size);
    if (memory == NULL) {
        fail("calloc");
    }
    return memory;
}

// ---- sockets -----------------------------------------------------------------------------------

static inline struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static inline void set_no_delay(int fd) {
    int one = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0) {
        fail("TCP_NODELAY");
    }
}

static inline int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        fail("socket");
    }
    int one = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0) {
        fail("SO_REUSEADDR");
    }
    struct sockaddr_in address = loopback(port);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        fail("bind");
    }
    if (listen(fd, 4096) != 0) {
        fail("listen");
    }
    return fd;
}

// Connects and waits for it (immediate on loopback), then turns the socket non-blocking.
static inline int connect_to(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) {
        fail("socket");
    }
    struct sockaddr_in address = loopback(port);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        fail("connect");
    }
    set_no_delay(fd);
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
        fail("O_NONBLOCK");
    }
    return fd;
}

static inline void watch(int poll, int operation, int fd, uint32_t events, void *data) {
    struct epoll_event event = {.events = events, .data.ptr = data};
    if (epoll_ctl(poll, operation, fd, &event) != 0) {
        fail("epoll_ctl");
    }
}

// ---- HTTP/1.1 messages -------------------------------------------------------------------------

// A message's framing, resumable at every byte: a head or a chunk's end may be split anywhere.
enum phase { IN_HEAD, IN_LENGTH, IN_CHUNK_SIZE, IN_CHUNK, AFTER_CHUNK, IN_TRAILER, COMPLETE, BROKEN };

#define HEAD_LIMIT 16384

struct message {
    enum phase phase;
    size_t head_length;
    int64_t left;  // bytes of the body or chunk still to come
    int64_t body;  // bytes of the body seen, without chunk framing
    int line;      // digits of a chunk's size, characters of a trailer's line
    char head[HEAD_LIMIT + 1];
};

typedef void body_sink(void *context, const char *data, size_t length);

static inline void message_reset(struct message *m) {
    m->phase = IN_HEAD;
    m->head_length = 0;
    m->left = 0;
    m->body = 0;
    m->line = 0;
}

// A header's value in a complete head, or NULL; `name` as "\nname:".
static inline const char *header(const struct message *m, const char *name) {
    const char *at = strcasestr(m->head, name);
    if (at == NULL) {
        return NULL;
    }
    at += strlen(name);
    return at + strspn(at, " \t");
}

static inline void message_frame(struct message *m) {
    const char *length = header(m, "\ncontent-length:");
    const char *coding = header(m, "\ntransfer-encoding:");
    if (coding != NULL) {
        m->phase = IN_CHUNK_SIZE;
    } else if (length != NULL && strtoll(length, NULL, 10) > 0) {
        m->left = strtoll(length, NULL, 10);
        m->phase = IN_LENGTH;
    } else {
        m->phase = COMPLETE;
    }
}

static inline size_t message_head(struct message *m, const char *data, size_t length) {
    size_t before = m->head_length;
    size_t room = HEAD_LIMIT - before;
    size_t copied = length < room ? length : room;
    memcpy(m->head + before, data, copied);
    m->head_length += copied;
    m->head[m->head_length] = 0;
    size_t from = before < 3 ? 0 : before - 3;
    char *end = memmem(m->head + from, m->head_length - from, "\r\n\r\n", 4);
    if (end == NULL) {
        if (m->head_length == HEAD_LIMIT) {
            m->phase = BROKEN;
        }
        return copied;
    }
    size_t used = (size_t)(end + 4 - m->head) - before;
    m->head_length = (size_t)(end + 2 - m->head);
    m->head[m->head_length] = 0;
    message_frame(m);
    return used;
}

static inline size_t message_data(
        struct message *m, const char *data, size_t length, body_sink *sink, void *context) {
    size_t used = (int64_t)length < m->left ? length : (size_t)m->left;
    m->left -= (int64_t)used;
    m->body += (int64_t)used;
    if (sink != NULL) {
        sink(context, data, used);
    }
    if (m->left == 0) {
        m->phase = m->phase == IN_LENGTH ? COMPLETE : AFTER_CHUNK;
    }
    return used;
}

static inline int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static inline void message_size_byte(struct message *m, char c) {
    int digit = hex_digit(c);
    if (digit >= 0 && m->line < 8) {
        m->left = m->left * 16 + digit;
        m->line++;
    } else if (c == '\n' && m->line > 0) {
        m->phase = m->left == 0 ? IN_TRAILER : IN_CHUNK;
        m->line = 0;
    } else if (c != '\r') {
        m->phase = BROKEN;
    }
}

// One byte of what stands between chunks.
static inline void message_byte(struct message *m, char c) {
    switch (m->phase) {
        case IN_CHUNK_SIZE:
            message_size_byte(m, c);
            break;
        case AFTER_CHUNK:
            if (c == '\n') {
                m->phase = IN_CHUNK_SIZE;
            } else if (c != '\r') {
                m->phase = BROKEN;
            }
            break;
        case IN_TRAILER:
            if (c == '\n' && m->line == 0) {
                m->phase = COMPLETE;
            } else if (c == '\n') {
                m->line = 0;
            } else if (c != '\r') {
                m->line++;
            }
            break;
        default:
            m->phase = BROKEN;
    }
}

// Walks on to the message's end or the data's; answers the bytes used. Body bytes go to `sink`, which may be NULL.
static inline size_t message_feed(
        struct message *m, const char *data, size_t length, body_sink *sink, void *context) {
    size_t at = 0;
    while (at < length && m->phase != COMPLETE && m->phase != BROKEN) {
        switch (m->phase) {
            case IN_HEAD:
                at += message_head(m, data + at, length - at);
                break;
            case IN_LENGTH:
            case IN_CHUNK:
                at += message_data(m, data + at, length - at, sink, context);
                break;
            default:
                message_byte(m, data[at++]);
        }
    }
    return at;
}

#endif
