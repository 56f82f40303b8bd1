"""Pure arithmetic on rounds: what the tables show."""
import statistics
from dataclasses import dataclass

from .settings import CONTROL_BAND


@dataclass(frozen=True)
class Spread:
    """Median and range over rounds."""

    median: float
    low: float
    high: float

    def __str__(self):
        return f"{self.median:.2f} [{self.low:.2f}–{self.high:.2f}]"


@dataclass(frozen=True)
class Turn:
    """One target's turn in a round: its CPU time and what the load generator saw."""

    cpu_ns: int
    figures: object

    def units(self, kind):
        return self.figures.events if kind == "events" else self.figures.requests

    def micros_per_unit(self, kind):
        """CPU per request, per event for paced streams."""
        return self.cpu_ns / 1000 / self.units(kind)


def spread(values):
    values = sorted(values)
    return Spread(statistics.median(values), values[0], values[-1])


def cost(rounds, name, kind):
    """CPU per unit of one target over all rounds, microseconds."""
    return spread(turns[name].micros_per_unit(kind) for turns in rounds)


def ratio(rounds, name, base, kind):
    """CPU per unit of `name` over `base`, taken inside each round."""
    return spread(turns[name].micros_per_unit(kind) / turns[base].micros_per_unit(kind) for turns in rounds)


def median_of(rounds, name, figure):
    """Median over rounds of one of the load generator's figures."""
    return statistics.median(getattr(turns[name].figures, figure) for turns in rounds)


def added(rounds, name, base, figure):
    """A figure of `name` less that of `base` in the same round, median over rounds."""
    return statistics.median(
        getattr(turns[name].figures, figure) - getattr(turns[base].figures, figure) for turns in rounds
    )


def in_control(median):
    low, high = CONTROL_BAND
    return low <= median <= high
