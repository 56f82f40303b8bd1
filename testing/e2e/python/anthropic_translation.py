"""The official Anthropic SDK for Python before upstream.py: each conversation natively (Messages) and translated (Chat)."""

import base64
import hashlib
import json
import re

import anthropic

import shapes
from checks import KEY, TIMEOUT, URL, check, equal, main, raises

client = anthropic.Anthropic(base_url=URL, api_key=KEY, max_retries=0, timeout=TIMEOUT)
NATIVE, TRANSLATED, ECHOING = "claude-opus-4-8-", "gpt-4.1-", "deepseek-chat-"
BROKEN = "broken-gpt-"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PDF = base64.b64encode(b"%PDF-1.4\n%%EOF").decode()
TOOLS = [
    {"name": name, "description": "Does " + name, "input_schema": schema}
    for name, schema in {
        "get_weather": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
        "now": {"type": "object", "properties": {}},
        "add": {"type": "object", "properties": {"values": {"type": "array", "items": {"type": "number"}}}},
    }.items()
]


def user(content="Hi"):
    return [{"role": "user", "content": content}]


def ask(model, messages=None, **more):
    return {"model": model, "max_tokens": 500, "messages": messages or user(), **more}


def whole(*question, **more):
    return client.messages.create(**ask(*question, **more))


def streamed(*question, **more):
    """The message that the SDK's own accumulator makes of the stream."""
    with client.messages.stream(**ask(*question, **more)) as stream:
        return stream.get_final_message()


WAYS = (whole, streamed)


def gist(message):
    """What a reply says, without what two vendors may word differently."""
    text = "".join(block.text for block in message.content if block.type == "text")
    calls = [(block.id, block.name, block.input) for block in message.content if block.type == "tool_use"]
    return text, calls, message.stop_reason


def echoed(messages, **more):
    """The body that the Chat upstream was sent for this request."""
    return json.loads(whole(TRANSLATED + "echo", messages, **more).content[0].text)


@check
def text_whole_and_streamed():
    for way in WAYS:
        message = way(TRANSLATED + "text")
        equal(gist(message), gist(whole(NATIVE + "text")))
        equal((message.type, message.role, message.model), ("message", "assistant", TRANSLATED + "text"))


@check
def parallel_tools_with_streamed_arguments():
    for way in WAYS:
        equal(gist(way(TRANSLATED + "tools", tools=TOOLS)), gist(way(NATIVE + "tools", tools=TOOLS)))


@check
def interleaved_arguments_of_two_tools():
    equal(gist(streamed(TRANSLATED + "interleaved", tools=TOOLS)), gist(whole(NATIVE + "interleaved", tools=TOOLS)))


@check
def tool_without_arguments():
    for way in WAYS:
        equal(gist(way(TRANSLATED + "bare", tools=TOOLS)), ("", [("call_now", "now", {})], "tool_use"))


@check
def tool_call_that_ends_with_stop():
    for way in WAYS:
        equal(way(TRANSLATED + "lazystop", tools=TOOLS).stop_reason, "tool_use")


def run_loop(way, model):
    """Answers every call until none is left; all that was said."""
    messages, told = user("Go"), []
    while True:
        message = way(model, messages, tools=TOOLS)
        told.append(gist(message))
        calls = told[-1][1]
        if not calls:
            return told
        messages.append({"role": "assistant", "content": message.content})
        messages.append({"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": call, "content": f"{name} of {json.dumps(value)}"}
            for call, name, value in calls]})


@check
def loop_of_tools_ends_as_natively():
    native = run_loop(whole, NATIVE + "loop")
    equal([len(turn[1]) for turn in native], [2, 1, 1, 0])
    for way in WAYS:
        equal(run_loop(way, TRANSLATED + "loop"), native)


@check
def image_reaches_the_upstream():
    body = echoed(user([
        {"type": "text", "text": "What is this?"},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXEL}},
        {"type": "image", "source": {"type": "url", "url": "https://example.com/cat.png"}},
    ]))
    equal(body["messages"][0]["content"], [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64," + PIXEL}},
        {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}},
    ])
    shapes.valid(shapes.CHAT, body)


@check
def documents_reach_the_upstream():
    body = echoed(user([
        {"type": "document", "title": "paper", "source": {"type": "base64", "media_type": "application/pdf", "data": PDF}},
        {"type": "document", "title": "note", "source": {"type": "text", "media_type": "text/plain", "data": "abc"}},
        {"type": "text", "text": "Read."},
    ]))
    pdf, note, text = body["messages"][0]["content"]
    equal(pdf, {"type": "file", "file": {"filename": "paper", "file_data": "data:application/pdf;base64," + PDF}})
    assert note["type"] == "text" and "abc" in note["text"] and "note" in note["text"], note
    equal(text, {"type": "text", "text": "Read."})
    shapes.valid(shapes.CHAT, body)


@check
def images_in_tool_results_follow_all_tool_messages():
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXEL}}
    body = echoed([
        *user(),
        {"role": "assistant", "content": [{"type": "tool_use", "id": each, "name": "now", "input": {}} for each in "ab"]},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "a", "content": [{"type": "text", "text": "shot"}, image]},
            {"type": "tool_result", "tool_use_id": "b", "content": "broken", "is_error": True},
            {"type": "text", "text": "And?"}]},
    ], tools=TOOLS)
    equal([message["role"] for message in body["messages"]], ["user", "assistant", "tool", "tool", "user"])
    equal([call["function"]["arguments"] for call in body["messages"][1]["tool_calls"]], ["{}", "{}"])
    assert "[image 1 attached below]" in body["messages"][2]["content"], body
    equal(body["messages"][3]["content"], "Error: broken")
    equal([part["type"] for part in body["messages"][4]["content"]], ["image_url", "text"])
    shapes.valid(shapes.CHAT, body)


@check
def document_by_url_is_refused_by_its_field():
    document = {"type": "document", "source": {"type": "url", "url": "https://example.com/a.pdf"}}
    error = raises(anthropic.BadRequestError, lambda: whole(TRANSLATED + "text", user([document])))
    assert "messages[0].content[0]" in error.body["error"]["param"], error


def think(way, model):
    """Four turns of reasoning, two of them with tools; the thinking of each."""
    messages, told = user("Weather?"), []
    for _ in range(4):
        message = way(model, messages, tools=TOOLS, thinking={"type": "adaptive"})
        told.append([(block.thinking, block.signature) for block in message.content if block.type == "thinking"])
        messages.append({"role": "assistant", "content": message.content})
        calls = gist(message)[1]
        messages += user([{"type": "tool_result", "tool_use_id": call, "content": "22"} for call, *_ in calls] or "Thanks")
    return told


@check
def thinking_over_several_turns():
    native = [[text for text, _ in turn] for turn in think(whole, NATIVE + "thinking")]
    for way in WAYS:
        for model in (TRANSLATED, ECHOING):
            told = think(way, model + "thinking")
            equal([[text for text, _ in turn] for turn in told], native)
            signatures = [signature for turn in told for _, signature in turn]
            assert all(re.fullmatch(r"gwC1\.[0-9a-f]{8}", each) for each in signatures), signatures
            equal(len(set(signatures)), 4)


@check
def every_stop_reason():
    expected = {"end": "end_turn", "length": "max_tokens", "filter": "refusal"}
    for name, reason in expected.items():
        for way in WAYS:
            equal((name, way(TRANSLATED + "stop" + name).stop_reason), (name, reason))


@check
def unknown_stop_reason_is_no_end():
    for way in WAYS:
        raises(anthropic.APIStatusError, lambda: way(BROKEN + "stopunknown"))


@check
def refusal_is_a_stop_with_its_text():
    for way in WAYS:
        message = way(TRANSLATED + "refusal")
        equal(gist(message), ("I cannot help with that.", [], "refusal"))
        equal(message.stop_details.type, "refusal")


@check
def usage_tells_the_caches_apart():
    for way in WAYS:
        usage = way(TRANSLATED + "cached").usage
        equal((usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens), (109, 3400, 0))
        equal((usage.output_tokens, usage.output_tokens_details.thinking_tokens), (20, 5))
        usage = way(TRANSLATED + "written").usage
        equal((usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens), (9, 3400, 100))


@check
def usage_is_estimated_at_the_start_and_right_at_the_end():
    events = list(whole(TRANSLATED + "cached", stream=True))
    assert events[0].message.usage.input_tokens > 0, events[0]
    end = next(event for event in events if event.type == "message_delta")
    equal((end.usage.input_tokens, end.usage.cache_read_input_tokens, end.usage.output_tokens), (109, 3400, 20))


@check
def errors_have_a_class_and_the_upstreams_words():
    error = raises(anthropic.BadRequestError, lambda: whole(BROKEN + "400"))
    assert "messages.0: no such thing" in str(error), error
    error = raises(anthropic.BadRequestError, lambda: whole(BROKEN + "long"))
    equal(error.body["error"]["message"], "prompt is too long: 2000 tokens > 1000 maximum")
    equal(raises(anthropic.NotFoundError, lambda: whole(BROKEN + "404")).body["error"]["type"], "not_found_error")
    equal(raises(anthropic.InternalServerError, lambda: whole(BROKEN + "500")).body["error"]["type"], "api_error")


@check
def spent_accounts_say_when_to_come_back():
    error = raises(anthropic.APIStatusError, lambda: whole(BROKEN + "429"))
    assert error.status_code in (429, 529), error
    assert int(error.response.headers["retry-after"]) > 0, error.response.headers


@check
def broken_streams_raise():
    for fault in ("cutearly", "cuttext", "cuttool", "eof", "event"):
        for way in (streamed, lambda model, **more: list(whole(model, stream=True, **more))):
            error = raises(anthropic.APIStatusError, lambda: way(BROKEN + fault, tools=TOOLS))
            equal((fault, error.body["type"]), (fault, "error"))


@check
def parameters_are_mapped():
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
    body = echoed(user(), tools=TOOLS, tool_choice={"type": "tool", "name": "now", "disable_parallel_tool_use": True},
                  stop_sequences=["END"], output_config={"format": {"type": "json_schema", "schema": schema}},
                  metadata={"user_id": "someone"}, service_tier="standard_only")
    equal(body["tool_choice"], {"type": "function", "function": {"name": "now"}})
    equal((body["parallel_tool_calls"], body["stop"], body["service_tier"]), (False, ["END"], "default"))
    equal(body["response_format"]["json_schema"]["schema"], schema)
    equal(body["safety_identifier"], hashlib.sha256(b"someone").hexdigest())
    equal(body["max_completion_tokens"], 500)
    shapes.valid(shapes.CHAT, body)


@check
def unknown_fields_are_named():
    reply = client.messages.with_raw_response.create(
        **ask(TRANSLATED + "text"), extra_body={"top_k": 5, "no_such_field": 1, "container": "c"})
    warnings = reply.headers["x-gateway-warnings"]
    for field in ("top_k", "no_such_field", "container"):
        assert field in warnings, warnings


# Claude Code's request for a one-line prompt, by its members; the long texts are filled in.
CACHED = {"type": "ephemeral"}
CLAUDE_CODE = {
    "max_tokens": 32000,
    "stream": True,
    "system": [
        {"type": "text", "text": "x-anthropic-billing-header: cc_version=2.1.330.abc; cc_entrypoint=cli; cch=1a2b3;"},
        {"type": "text", "text": "You are Claude Code, Anthropic's official CLI for Claude.", "cache_control": CACHED},
        {"type": "text", "text": "\n# Rules\n" + "- Be careful with \"quotes\" and \\ back\\slashes.\n" * 600,
         "cache_control": {"type": "ephemeral", "ttl": "1h"}},
    ],
    "messages": [
        {"role": "user", "content": [
            {"type": "text", "text": "<system-reminder>\nAs you answer, mind CLAUDE.md.\n</system-reminder>\n"},
            {"type": "text", "text": "List the files", "cache_control": CACHED}]},
        {"role": "system", "content": "The date is 2026-11-25."},
        {"role": "assistant", "content": [
            {"type": "thinking", "thinking": "I run ls.", "signature": "EqQBCgIYAhIM"},
            {"type": "text", "text": "I'll list them."},
            {"type": "tool_use", "id": "toolu_01", "name": "Bash", "input": {"command": "ls", "description": "Lists"}},
            {"type": "tool_use", "id": "toolu_02", "name": "Read", "input": {"file_path": "/tmp/a"}}]},
        {"role": "user", "content": [
            {"tool_use_id": "toolu_01", "type": "tool_result", "content": "a\nb", "is_error": False},
            {"tool_use_id": "toolu_02", "type": "tool_result", "content": [{"type": "text", "text": "1\tone"}],
             "cache_control": CACHED}]},
    ],
    "tools": [
        {"name": tool, "description": f"{tool} does it. " * 120, "input_schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": False,
            "properties": {"command": {"type": "string", "description": "What"}, "timeout": {"type": "number"}},
            "required": ["command"]}}
        for tool in ("Bash", "Read", "Edit", "Write", "Glob", "Grep", "Task", "WebFetch", "TodoWrite")
    ] + [{"name": "mcp__late__tool", "description": "", "defer_loading": True, "input_schema": {}}],
    "metadata": {"user_id": json.dumps({"device_id": "d" * 64, "account_uuid": "", "session_id": "s-1"})},
    "thinking": {"type": "adaptive"},
    "output_config": {"effort": "medium"},
    "context_management": {"edits": [{"type": "clear_thinking_20251015", "keep": "all"}]},
}
CLAUDE_CODE_HEADERS = {
    "user-agent": "claude-cli/2.1.330 (external, cli)", "x-app": "cli", "anthropic-version": "2023-06-01",
    "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14,mid-conversation-system-2026-04-07,"
                      "effort-2025-11-24,context-management-2025-06-27",
    "x-claude-code-session-id": "0a1b2c3d-0000-4000-8000-000000000001",
}


def as_claude_code(model, **changes):
    """The message and the headers for Claude Code's request, sent as it sends it."""
    body = {**CLAUDE_CODE, "model": model, **changes}
    assert len(json.dumps(body)) > 50_000, len(json.dumps(body))
    pieces, headers = [], {}
    with client.messages.with_streaming_response.create(
            **{key: body[key] for key in ("model", "max_tokens", "messages")}, stream=True,
            extra_body=body, extra_headers=CLAUDE_CODE_HEADERS, extra_query={"beta": "true"}) as response:
        headers = response.headers
        pieces = [event for event in response.parse()]
    equal(pieces[-1].type, "message_stop")
    return "".join(e.delta.text for e in pieces if e.type == "content_block_delta" and e.delta.type == "text_delta"), headers


@check
def claude_codes_request_reaches_a_chat_upstream():
    text, headers = as_claude_code(TRANSLATED + "echo")
    body = json.loads(text)
    shapes.valid(shapes.CHAT, body)
    assert "x-anthropic-billing-header" not in text, body["messages"][0]
    equal([message["role"] for message in body["messages"]],
          ["developer", "user", "developer", "assistant", "tool", "tool"])
    equal([tool["function"]["name"] for tool in body["tools"]], [tool["name"] for tool in CLAUDE_CODE["tools"]])
    equal(body["tools"][-1]["function"]["parameters"]["type"], "object")
    equal((body["stream"], body["stream_options"]), (True, {"include_usage": True}))
    equal(body["max_completion_tokens"], 32000)
    assert len(body["safety_identifier"]) == 64 and body["prompt_cache_key"], body
    assert "context_management" in headers["x-gateway-warnings"], headers
    for gone in ("thinking", "cache_control", "defer_loading", "signature", "metadata", "context_management"):
        assert f'"{gone}"' not in text, gone


@check
def claude_codes_request_suits_the_kind_of_upstream():
    body = json.loads(as_claude_code("gpt-5-echo")[0])
    equal(body["reasoning_effort"], "medium")
    shapes.valid(shapes.CHAT, body)
    body = json.loads(as_claude_code(ECHOING + "echo")[0])
    equal([message["role"] for message in body["messages"]], ["system", "user", "system", "assistant", "tool", "tool"])
    equal((body["max_tokens"], body["messages"][3]["reasoning_content"]), (32000, "I run ls."))
    shapes.valid(shapes.CHAT, body)


@check
def claude_codes_prompt_is_the_same_while_its_billing_line_changes():
    other = [{"type": "text", "text": CLAUDE_CODE["system"][0]["text"].replace("1a2b3", "fffff")}]
    first, _ = as_claude_code(TRANSLATED + "echo")
    second, _ = as_claude_code(TRANSLATED + "echo", system=other + CLAUDE_CODE["system"][1:])
    equal(second == first, True)


@check
def claude_codes_request_is_answered_for_every_kind_of_upstream():
    for model in (NATIVE, TRANSLATED, ECHOING):
        text, _ = as_claude_code(model + "text")
        equal(text, gist(whole(NATIVE + "text"))[0])


@check
def tools_are_counted_though_the_upstream_cannot_count():
    count = client.messages.with_raw_response.count_tokens(
        model=TRANSLATED + "text", messages=user("word " * 400), tools=TOOLS)
    assert count.headers["x-gateway-estimate"] == "true", count.headers
    assert 200 < count.parse().input_tokens < 2000, count.parse()


if __name__ == "__main__":
    main()
