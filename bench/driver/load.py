"""Runs the load generator against one target and reads its figures."""
import os
import re
import subprocess
from dataclasses import dataclass, replace

from . import bodies
from .settings import BUILD, CLIENT_KEY


@dataclass(frozen=True)
class Figures:
    """One run of the load generator; times in microseconds."""

    requests: int = 0
    p50: float = 0
    p99: float = 0
    events: int = 0
    event_p50: float = 0
    event_p99: float = 0
    errors: int = 0
    bytes: int = 0
    message: str = ""


class Load:
    def __init__(self, settings, folder):
        self._settings = settings
        self._folder = folder / "bodies"
        self._folder.mkdir(exist_ok=True)
        self._expected = {}

    def run(self, target, workload, **run):
        """One run; see `start`."""
        return self.finish(self.start(target, workload, **run))

    def start(self, target, workload, requests=None, seconds=None, connections=None, check=True):
        """Begins a run bounded by `requests` or `seconds`. With `check` an answer of another length is an error."""
        command = [BUILD / "lg", "-p", target.ports[workload.upstream], "-u", workload.path]
        command += ["-c", connections or workload.connections, "-b", self.body_file(workload)]
        command += ["-H", f"Authorization: Bearer {CLIENT_KEY}", "-H", "User-Agent: bench/1"]
        command += ["-n", requests] if requests else ["-d", seconds]
        if workload.form == "Messages":
            command += ["-H", "anthropic-version: 2023-06-01"]
        if workload.rate and not requests:
            command += ["-r", workload.rate]
        if workload.kind in ("events", "memory"):
            command.append("-e")
        if check:
            command += ["-x", self._expected_bytes(target, workload)]
        core = self._settings.load_core
        return subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )

    def finish(self, process, timeout=700):
        try:
            out, err = process.communicate(timeout=timeout)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.returncode != 0:
            return Figures(errors=1, message=err.strip()[-300:] or f"lg ended with {process.returncode}")
        return parse(out, err)

    def body_file(self, workload):
        name = f"{workload.body}-{workload.model}-{'stream' if workload.stream else 'json'}-{workload.path.split('/')[-1]}"
        path = self._folder / name
        if not path.exists():
            path.write_bytes(bodies.body(workload.body, workload.model, workload.stream, workload.form))
        return path

    def expect_from_mock(self, direct, targets, workload):
        """The mock's own answer is what every target has to pass on, to the byte; translations differ by target."""
        if workload.translated:
            return
        asked = replace(workload, upstream="json") if workload.upstream == "tls" else workload
        one = self.run(direct, asked, requests=1, connections=1, check=False)
        if one.errors or one.bytes == 0:
            raise LoadFailed(f"mock: {one.message or 'an empty answer'}")
        for target in targets:
            self._expected[(target.name, workload.name)] = one.bytes

    def _expected_bytes(self, target, workload):
        key = (target.name, workload.name)
        if key not in self._expected:
            one = self.run(target, workload, requests=1, connections=1, check=False)
            if one.errors or one.bytes == 0:
                raise LoadFailed(one.message or "an empty answer")
            self._expected[key] = one.bytes
        return self._expected[key]


class LoadFailed(Exception):
    """A target does not serve a workload at all."""


def parse(out, err=""):
    """The load generator's line of name=value."""
    values = {name: float(value) for name, value in re.findall(r"(\w+)=([-\d.]+)", out)}
    return Figures(
        requests=int(values.get("n", 0)),
        p50=values.get("p50", 0),
        p99=values.get("p99", 0),
        events=int(values.get("event_n", 0)),
        event_p50=values.get("event_p50", 0),
        event_p99=values.get("event_p99", 0),
        errors=int(values.get("errors", 0)),
        bytes=int(values.get("bytes", 0)),
        message=err.strip()[:300],
    )
