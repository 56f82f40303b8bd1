"""What runs during a measurement: the mock, and the targets in front of it."""
import os
import resource
import urllib.request
from dataclasses import dataclass

from . import gateway, nginx, tools
from .processes import Child, Ports, wait_until
from .settings import BUILD, PROVIDER_KEY
from .workloads import UPSTREAMS

NGINX, CONTROL, FLOOR, GATEWAY, DIRECT = "nginx", "nginx (A/A)", "floor", "gateway", "direct"


@dataclass(frozen=True)
class Target:
    """Something to send requests to: a port for every upstream's name, and the process whose CPU counts."""

    name: str
    ports: dict
    child: Child | None

    def cpu_ns(self):
        return self.child.cpu_ns() if self.child is not None else 0


class Stack:
    """Starts processes and stops each of them at the end, latest first."""

    def __init__(self, settings, folder, with_tls):
        self._settings = settings
        self._folder = folder
        self._ports = Ports()
        self._children = []
        self._nginx = tools.nginx()
        self._open_files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self._certificates = None
        self.upstream_ports = {}
        self.admin_port = None
        if with_tls:
            self._certificates = folder / "certificates"
            self._certificates.mkdir(exist_ok=True)
            tools.certificates(self._certificates)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in reversed(self._children):
            child.stop()

    def stop(self, target):
        target.child.stop()

    def start_upstreams(self):
        """The mock and, with TLS, nginx in front of it; both on the load's core."""
        settings = self._settings
        seconds = int(settings.limit_minutes * 60) + 60
        self.upstream_ports = {name: self._ports.take() for name in UPSTREAMS}
        behaviours = [f"{port}:{UPSTREAMS[name]}" for name, port in self.upstream_ports.items()]
        mock = self._start("mock", [BUILD / "mock", seconds, *behaviours], settings.load_core)
        mock.wait_for_port(self.upstream_ports["json"])
        if self._certificates is not None:
            port = self._ports.take()
            folder = self._subfolder("tls-upstream")
            text = nginx.tls_server(folder, port, self.upstream_ports["json"], self._certificates, self._open_files)
            self._start_nginx("tls-upstream", folder, text, settings.load_core).wait_for_port(port)
            self.upstream_ports["tls"] = port

    def direct(self):
        return Target(DIRECT, dict(self.upstream_ports), None)

    def start_nginx(self, name):
        folder = self._subfolder(name.split()[0] + ("-control" if name == CONTROL else ""))
        ports = {upstream: self._ports.take() for upstream in self.upstream_ports}
        text = nginx.proxy(folder, ports, self.upstream_ports, self._certificates, PROVIDER_KEY, self._open_files)
        child = self._start_nginx(folder.name, folder, text, self._settings.proxy_core)
        child.wait_for_port(ports["json"])
        return Target(name, ports, child)

    def start_floor(self):
        seconds = int(self._settings.limit_minutes * 60) + 60
        ports = {name: self._ports.take() for name in self.upstream_ports if name != "tls"}
        routes = [f"{port}:{self.upstream_ports[name]}" for name, port in ports.items()]
        child = self._start("floor", [BUILD / "fproxy", seconds, *routes], self._settings.proxy_core)
        child.wait_for_port(ports["json"])
        return Target(FLOOR, ports, child)

    def start_gateway(self):
        port, self.admin_port = self._ports.take(), self._ports.take()
        manifests = self._folder / f"manifests-{port}"
        authority = self._certificates / "ca.pem" if self._certificates is not None else None
        gateway.write_manifests(manifests, self.upstream_ports, authority)
        command = [
            self._settings.gateway, "--dir", manifests, "--port", port, "--admin-port", self.admin_port,
            "--bind", "127.0.0.1", "--loops", self._settings.loops,
        ]
        child = self._start("gateway", command, self._settings.proxy_core, separate_errors=True)
        ready = f"http://127.0.0.1:{self.admin_port}/readyz"
        wait_until(lambda: child.running() and gateway.status(ready) == 200, 60, lambda: f"gateway: {child.tail()}")
        return Target(GATEWAY, {name: port for name in self.upstream_ports}, child)

    def metrics(self):
        """The gateway's metrics page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}/metrics", timeout=5) as reply:
            return reply.read().decode()

    def _subfolder(self, name):
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def _start_nginx(self, name, folder, text, core):
        (folder / "nginx.conf").write_text(text)
        return self._start(name, [self._nginx, "-p", folder, "-c", folder / "nginx.conf"], core)

    def _start(self, name, command, core, separate_errors=False):
        log = self._folder / f"{name}.log"
        errors = self._folder / f"{name}.err" if separate_errors else None
        child = Child(name, command, core, log, errors)
        self._children.append(child)
        return child


def raise_open_files():
    """Lifts the soft limit of open files to the hard one; children inherit it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65536) if hard != resource.RLIM_INFINITY else 65536
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def log_lines(path):
    """Lines in a log so far; the log is emptied, since it lives in memory."""
    lines = 0
    with open(path, "rb") as log:
        while block := log.read(1 << 20):
            lines += block.count(b"\n")
    os.truncate(path, 0)
    return lines
