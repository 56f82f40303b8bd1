"""The command line: what to measure, in which order things start, where the report goes."""
import argparse
import datetime
import os
import shlex
import shutil
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from . import gateway, machine, memory, report, rounds, tools, workloads
from .load import Load
from .processes import StartFailed
from .settings import BUILD, REPOSITORY, RESULTS, Settings
from .stack import CONTROL, NGINX, Stack, log_lines, raise_open_files

_LAUNCHER = REPOSITORY / "dist" / "bin" / "llm-gateway-runtime"
_FIRST_WARMUP = 150_000  # requests to the gateway before anything is measured
_OPEN_FILES = 12_000  # a proxy with 5,000 streams needs two for each


def main():
    arguments = _arguments()
    if arguments.list:
        for workload in workloads.ALL:
            print(f"{workload.name:18s} {workload.title}")
        print("sets: " + "; ".join(f"{name} = {','.join(members)}" for name, members in workloads.SETS.items()))
        return 0
    try:
        settings = _settings(arguments)
        return _run(settings, arguments.workloads)
    except (tools.Missing, StartFailed, _Stopped, ValueError, AssertionError) as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1


def _arguments():
    parser = argparse.ArgumentParser(
        prog="bench/run", description="CPU per request, latency and memory of the gateway against nginx."
    )
    parser.add_argument("--workloads", default="default", help="names or sets, separated by commas; see --list")
    parser.add_argument("--list", action="store_true", help="name the workloads and end")
    parser.add_argument("--quick", action="store_true", help="3 rounds, a tenth of the warm-up: for development only")
    parser.add_argument("--warmup", type=float, help="share of the warm-up requests; below 1 the run is a quick one")
    parser.add_argument("--rounds", type=int, default=11, help="paired rounds; at least 9 make a result (11)")
    parser.add_argument("--gateway", type=Path, default=_LAUNCHER, help="the launcher (dist/bin/llm-gateway-runtime)")
    parser.add_argument("--without-gateway", action="store_true", help="nginx and floor only: checks the method")
    parser.add_argument("--loops", type=int, default=1, help="event loops of the gateway (1)")
    parser.add_argument("--cores", help="proxy core, load core; default: the last and the first that are permitted")
    parser.add_argument("--limit-minutes", type=float, default=40, help="the run ends then, finished or not (40)")
    parser.add_argument("--keep", action="store_true", help="leave configuration and logs in place and say where")
    return parser.parse_args()


def _settings(arguments):
    permitted = sorted(os.sched_getaffinity(0))
    if arguments.cores:
        proxy_core, load_core = (int(core) for core in arguments.cores.split(","))
    else:
        proxy_core, load_core = permitted[-1], permitted[0]
    if proxy_core == load_core:
        raise ValueError("two cores are needed: one for the proxies, one for mock and load generator")
    if arguments.rounds < 9 and not arguments.quick:
        raise ValueError("fewer than 9 rounds are no result: use --quick")
    launcher = None if arguments.without_gateway else arguments.gateway.absolute()
    if launcher is not None and not launcher.exists():
        raise ValueError(f"{launcher} is missing: make build, or use --without-gateway")
    warmup = arguments.warmup if arguments.warmup is not None else 0.1 if arguments.quick else 1.0
    return Settings(
        workloads=workloads.parse(arguments.workloads),
        rounds=3 if arguments.quick else arguments.rounds,
        quick=arguments.quick or warmup < 1,
        warmup_share=warmup,
        seconds=0.5,
        limit_minutes=arguments.limit_minutes,
        gateway=launcher,
        loops=arguments.loops,
        proxy_core=proxy_core,
        load_core=load_core,
        keep=arguments.keep,
    )


class _Stopped(Exception):
    """The run was stopped from outside or by its time limit."""


def _stop(number, _frame):
    raise _Stopped("the time limit is reached" if number == signal.SIGALRM else "stopped by a signal")


def _run(settings, chosen):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, _stop)
    signal.setitimer(signal.ITIMER_REAL, settings.limit_minutes * 60)
    _check_open_files(settings)
    tools.build()
    shared_memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="llm-gateway-bench-", dir=shared_memory if shared_memory.is_dir() else None))
    try:
        started = machine.busy()
        series, memories, stopped = [], [], None
        try:
            _measure_rounds(settings, folder, series)
            _measure_memory(settings, folder, memories)
        except _Stopped as stop:
            if not series and not memories:
                raise
            stopped = f"**INCOMPLETE**: {stop}; workloads that were not finished are left out"
        signal.setitimer(signal.ITIMER_REAL, 0)
        facts = machine.facts(settings, tools.nginx())
        if stopped is not None:
            facts.insert(0, stopped)
        facts.append(f"load average: {started} before, {machine.busy()} after")
        text = report.render(series, memories, facts, _command(), settings.quick, settings.rounds)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if settings.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    path = _save(text, settings.quick, chosen)
    print(f"\n{text}\nwritten to {path.relative_to(REPOSITORY)}")
    return 0


def _check_open_files(settings):
    limit = raise_open_files()
    needed = any(workload.kind == "memory" for workload in settings.workloads)
    if needed and limit < _OPEN_FILES:
        raise ValueError(f"the limit of open files is {limit}, {_OPEN_FILES} are needed: ulimit -n, or leave out streams")


def _measure_rounds(settings, folder, series):
    chosen = [workload for workload in settings.workloads if workload.kind != "memory"]
    if not chosen:
        return
    load = Load(settings, folder)
    with Stack(settings, folder, with_tls=any(workload.upstream == "tls" for workload in chosen)) as stack:
        stack.start_upstreams()
        targets = [stack.start_nginx(NGINX), stack.start_nginx(CONTROL), stack.start_floor()]
        if settings.gateway is not None:
            targets.append(_start_warm_gateway(settings, stack, load))
        for workload in chosen:
            print(f"{workload.name}: {workload.title}", flush=True)
            series.append(rounds.measure(settings, load, stack.direct(), targets, workload))
            print(_progress(series[-1]), flush=True)


def _start_warm_gateway(settings, stack, load):
    target = stack.start_gateway()
    first = replace(workloads.BY_NAME["1k"], name="warm-up")
    gateway.check_guarded(target.ports["json"], first.path, load.body_file(first).read_bytes())
    figures = load.run(target, first, requests=int(_FIRST_WARMUP * settings.warmup_share))
    if figures.errors:
        raise StartFailed(f"the gateway fails while warming up: {figures.message}")
    log_lines(target.child.log)  # of the warm-up: not counted
    return target


def _progress(series):
    if not series.rounds:
        return f"  no rounds: {series.failed or series.void}"
    kind = series.workload.kind
    costs = (
        f"{name} {turns:.1f}"
        for name, turns in ((name, rounds.cost(series.rounds, name, kind).median) for name in series.rounds[0])
    )
    return f"  {len(series.rounds)} rounds, CPU us: {', '.join(costs)}" + (f"; failed: {series.failed}" if series.failed else "")


def _measure_memory(settings, folder, memories):
    for workload in settings.workloads:
        if workload.kind == "memory":
            print(f"{workload.name}: {workload.title}", flush=True)
            with Stack(settings, folder, with_tls=False) as stack:
                stack.start_upstreams()
                memories.append(memory.measure(Load(settings, folder), stack, workload, settings.gateway is not None))


def _command():
    variables = [f"JAVA_TOOL_OPTIONS={shlex.quote(os.environ['JAVA_TOOL_OPTIONS'])}"] if "JAVA_TOOL_OPTIONS" in os.environ else []
    return " ".join([*variables, "bench/run", *(shlex.quote(argument) for argument in sys.argv[1:])])


def _save(text, quick, chosen):
    """Results are kept under their date and set; a quick run is none, so it stays out of them."""
    folder = BUILD if quick else RESULTS
    folder.mkdir(exist_ok=True)
    stem = ("quick" if quick else datetime.date.today().isoformat()) + "-" + chosen.replace(",", "+")
    path, number = folder / f"{stem}.md", 1
    while path.exists() and not quick:
        number += 1
        path = folder / f"{stem}-{number}.md"
    path.write_text(text)
    return path
