"""Request bodies: size, form, order of keys."""
import json
import unittest

from driver import bodies, workloads

FORMS = tuple(workloads.FORMATS.values())


class Bodies(unittest.TestCase):
    def test_every_size_is_met_within_five_percent(self):
        for size, wanted in bodies.SIZES.items():
            for form in FORMS:
                with self.subTest(size=size, form=form):
                    length = len(bodies.body(size, "m", True, form))

                    self.assertLess(abs(length - wanted), wanted * 0.05)

    def test_messages_come_before_the_model_as_the_sdk_writes_them(self):
        keys = list(json.loads(bodies.body("50k", "bench-json", True)))

        self.assertEqual(["messages", "model"], keys[:2])
        self.assertEqual("tools", keys[-1])

    def test_the_prompt_comes_before_the_model_in_every_format(self):
        for form in FORMS:
            with self.subTest(form=form):
                keys = list(json.loads(bodies.body("50k", "m", True, form)))

                prompt = keys.index("input" if form == "Responses" else "messages")
                self.assertLess(prompt, keys.index("model"))

    def test_the_same_arguments_make_the_same_body(self):
        self.assertEqual(bodies.body("50k", "m", False), bodies.body("50k", "m", False))

    def test_every_result_of_a_tool_follows_its_call(self):
        turns = json.loads(bodies.body("50k", "m", False))["messages"]

        for call, result in zip(turns[:-1:2], turns[1:-1:2]):
            self.assertEqual(call["tool_calls"][0]["id"], result["tool_call_id"])

    def test_every_output_of_a_tool_follows_its_call_in_responses(self):
        items = json.loads(bodies.body("50k", "m", False, "Responses"))["input"]
        calls = [i for i, item in enumerate(items) if item.get("type") == "function_call"]

        self.assertGreater(len(calls), 3)
        for at in calls:
            self.assertEqual(items[at]["call_id"], items[at + 1]["call_id"])


class Workloads(unittest.TestCase):
    def test_every_pair_with_responses_is_measured_at_both_sizes_and_as_a_stream(self):
        chosen = workloads.parse("responses")

        pairs = {(w.form, w.speaks) for w in chosen}
        self.assertEqual(
            {
                ("ChatCompletions", "Responses"),
                ("Messages", "Responses"),
                ("Responses", "ChatCompletions"),
                ("Responses", "Messages"),
            },
            pairs,
        )
        for pair in pairs:
            kinds = {(w.body, w.stream) for w in chosen if (w.form, w.speaks) == pair}
            self.assertEqual({("1k", False), ("50k", False), ("1k", True)}, kinds)

    def test_models_tell_upstreams_and_formats_apart(self):
        models = {workloads.model(u, f) for u in workloads.UPSTREAMS for f in FORMS}

        self.assertEqual(len(workloads.UPSTREAMS) * len(FORMS), len(models))


if __name__ == "__main__":
    unittest.main()
