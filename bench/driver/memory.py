"""Resident memory: idle, and with 1,000 and 5,000 open streams that carry an event a second.

Each target is started afresh and stands alone, so that pages shared with a twin do not look free.
"""
import time
from dataclasses import dataclass, field

from .load import LoadFailed
from .stack import CONTROL, GATEWAY, NGINX

LEVELS = (1000, 5000)
_SETTLED_SECONDS = 9  # after the streams were asked for; the last event comes after 16
_FIRST_REQUESTS = 20


@dataclass
class Memory:
    """PSS in bytes by target and number of streams (0: idle)."""

    workload: object
    bytes: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)


def measure(load, stack, workload, with_gateway):
    memory = Memory(workload)
    starts = {NGINX: lambda: stack.start_nginx(NGINX), CONTROL: lambda: stack.start_nginx(CONTROL)}
    if with_gateway:
        starts[GATEWAY] = stack.start_gateway
    for name, start in starts.items():
        target = start()
        memory.bytes[name] = {}
        try:
            load.expect_from_mock(stack.direct(), [target], workload)
            _levels(load, target, workload, memory.bytes[name])
        except LoadFailed as failure:
            memory.failed[name] = str(failure)
        finally:
            stack.stop(target)
    return memory


def _levels(load, target, workload, sizes):
    """Fills `sizes` as far as every stream stays whole."""
    first = load.run(target, workload, requests=_FIRST_REQUESTS, connections=_FIRST_REQUESTS)
    if first.errors:
        raise LoadFailed(first.message)
    sizes[0] = target.child.pss_bytes()
    for streams in LEVELS:
        run = load.start(target, workload, requests=streams, connections=streams)
        time.sleep(_SETTLED_SECONDS)
        size = target.child.pss_bytes()
        figures = load.finish(run)
        if figures.errors:
            raise LoadFailed(f"of {streams} streams not all came to their end: {figures.message}")
        sizes[streams] = size
