// The floor: a proxy that only relays. One thread, epoll, one request at a time per client connection over a kept
// upstream connection. No header is rewritten and no JSON read: what remains are the system calls that any HTTP/1.1
// proxy has to make, so a gateway's distance to it is the price of being a gateway.
//
// usage: fproxy SECONDS LISTEN:UPSTREAM...
#define _GNU_SOURCE
#include "common.h"

#define MAX_ROUTES 16
#define MAX_EVENTS 256
#define BUFFER 65536

struct route;

struct connection {
    int fd;
    int closed;
    int is_upstream;
    struct route *route;
    struct connection *peer;  // the other side of the exchange in flight
    struct connection *next;  // in the route's idle list, or in the list of closed ones
    char *pending;            // BUFFER bytes, allocated when first needed
    size_t pending_length;    // of them not taken by the socket yet; 0: nothing pending
    size_t pending_sent;
    struct message reply;     // upstream side only
};

struct route {
    struct connection listener;
    int upstream_port;
    struct connection *idle;
};

static int poll_fd;
static struct route routes[MAX_ROUTES];
static int route_count;
static struct connection *closed_list;

static struct connection *open_connection(int fd, struct route *route, int is_upstream) {
    struct connection *c = allocate(sizeof *c);
    c->fd = fd;
    c->route = route;
    c->is_upstream = is_upstream;
    watch(poll_fd, EPOLL_CTL_ADD, fd, EPOLLIN, c);
    return c;
}

static void forget_idle(struct connection *c) {
    for (struct connection **at = &c->route->idle; *at != NULL; at = &(*at)->next) {
        if (*at == c) {
            *at = c->next;
            return;
        }
    }
}

// Closes one side; memory is freed after the batch of events, which may still name it.
static void close_one(struct connection *c) {
    if (c->closed) {
        return;
    }
    if (c->is_upstream && c->peer == NULL) {
        forget_idle(c);
    }
    c->closed = 1;
    close(c->fd);
    c->next = closed_list;
    closed_list = c;
}

static void close_both(struct connection *c) {
    struct connection *peer = c->peer;
    close_one(c);
    if (peer != NULL) {
        close_one(peer);
    }
}

static void free_closed(void) {
    while (closed_list != NULL) {
        struct connection *c = closed_list;
        closed_list = c->next;
        free(c->pending);
        free(c);
    }
}

// Writes; what the socket refuses is kept, and the other side is not read until it is gone.
static void relay(struct connection *to, const char *data, size_t length) {
    ssize_t sent = send(to->fd, data, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        close_both(to);
        return;
    }
    size_t done = sent < 0 ? 0 : (size_t)sent;
    if (done == length) {
        return;
    }
    to->pending_length = length - done;
    to->pending_sent = 0;
    if (to->pending == NULL) {
        to->pending = allocate(BUFFER);
    }
    memcpy(to->pending, data + done, to->pending_length);
    watch(poll_fd, EPOLL_CTL_MOD, to->fd, EPOLLOUT, to);
    if (to->peer != NULL) {
        watch(poll_fd, EPOLL_CTL_MOD, to->peer->fd, 0, to->peer);
    }
}

static void flush_pending(struct connection *c) {
    size_t left = c->pending_length - c->pending_sent;
    ssize_t sent = send(c->fd, c->pending + c->pending_sent, left, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN) {
            close_both(c);
        }
        return;
    }
    c->pending_sent += (size_t)sent;
    if (c->pending_sent < c->pending_length) {
        return;
    }
    c->pending_length = 0;
    watch(poll_fd, EPOLL_CTL_MOD, c->fd, EPOLLIN, c);
    if (c->peer != NULL && c->peer->pending_length == 0) {
        watch(poll_fd, EPOLL_CTL_MOD, c->peer->fd, EPOLLIN, c->peer);
    }
}

static void pair_with_upstream(struct connection *client) {
    struct route *route = client->route;
    struct connection *upstream = route->idle;
    if (upstream != NULL) {
        route->idle = upstream->next;
    } else {
        upstream = open_connection(connect_to(route->upstream_port), route, 1);
    }
    message_reset(&upstream->reply);
    upstream->peer = client;
    client->peer = upstream;
}

static void release_upstream(struct connection *upstream) {
    upstream->peer->peer = NULL;
    upstream->peer = NULL;
    upstream->next = upstream->route->idle;
    upstream->route->idle = upstream;
}

static void from_client(struct connection *client, const char *data, size_t length) {
    if (client->peer == NULL) {
        pair_with_upstream(client);
    }
    relay(client->peer, data, length);
}

static void from_upstream(struct connection *upstream, const char *data, size_t length) {
    if (upstream->peer == NULL) {  // bytes nobody asked for
        close_one(upstream);
        return;
    }
    relay(upstream->peer, data, length);
    if (upstream->closed) {
        return;
    }
    message_feed(&upstream->reply, data, length, NULL, NULL);
    if (upstream->reply.phase == COMPLETE) {
        release_upstream(upstream);
    } else if (upstream->reply.phase == BROKEN) {
        close_both(upstream);
    }
}

static void on_event(struct connection *c, uint32_t events) {
    static char buffer[BUFFER];
    if (c->closed) {
        return;
    }
    if (c->pending_length > 0) {
        if (events & EPOLLOUT) {
            flush_pending(c);
        } else if (events & (EPOLLHUP | EPOLLERR)) {
            close_both(c);
        }
        return;
    }
    if (c->peer != NULL && c->peer->pending_length > 0) {  // paused within this batch of events
        return;
    }
    ssize_t got = recv(c->fd, buffer, sizeof buffer, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        close_both(c);
    } else if (c->is_upstream) {
        from_upstream(c, buffer, (size_t)got);
    } else {
        from_client(c, buffer, (size_t)got);
    }
}

static struct route *route_of_listener(const struct connection *c) {
    for (int i = 0; i < route_count; i++) {
        if (c == &routes[i].listener) {
            return &routes[i];
        }
    }
    return NULL;
}

static void accept_all(struct route *route) {
    int fd;
    while ((fd = accept4(route->listener.fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        set_no_delay(fd);
        open_connection(fd, route, 0);
    }
}

static void add_route(const char *text) {
    int port, upstream;
    if (route_count == MAX_ROUTES || sscanf(text, "%d:%d", &port, &upstream) != 2) {
        fprintf(stderr, "not a route: %s\n", text);
        exit(2);
    }
    struct route *route = &routes[route_count++];
    route->upstream_port = upstream;
    route->listener.fd = listen_on(port);
    watch(poll_fd, EPOLL_CTL_ADD, route->listener.fd, EPOLLIN, &route->listener);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: fproxy SECONDS LISTEN:UPSTREAM...\n");
        return 2;
    }
    int64_t end = now_ns() + atol(argv[1]) * NANOS_PER_SECOND;
    poll_fd = epoll_create1(0);
    if (poll_fd < 0) {
        fail("epoll_create1");
    }
    for (int i = 2; i < argc; i++) {
        add_route(argv[i]);
    }
    struct epoll_event events[MAX_EVENTS];
    while (now_ns() < end) {
        int count = epoll_wait(poll_fd, events, MAX_EVENTS, 200);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            struct route *route = route_of_listener(c);
            if (route != NULL) {
                accept_all(route);
            } else {
                on_event(c, events[i].events);
            }
        }
        free_closed();
    }
    return 0;
}
