"""Child processes: pinned to a core, stopped by their own pid, measured through the kernel's counters."""
import ctypes
import os
import signal
import socket
import subprocess
import time

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)
_FIRST_PORT, _LAST_PORT = 20000, 32000  # below the range that the kernel gives to outgoing connections


class StartFailed(Exception):
    """A process did not come up; the text says what it printed last."""


class Child:
    """One started process. `log` takes what it prints."""

    def __init__(self, name, command, core, log, error_log=None):
        self.name = name
        self.log = log
        self.error_log = error_log or log
        with open(log, "ab") as out, open(self.error_log, "ab") as errors:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=errors,
                preexec_fn=lambda: _prepare(core),
            )
        self.pid = self._process.pid

    def tree(self):
        """The process and its descendants, such as nginx's worker."""
        return _tree(self.pid)

    def cpu_ns(self):
        """CPU time of all threads so far, ended ones included: the process CPU clock, which sums schedstat run time."""
        return sum(time.clock_gettime_ns((~pid << 3) | 2) for pid in self.tree())

    def pss_bytes(self):
        """Resident memory, shared pages counted by their share."""
        total = 0
        for pid in self.tree():
            with open(f"/proc/{pid}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        return total * 1024

    def pin(self, cores):
        """Moves every thread to `cores`; threads started later inherit it."""
        for pid in self.tree():
            for thread in os.listdir(f"/proc/{pid}/task"):
                try:
                    os.sched_setaffinity(int(thread), cores)
                except ProcessLookupError:
                    pass  # the thread ended meanwhile

    def wait_for_port(self, port, seconds=30):
        wait_until(lambda: self.running() and _accepts(port), seconds, lambda: f"{self.name} on port {port}: {self.tail()}")

    def running(self):
        if self._process.poll() is not None:
            raise StartFailed(f"{self.name} ended with {self._process.returncode}: {self.tail()}")
        return True

    def tail(self):
        with open(self.error_log, "rb") as log:
            return log.read()[-2000:].decode(errors="replace")

    def stop(self):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _prepare(core):
    """In the child: its core, and an end with the driver's, even if that is killed."""
    os.sched_setaffinity(0, {core})
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _tree(pid):
    pids = [pid]
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as children:
                for child in children.read().split():
                    pids += _tree(int(child))
    except FileNotFoundError:
        pass  # the thread ended meanwhile
    return pids


def _accepts(port):
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise StartFailed(f"not ready within {seconds} s: {what()}")
        time.sleep(0.05)


class Ports:
    """Hands out free ports, each once."""

    def __init__(self):
        self._next = _FIRST_PORT + os.getpid() % 8000

    def take(self):
        while self._next < _LAST_PORT:
            self._next += 1
            with socket.socket() as attempt:
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    attempt.bind(("127.0.0.1", self._next))
                    return self._next
                except OSError:
                    continue
        raise StartFailed("no free port")
