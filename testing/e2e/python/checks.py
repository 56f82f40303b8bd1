"""Named checks, each printed as one line, so that a JUnit test can be made of every one.

    ok NAME
    FAIL NAME: what went wrong
    left out NAME: needs FORMAT
    ran N
"""

import os
import sys

URL = os.environ["GATEWAY_URL"]
KEY = os.environ["GATEWAY_KEY"]
TEXT = "Hello gateway, h\u00e9llo \u4e16\u754c \U0001f642 and good bye."
TIMEOUT = 30.0
FORMATS = os.environ.get("UPSTREAM_FORMATS", "").split()  # what the account behind the gateway speaks; none = all

_checks = []


def spoken(form):
    return not FORMATS or form in FORMATS


def check(function, needs=None):
    """Registers a function as a check named like it, unless the account does not speak the format it needs."""
    if needs and not spoken(needs):
        print(f"left out {function.__name__}: needs {needs}", flush=True)
    else:
        _checks.append(function)
    return function


def check_with(needs):
    """A check of a format that is not translated: only accounts that speak it can serve it."""
    return lambda function: check(function, needs)


def raises(kind, call):
    """The exception of that class, or a subclass, that the call raises.

    A lost connection is never what a check means, though the SDKs derive its class from their general one.
    """
    try:
        result = call()
    except kind as raised:
        assert type(raised).__name__ not in ("APIConnectionError", "APITimeoutError"), repr(raised)
        return raised
    raise AssertionError(f"no {kind.__name__} but {result!r}")


def equal(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def main():
    failed = 0
    for function in _checks:
        name = function.__name__
        try:
            function()
            print(f"ok {name}", flush=True)
        except Exception as problem:  # A check fails by whatever it raises; the line says what.
            failed += 1
            text = " ".join(f"{type(problem).__name__}: {problem}".split())
            print(f"FAIL {name}: {text}", flush=True)
    print(f"ran {len(_checks)}", flush=True)
    sys.exit(1 if failed else 0)
