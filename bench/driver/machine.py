"""The facts that a figure is worth nothing without: machine, versions, flags."""
import os
import platform
import subprocess

from .settings import REPOSITORY


def facts(settings, nginx):
    """Lines for the report."""
    lines = [
        f"machine: {_cpu_model()}, {len(os.sched_getaffinity(0))} cores, {_memory_gib():.0f} GiB, "
        f"kernel {platform.release()}, {_system()}",
        f"cores: proxies on {settings.proxy_core}, mock and load generator on {settings.load_core}"
        f"{_sibling_note(settings)}",
        _first_line([nginx, "-v"]).replace(" version: nginx/", ": "),
    ]
    if settings.gateway is not None:
        lines += [
            f"gateway: {_first_line([settings.gateway, '--version'])}, commit {_commit()}",
            f"java: {_java(settings.gateway)}",
            f"gateway's flags: --loops {settings.loops}; JVM: {_jvm_options(settings.gateway)}",
            "gateway: key check, routing, usage, metrics on; access log on, to a file in memory; nginx's access log off",
        ]
    return lines


def busy():
    """The load average, which tells of neighbours."""
    with open("/proc/loadavg") as loadavg:
        return " ".join(loadavg.read().split()[:3])


def _cpu_model():
    with open("/proc/cpuinfo") as info:
        for line in info:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def _memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


def _system():
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return platform.system()


def _sibling_note(settings):
    path = f"/sys/devices/system/cpu/cpu{settings.proxy_core}/topology/thread_siblings_list"
    try:
        with open(path) as siblings:
            listed = siblings.read().strip()
    except OSError:
        return ""
    alone = listed == str(settings.proxy_core)
    return "" if alone else f" (core {settings.proxy_core} shares hardware threads {listed})"


def _first_line(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=30)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0].strip() if lines else "unknown"


def _commit():
    return _first_line(["git", "-C", REPOSITORY, "describe", "--always", "--dirty"])


def _java(launcher):
    find = launcher.resolve().parent.parent / "lib" / "find-java.sh"
    if not find.exists():
        return "unknown"
    home = _first_line([find, "java"])
    return _first_line([f"{home}/bin/java", "-version"])


def _jvm_options(launcher):
    options = launcher.resolve().parent.parent / "lib" / "jvm.options"
    given = []
    if options.exists():
        given = [line for line in options.read_text().splitlines() if line.strip() and not line.startswith("#")]
    given += os.environ.get("JAVA_TOOL_OPTIONS", "").split()
    return " ".join(given) or "unknown"
