"""Ratios, verdicts and tables from made-up rounds."""
import unittest

from driver import report
from driver.figures import Turn, cost, ratio
from driver.load import Figures, parse
from driver.memory import Memory
from driver.rounds import Series
from driver.workloads import BY_NAME


def turn(micros, requests=10, **figures):
    return Turn(micros * 1000 * requests, Figures(requests=requests, **figures))


def series(name, *rounds):
    return Series(BY_NAME[name], rounds=list(rounds))


class Figure(unittest.TestCase):
    def test_a_ratio_is_taken_inside_each_round(self):
        rounds = [
            {"nginx": turn(10), "gateway": turn(20)},
            {"nginx": turn(100), "gateway": turn(110)},
            {"nginx": turn(10), "gateway": turn(12)},
        ]

        found = ratio(rounds, "gateway", "nginx", "cpu")

        self.assertEqual((1.2, 1.1, 2.0), (found.median, found.low, found.high))

    def test_cost_of_paced_streams_is_per_event(self):
        rounds = [{"nginx": Turn(1_000_000, Figures(requests=1, events=100))}]

        self.assertEqual(10, cost(rounds, "nginx", "events").median)

    def test_the_load_generators_line_is_read(self):
        found = parse("n=3 p50=1.5 p90=2 p99=3.5 event_n=9 event_p50=7.0 event_p99=8.0 errors=2 bytes=12", "why")

        self.assertEqual(Figures(3, 1.5, 3.5, 9, 7.0, 8.0, 2, 12, "why"), found)


class Report(unittest.TestCase):
    def render(self, measured=(), memories=(), quick=False):
        return report.render(list(measured), list(memories), ["fact"], "bench/run", quick, 9)

    def rounds(self, control, gateway):
        return {"nginx": turn(20), "nginx (A/A)": turn(control), "floor": turn(10), "gateway": turn(gateway)}

    def test_a_row_shows_ratio_bar_and_verdict(self):
        text = self.render([series("1k", self.rounds(20, 20))])

        self.assertIn("| **1.00** [1.00–1.00] | 1.05 | met | 2.00 [2.00–2.00] | 20.0 |", text)
        self.assertNotIn("VOID", text)

    def test_a_gateway_above_its_bar_has_missed_it(self):
        self.assertIn("**missed**", self.render([series("1k", self.rounds(20, 40))]))

    def test_a_control_outside_its_band_voids_the_row(self):
        text = self.render([series("1k", self.rounds(23, 20))])

        self.assertIn("**VOID: 1k.**", text)
        self.assertNotIn("| met |", text)

    def test_more_lost_rounds_than_good_ones_void_the_row(self):
        measured = series("1k", self.rounds(20, 20))
        measured.void = ["gateway: 1 errors: not 200"]

        text = self.render([measured])

        self.assertIn("**VOID: 1k.**", text)
        self.assertIn("a round is void: gateway: 1 errors: not 200", text)

    def test_a_target_that_fails_is_named_and_the_others_are_shown(self):
        rounds = {"nginx": turn(20), "nginx (A/A)": turn(20)}
        measured = series("1k", rounds)
        measured.failed = {"gateway": "not 200: HTTP/1.1 502"}

        text = self.render([measured])

        self.assertIn("| 20.0 | 1.00 [1.00–1.00] | – | – | 1.05 | – | – | – |", text)
        self.assertIn("gateway failed: not 200", text)

    def test_a_quick_run_says_that_it_is_no_result(self):
        self.assertIn("NOT A RESULT", self.render([series("1k", self.rounds(20, 20))], quick=True))

    def test_added_latency_is_over_the_direct_request(self):
        rounds = {
            "direct": turn(0, p50=50, p99=100),
            "nginx": turn(1, p50=80, p99=200),
            "nginx (A/A)": turn(1, p50=80, p99=200),
            "gateway": turn(1, p50=74, p99=250),
        }

        text = self.render([series("latency", rounds)])

        self.assertIn("p50 | 50 | +30 | +30 | – | +24 | 0.80 |", text)
        self.assertIn("p99 | 100 | +100 | +100 | – | +150 | 1.50 |", text)

    def test_memory_shows_totals_slope_and_ratio(self):
        mebi = 1 << 20
        nginx = {0: 10 * mebi, 1000: 30 * mebi, 5000: 100 * mebi}
        gateway = {0: 80 * mebi, 1000: 90 * mebi, 5000: 130 * mebi}
        memory = Memory(BY_NAME["streams"], {"nginx": nginx, "nginx (A/A)": nginx, "gateway": gateway})

        text = self.render(memories=[memory])

        self.assertIn("| gateway | 80 | 90 | 130 | 10.2 | 1.30 | 1.60 | met |", text)


if __name__ == "__main__":
    unittest.main()
