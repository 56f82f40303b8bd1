"""Request bodies: size, form, order of keys."""
import json
import unittest

from driver import bodies


class Bodies(unittest.TestCase):
    def test_every_size_is_met_within_five_percent(self):
        for size, wanted in bodies.SIZES.items():
            for messages_format in (False, True):
                with self.subTest(size=size, messages_format=messages_format):
                    length = len(bodies.body(size, "m", True, messages_format))

                    self.assertLess(abs(length - wanted), wanted * 0.05)

    def test_messages_come_before_the_model_as_the_sdk_writes_them(self):
        keys = list(json.loads(bodies.body("50k", "bench-json", True)))

        self.assertEqual(["messages", "model"], keys[:2])
        self.assertEqual("tools", keys[-1])

    def test_the_same_arguments_make_the_same_body(self):
        self.assertEqual(bodies.body("50k", "m", False), bodies.body("50k", "m", False))

    def test_every_result_of_a_tool_follows_its_call(self):
        turns = json.loads(bodies.body("50k", "m", False))["messages"]

        for call, result in zip(turns[:-1:2], turns[1:-1:2]):
            self.assertEqual(call["tool_calls"][0]["id"], result["tool_call_id"])


if __name__ == "__main__":
    unittest.main()
