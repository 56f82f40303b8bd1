"""Paired rounds: all targets are up, every round gives each a short turn, and only turns of one round are compared."""
import time
from dataclasses import dataclass, field

from .figures import Turn, cost
from .load import LoadFailed
from .stack import GATEWAY, NGINX, log_lines

_YARDSTICK_WARMUP = 2000  # requests, to targets that compile nothing


@dataclass
class Series:
    """The rounds of one workload. `failed` names targets that do not serve it, with the reason."""

    workload: object
    rounds: list = field(default_factory=list)
    void: list = field(default_factory=list)  # reasons of rounds that do not count
    failed: dict = field(default_factory=dict)
    served: int = 0  # requests the gateway answered, warm-up included
    log: str = ""


def measure(settings, load, direct, targets, workload):
    """Warms up, then runs rounds until enough of them are free of errors (at most half as many again)."""
    series = Series(workload)
    targets = [target for target in targets if workload.upstream in target.ports]
    if workload.kind in ("events", "latency"):
        targets.append(direct)
    load.expect_from_mock(direct, targets, workload)
    _warm_up(settings, load, targets, workload, series)
    if NGINX in series.failed:
        return series
    able = [target for target in targets if target.name not in series.failed]
    attempts = 0
    with _Unpinned(settings, able, workload):
        while len(series.rounds) < settings.rounds and attempts < settings.rounds * 3 // 2:
            _round(settings, load, able, workload, attempts, series)
            attempts += 1
    _note_log(targets, series)
    return series


def _warm_up(settings, load, targets, workload, series):
    for target in targets:
        count = int(workload.warmup * settings.warmup_share)
        if target.name != GATEWAY:
            count = min(count, _YARDSTICK_WARMUP)
        try:
            figures = load.run(target, workload, requests=max(count, workload.connections))
        except LoadFailed as failure:
            series.failed[target.name] = str(failure)
            continue
        if figures.errors:
            series.failed[target.name] = f"{figures.errors} errors while warming up: {figures.message}"
        elif target.name == GATEWAY:
            series.served += figures.requests


def _round(settings, load, targets, workload, number, series):
    """One turn each; every round begins with another target, so that none always follows the same one."""
    first = number % len(targets)
    turns = {}
    for target in targets[first:] + targets[:first]:
        before = target.cpu_ns()
        figures = load.run(target, workload, seconds=workload.seconds or settings.seconds)
        turns[target.name] = Turn(target.cpu_ns() - before, figures)
        if target.name == GATEWAY:
            series.served += figures.requests
        if figures.errors or turns[target.name].units(workload.kind) == 0:
            series.void.append(f"{target.name}: {figures.errors} errors: {figures.message}")
            return
    series.rounds.append(turns)


class _Unpinned:
    """For latencies the proxies may use both cores: a JVM's compiler must not stand in its own requests' way."""

    def __init__(self, settings, targets, workload):
        self._children = [target.child for target in targets if target.child is not None]
        self._needed = workload.kind == "latency"
        self._one = {settings.proxy_core}
        self._all = {settings.proxy_core, settings.load_core}

    def __enter__(self):
        if self._needed:
            for child in self._children:
                child.pin(self._all)

    def __exit__(self, *_):
        if self._needed:
            for child in self._children:
                child.pin(self._one)


def _note_log(targets, series):
    for target in targets:
        if target.name == GATEWAY:
            time.sleep(0.5)  # the log's writer is a thread of its own
            series.log = f"{log_lines(target.child.log)} access log lines for {series.served} requests"
