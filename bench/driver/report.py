"""Renders what was measured as Markdown. Pure: results in, text out."""
from .figures import Spread, added, cost, in_control, median_of, ratio
from .memory import LEVELS
from .stack import CONTROL, DIRECT, FLOOR, GATEWAY, NGINX

_MEBI = 1 << 20
_NONE = "–"


def render(series, memories, facts, command, quick, rounds):
    """The whole report; `series` and `memories` in the order of the tables."""
    parts = ["# Benchmark: CPU per request against nginx", _banner(series, memories, quick, rounds)]
    parts.append(_cpu_table([s for s in series if s.workload.kind in ("cpu", "events")]))
    parts.append(_event_table([s for s in series if s.workload.kind == "events"]))
    parts.append(_latency_table([s for s in series if s.workload.kind == "latency"]))
    parts.append(_memory_table(memories))
    parts.append(_problems(series, memories))
    parts.append("## Conditions\n\n" + "\n".join(f"- {fact}" for fact in facts) + f"\n- command: `{command}`")
    parts.append(_round_table(series))
    return "\n\n".join(part for part in parts if part) + "\n"


def _banner(series, memories, quick, rounds):
    lines = [f"Median [min–max] of {rounds} paired rounds; ratios inside a round; CPU of all threads of a process."]
    if quick:
        lines.insert(0, "**QUICK RUN: NOT A RESULT.** Too few rounds and too little warm-up for a JVM.")
    void = [s.workload.name for s in series if s.rounds and not _valid(s)]
    void += [m.workload.name for m in memories if not _memory_valid(m)]
    if void:
        lines.insert(0, f"**VOID: {', '.join(void)}.** Two equal nginx differed by more than 10 %, or rounds were lost.")
    return "\n\n".join(lines)


def _valid(series):
    control = _ratio(series, CONTROL)
    wanted = control is not None and (series.workload.kind == "latency" or in_control(control.median))
    return wanted and len(series.rounds) > len(series.void)


def _memory_share(memory, name):
    """Total over nginx's at the highest level, when both got there."""
    most = LEVELS[-1]
    sizes, base = memory.bytes.get(name, {}), memory.bytes.get(NGINX, {})
    return sizes[most] / base[most] if most in sizes and most in base else None


def _memory_valid(memory):
    control = _memory_share(memory, CONTROL)
    return control is not None and in_control(control)


def _ratio(series, name, base=NGINX):
    if not series.rounds or name not in series.rounds[0] or base not in series.rounds[0]:
        return None
    return ratio(series.rounds, name, base, series.workload.kind)


def _verdict(series_valid, value, bar):
    if not series_valid:
        return "void"
    if value is None or bar is None:
        return _NONE
    return "met" if value <= bar else "**missed**"


def _table(title, note, header, rows):
    if not rows:
        return ""
    lines = [f"## {title}", ""]
    if note:
        lines += [note, ""]
    lines += [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _cell(spread):
    return _NONE if spread is None else str(spread)


def _micros(spread: Spread):
    return f"{spread.median:.1f}"


def _cpu_table(series):
    rows = [_cpu_row(s) for s in series if s.rounds]
    note = "Per request; per event for paced SSE. `A/A`: a second nginx over the first, the control."
    header = (
        "workload", "rounds", "nginx us", "A/A", "floor / nginx", "gateway / nginx", "bar", "", "gateway / floor",
        "gateway us",
    )
    return _table("CPU", note, header, rows)


def _cpu_row(series):
    workload = series.workload
    gateway = _ratio(series, GATEWAY)
    return (
        f"{workload.title} (`{workload.name}`)",
        len(series.rounds),
        _micros(cost(series.rounds, NGINX, workload.kind)),
        _cell(_ratio(series, CONTROL)),
        _cell(_ratio(series, FLOOR)),
        _NONE if gateway is None else f"**{gateway.median:.2f}** [{gateway.low:.2f}–{gateway.high:.2f}]",
        _NONE if workload.bar is None else f"{workload.bar:.2f}",
        _verdict(_valid(series), gateway and gateway.median, workload.bar),
        _cell(_ratio(series, GATEWAY, FLOOR)),
        _NONE if gateway is None else _micros(cost(series.rounds, GATEWAY, workload.kind)),
    )


_PROXIES = (NGINX, CONTROL, FLOOR, GATEWAY)


def _event_table(series):
    rows = []
    for one in series:
        if one.rounds:
            rows.append((f"`{one.workload.name}`", *(_event_cell(one.rounds, name) for name in (DIRECT, *_PROXIES))))
    note = "From the mock's write to the load generator's read, p50 / p99 in microseconds, medians over rounds."
    return _table("Events: one-way latency", note, ("workload", DIRECT, *_PROXIES), rows)


def _event_cell(rounds, name):
    if name not in rounds[0]:
        return _NONE
    return f"{median_of(rounds, name, 'event_p50'):.0f} / {median_of(rounds, name, 'event_p99'):.0f}"


def _latency_table(series):
    rows = []
    for one in series:
        if one.rounds:
            for figure in ("p50", "p99"):
                rows.append(_latency_row(one, figure))
    note = (
        "Microseconds over a direct request in the same round, at a fixed rate, counted from the time a request was "
        "due. The proxies may use both cores here."
    )
    return _table("Added latency", note, ("workload", DIRECT, *_PROXIES, "gateway / nginx"), rows)


def _latency_row(series, figure):
    rounds = series.rounds
    more = {name: added(rounds, name, DIRECT, figure) for name in _PROXIES if name in rounds[0]}
    cells = [f"+{more[name]:.0f}" if name in more else _NONE for name in _PROXIES]
    share = _NONE
    if GATEWAY in more and more[NGINX] > 0:
        share = f"{more[GATEWAY] / more[NGINX]:.2f}"
    return (f"{series.workload.title} {figure}", f"{median_of(rounds, DIRECT, figure):.0f}", *cells, share)


def _memory_table(memories):
    rows = [_memory_row(memory, name) for memory in memories for name in memory.bytes]
    header = (
        "target", "idle", *(f"{level} streams" for level in LEVELS), "KB a stream", f"total / nginx at {LEVELS[-1]}",
        "bar", "",
    )
    note = "PSS in MiB, a fresh process each, an event a second per stream; KB a stream: the slope between the levels."
    return _table("Memory", note, header, rows)


def _memory_row(memory, name):
    sizes = memory.bytes[name]
    few, many = LEVELS
    slope = f"{(sizes[many] - sizes[few]) / 1024 / (many - few):.1f}" if many in sizes else _NONE
    share = _memory_share(memory, name)
    judged = name == GATEWAY
    return (
        name,
        *(f"{sizes[level] / _MEBI:.0f}" if level in sizes else _NONE for level in (0, *LEVELS)),
        slope,
        _NONE if share is None else f"{share:.2f}",
        f"{memory.workload.bar:.2f}" if judged else _NONE,
        _verdict(_memory_valid(memory), share, memory.workload.bar) if judged else _NONE,
    )


def _problems(series, memories):
    lines = []
    for one in series:
        name = one.workload.name
        lines += [f"- `{name}`: {target} failed: {reason}" for target, reason in one.failed.items()]
        lines += [f"- `{name}`: a round is void: {reason}" for reason in one.void]
    for memory in memories:
        lines += [f"- `{memory.workload.name}`: {target} failed: {reason}" for target, reason in memory.failed.items()]
    return "## Problems\n\n" + "\n".join(lines) if lines else ""


def _round_table(series):
    parts = []
    for one in series:
        if one.rounds and one.workload.kind != "latency":
            kind = one.workload.kind
            names = [name for name in _PROXIES if name in one.rounds[0]]
            header = f"`{one.workload.name}`" + (f" ({one.log})" if one.log else "")
            lines = [
                f"  - {name}: " + " ".join(f"{turns[name].micros_per_unit(kind):.1f}" for turns in one.rounds)
                for name in names
            ]
            parts.append("\n".join([f"- {header}", *lines]))
    return "## Rounds, CPU microseconds\n\n" + "\n".join(parts) if parts else ""
