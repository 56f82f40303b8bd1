"""What a run was asked for, and the places and constants that every part shares."""
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
REPOSITORY = BENCH.parent
BUILD = BENCH / ".build"
RESULTS = BENCH / "results"

CLIENT_KEY = "sk-bench-0123456789abcdef0123456789abcdef"
PROVIDER_KEY = "sk-provider-0123456789abcdef0123456789abcdef"

# The control: the same nginx twice. Outside this band the run says nothing.
CONTROL_BAND = (0.90, 1.10)


@dataclass(frozen=True)
class Settings:
    """A run. Warm-up counts of the workloads are multiplied by `warmup_share`."""

    workloads: tuple
    rounds: int
    quick: bool
    warmup_share: float
    seconds: float  # one target's turn in a round
    limit_minutes: float
    gateway: Path | None  # launcher; None: nginx and floor only
    loops: int
    proxy_core: int
    load_core: int
    keep: bool
