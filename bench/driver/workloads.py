"""The workloads as data.

A workload's upstream is one port of the mock; the gateway routes to it by the model's name, nginx and the floor by a
port of their own. Behind the gateway each upstream is an account of every format, with a model of its own; what nginx
and the floor pass on is answered in the client's format.
"""
from dataclasses import dataclass

CHAT = "/v1/chat/completions"
MESSAGES = "/v1/messages"
RESPONSES = "/v1/responses"

# The formats by the path that they are asked on.
FORMATS = {CHAT: "ChatCompletions", MESSAGES: "Messages", RESPONSES: "Responses"}


def model(upstream, speaks):
    """The model by which the gateway finds an upstream of a format."""
    return f"bench-{upstream}" if speaks == FORMATS[CHAT] else f"bench-{upstream}-{speaks.lower()}"


# Behaviours of the mock, by name. `tls` is nginx with TLS in front of `json`.
UPSTREAMS = {
    "json": "json",
    "burst": "burst:100",
    "paced": "paced:100:2000",
    "paced100": "paced:20:100000",
    "streams": "paced:16:1000000",
}


@dataclass(frozen=True)
class Workload:
    name: str
    title: str
    upstream: str
    body: str  # a size of bodies.SIZES
    connections: int
    warmup: int  # requests to the gateway before the first round
    kind: str = "cpu"  # cpu | events | latency | memory
    path: str = CHAT
    speaks: str = FORMATS[CHAT]  # format of the upstream behind the gateway
    stream: bool = False
    bar: float | None = None  # the gateway's ratio to nginx must not exceed it
    floor: bool = True
    rate: int = 0  # requests per second, open loop; 0: closed loop
    seconds: float | None = None  # one turn, when not the run's

    @property
    def model(self):
        return model(self.upstream, self.speaks)

    @property
    def form(self):
        """The client's format."""
        return FORMATS[self.path]

    @property
    def translated(self):
        return self.form != self.speaks


def _pair(name, title, path, speaks):
    """The workloads of one pair of formats, as they stand for Messages before Chat Completions."""
    pair = {"path": path, "speaks": speaks}
    return (
        Workload(f"{name}-1k", f"{title}, 1 KB body", "json", "1k", 64, 100_000, bar=1.3, **pair),
        Workload(f"{name}-50k", f"{title}, 50 KB body", "json", "50k", 32, 30_000, bar=2.5, **pair),
        Workload(f"{name}-burst", f"{title}, burst SSE", "burst", "1k", 16, 20_000, stream=True, bar=1.0, **pair),
    )


ALL = (
    Workload("1k", "1 KB body, JSON", "json", "1k", 64, 50_000, bar=1.05),
    Workload("50k", "50 KB body, JSON", "json", "50k", 32, 60_000, bar=1.6),
    Workload("1m", "1 MB body, JSON", "json", "1m", 8, 4_000, bar=2.4),
    Workload("10m", "10 MB body, JSON", "json", "10m", 4, 400, seconds=1.0),
    Workload("burst", "burst SSE, 100 events a write", "burst", "1k", 16, 20_000, stream=True, bar=0.9),
    Workload(
        "paced", "paced SSE, 24 streams, an event every 2 ms", "paced", "1k", 24, 3_000,
        kind="events", stream=True, bar=1.3, seconds=1.0,
    ),
    Workload(
        "paced100", "paced SSE, 240 streams, an event every 100 ms", "paced100", "1k", 240, 480,
        kind="events", stream=True, seconds=0.1,
    ),
    Workload("https", "https upstream, 1 KB body", "tls", "1k", 32, 60_000, bar=1.1, floor=False),
    Workload("latency", "2000 requests/s, open loop", "json", "1k", 64, 0, kind="latency", rate=2000, seconds=2.0),
    Workload("streams", "idle streams, an event a second", "streams", "1k", 5000, 20, kind="memory", stream=True, bar=1.6),
    *_pair("translated", "Messages before Chat Completions", MESSAGES, "ChatCompletions"),
    *_pair("chat-responses", "Chat Completions before Responses", CHAT, "Responses"),
    *_pair("messages-responses", "Messages before Responses", MESSAGES, "Responses"),
    *_pair("responses-chat", "Responses before Chat Completions", RESPONSES, "ChatCompletions"),
    *_pair("responses-messages", "Responses before Messages", RESPONSES, "Messages"),
)

BY_NAME = {workload.name: workload for workload in ALL}
SETS = {
    "default": tuple(w.name for w in ALL if not w.translated),
    "bodies": ("1k", "50k", "1m", "10m"),
    "sse": ("burst", "paced", "paced100"),
    "translated": tuple(w.name for w in ALL if w.name.startswith("translated-")),
    "responses": tuple(w.name for w in ALL if w.translated and "Responses" in (w.form, w.speaks)),
    "all": tuple(w.name for w in ALL),
}


def parse(text):
    """Names of workloads and sets, separated by commas; answers workloads in the table's order."""
    names = set()
    for name in text.split(","):
        if name in SETS:
            names.update(SETS[name])
        elif name in BY_NAME:
            names.add(name)
        else:
            raise ValueError(f"no workload {name!r}; there are: {', '.join([*SETS, *BY_NAME])}")
    return tuple(workload for workload in ALL if workload.name in names)
