"""The official OpenAI SDK for Python before upstream.py: each conversation natively (Chat) and translated (Messages)."""

import base64
import json

import openai

import shapes
from checks import KEY, TIMEOUT, URL, check, equal, main, raises

client = openai.OpenAI(base_url=URL + "/v1", api_key=KEY, max_retries=0, timeout=TIMEOUT)
NATIVE, TRANSLATED = "gpt-4.1-", "claude-opus-4-8-"
BROKEN = "broken-claude-"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PDF = base64.b64encode(b"%PDF-1.4\n%%EOF").decode()
TOOLS = [
    {"type": "function", "function": {"name": name, "description": "Does " + name, "parameters": parameters}}
    for name, parameters in {
        "get_weather": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
        "now": {"type": "object", "properties": {}},
        "add": {"type": "object", "properties": {"values": {"type": "array", "items": {"type": "number"}}}},
    }.items()
]


def user(content="Hi"):
    return [{"role": "user", "content": content}]


def whole(model, messages=None, **more):
    return client.chat.completions.create(model=model, messages=messages or user(), **more)


def streamed(model, messages=None, **more):
    """The completion that the SDK's own accumulator makes of the stream."""
    more = {"stream_options": {"include_usage": True}, **more}
    with client.chat.completions.stream(model=model, messages=messages or user(), **more) as stream:
        for _ in stream:
            pass
        return stream.get_final_completion()


WAYS = (whole, streamed)


def ending(way, model):
    """The reason to stop and all text; the SDK's accumulator itself raises for `length` and `content_filter`."""
    if way is whole:
        choice = whole(model).choices[0]
        return choice.finish_reason, choice.message.content, choice.message.refusal
    choices = [chunk.choices[0] for chunk in whole(model, stream=True)]
    said = "".join(choice.delta.content or "" for choice in choices)
    refused = "".join(choice.delta.refusal or "" for choice in choices) or None
    reasons = [choice.finish_reason for choice in choices if choice.finish_reason]
    assert len(reasons) == 1 and choices[-1].finish_reason, reasons
    return reasons[0], said, refused


def calls(message):
    return [(call.id, call.function.name, json.loads(call.function.arguments or "{}")) for call in message.tool_calls or []]


def gist(completion):
    """What a reply says, without what two vendors may word differently."""
    choice = completion.choices[0]
    return choice.message.content or "", calls(choice.message), choice.finish_reason


def echoed(messages, **more):
    """The body that the Messages upstream was sent for this request."""
    return json.loads(whole(TRANSLATED + "echo", messages, **more).choices[0].message.content)


@check
def text_whole_and_streamed():
    for way in WAYS:
        completion = way(TRANSLATED + "text")
        equal(gist(completion), gist(whole(NATIVE + "text")))
        equal(completion.object, "chat.completion")
        equal(completion.choices[0].message.role, "assistant")
        equal(completion.model, TRANSLATED + "text")


@check
def parallel_tools_with_streamed_arguments():
    for way in WAYS:
        equal(gist(way(TRANSLATED + "tools", tools=TOOLS)), gist(way(NATIVE + "tools", tools=TOOLS)))


@check
def tool_without_arguments():
    for way in WAYS:
        call = way(TRANSLATED + "bare", tools=TOOLS).choices[0].message.tool_calls[0]
        equal((call.id, call.function.name, call.function.arguments), ("call_now", "now", "{}"))


def run_loop(way, model):
    """Answers every call until none is left; all that was said."""
    messages, told = user("Go"), []
    while True:
        completion = way(model, messages, tools=TOOLS)
        told.append(gist(completion))
        message = completion.choices[0].message
        if not message.tool_calls:
            return told
        messages.append(message)
        for call in message.tool_calls:
            result = f"{call.function.name} of {json.dumps(json.loads(call.function.arguments or '{}'))}"
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


@check
def loop_of_tools_ends_as_natively():
    native = run_loop(whole, NATIVE + "loop")
    equal([len(turn[1]) for turn in native], [2, 1, 1, 0])
    for way in WAYS:
        equal(run_loop(way, TRANSLATED + "loop"), native)


@check
def image_reaches_the_upstream():
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64," + PIXEL}},
        {"type": "image_url", "image_url": {"url": "https://example.com/cat.png", "detail": "low"}},
    ]
    body = echoed(user(parts))
    equal(body["messages"][0]["content"], [
        {"type": "text", "text": "What is this?"},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXEL}},
        {"type": "image", "source": {"type": "url", "url": "https://example.com/cat.png"}},
    ])
    shapes.valid(shapes.MESSAGES, body)


@check
def document_reaches_the_upstream():
    file = {"filename": "paper.pdf", "file_data": "data:application/pdf;base64," + PDF}
    body = echoed(user([{"type": "text", "text": "Read."}, {"type": "file", "file": file}]))
    equal(body["messages"][0]["content"][1], {
        "type": "document", "title": "paper.pdf",
        "source": {"type": "base64", "media_type": "application/pdf", "data": PDF}})
    shapes.valid(shapes.MESSAGES, body)


@check
def audio_is_refused_by_its_field():
    part = {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}
    error = raises(openai.BadRequestError, lambda: whole(TRANSLATED + "text", user([part])))
    equal(error.param, "messages[0].content[0].input_audio")


@check
def thinking_with_signatures_over_several_turns():
    for way in WAYS:
        messages, told = user("Weather?"), []
        for _ in range(4):
            message = way(TRANSLATED + "thinking", messages, tools=TOOLS, reasoning_effort="high").choices[0].message
            told.append(message.reasoning_content)
            messages.append(message)
            messages += [{"role": "tool", "tool_call_id": call.id, "content": "22"} for call in message.tool_calls or []]
            if not message.tool_calls:
                messages += user("Thanks")
        equal(told, ["First I look.", "Then I look \u4e16.", "Now I know.", "They thank me."])


@check
def history_without_reasoning_details_has_no_thinking():
    first = whole(TRANSLATED + "text").choices[0].message
    body = echoed([*user(), {"role": "assistant", "content": first.content, "reasoning_content": "unsigned"}, *user()])
    equal([block["type"] for block in body["messages"][1]["content"]], ["text"])


@check
def every_stop_reason():
    expected = {"end": "stop", "sequence": "stop", "length": "length", "window": "length", "pause": "stop",
                "filter": "content_filter"}
    for name, reason in expected.items():
        for way in WAYS:
            equal((name, ending(way, TRANSLATED + "stop" + name)[0]), (name, reason))
    equal(whole(TRANSLATED + "tools", tools=TOOLS).choices[0].finish_reason, "tool_calls")


@check
def refusal_is_named():
    for way in WAYS:
        equal(ending(way, TRANSLATED + "refusal"),
              ("content_filter", "I cannot help with that.", "it is not allowed"))


@check
def usage_counts_the_caches_in():
    for way in WAYS:
        usage = way(TRANSLATED + "written").usage
        equal((usage.prompt_tokens, usage.completion_tokens, usage.total_tokens), (3509, 20, 3529))
        equal((usage.prompt_tokens_details.cached_tokens, usage.prompt_tokens_details.cache_write_tokens), (3400, 100))
        equal(usage.completion_tokens_details.reasoning_tokens, 5)
        equal(way(TRANSLATED + "cached").usage.prompt_tokens, way(NATIVE + "cached").usage.prompt_tokens)


@check
def usage_chunk_only_when_asked_for():
    chunks = list(whole(TRANSLATED + "text", stream=True))
    assert all(chunk.choices and chunk.usage is None for chunk in chunks), chunks
    chunks = list(whole(TRANSLATED + "text", stream=True, stream_options={"include_usage": True}))
    equal([len(chunk.choices) for chunk in chunks][-2:], [1, 0])
    equal([chunk.usage is None for chunk in chunks][-2:], [True, False])


@check
def errors_have_a_class_and_the_upstreams_words():
    error = raises(openai.BadRequestError, lambda: whole(BROKEN + "400"))
    assert "messages.0: no such thing" in str(error), error
    equal(error.type, "invalid_request_error")
    error = raises(openai.NotFoundError, lambda: whole(BROKEN + "404"))
    equal(error.type, "invalid_request_error")
    equal(raises(openai.InternalServerError, lambda: whole(BROKEN + "500")).type, "server_error")


@check
def spent_accounts_say_when_to_come_back():
    error = raises(openai.APIStatusError, lambda: whole(BROKEN + "429"))
    assert error.status_code in (429, 503), error
    assert int(error.response.headers["retry-after"]) > 0, error.response.headers


@check
def broken_streams_raise():
    for fault in ("cutearly", "cuttext", "cuttool", "eof", "event"):
        for way in (streamed, lambda model, **more: list(whole(model, stream=True, **more))):
            error = raises(openai.APIError, lambda: way(BROKEN + fault, tools=TOOLS))
            assert error.message, (fault, error)


@check
def parameters_are_mapped():
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
    body = echoed(
        [{"role": "developer", "content": "Be brief."}, *user()], tools=TOOLS, tool_choice="required",
        parallel_tool_calls=False, stop="END", reasoning_effort="high", max_completion_tokens=600, user="someone",
        response_format={"type": "json_schema", "json_schema": {"name": "o", "schema": schema, "strict": True}})
    equal(text_of(body["system"]), "Be brief.")
    equal(body["tool_choice"], {"type": "any", "disable_parallel_tool_use": True})
    equal((body["stop_sequences"], body["max_tokens"], body["metadata"]), (["END"], 600, {"user_id": "someone"}))
    equal(body["thinking"], {"type": "adaptive", "display": "summarized"})
    equal(body["output_config"], {"effort": "high", "format": {"type": "json_schema", "schema": schema}})
    shapes.valid(shapes.MESSAGES, body)


def text_of(content):
    return content if isinstance(content, str) else "".join(block["text"] for block in content)


@check
def unknown_fields_are_named():
    reply = client.chat.completions.with_raw_response.create(
        model=TRANSLATED + "text", messages=user(), seed=7, logit_bias={"1": 1}, extra_body={"no_such_field": 1})
    warnings = reply.headers["x-gateway-warnings"]
    for field in ("seed", "logit_bias", "no_such_field"):
        assert field in warnings, warnings


@check
def a_choice_too_many_is_refused():
    assert "n" in str(raises(openai.BadRequestError, lambda: whole(TRANSLATED + "text", n=2)))


CURSOR = {
    "messages": [
        {"role": "system", "content": "You are a coding assistant."},
        {"role": "user", "content": [{"type": "text", "text": "Read a.py"}]},
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "toolu_1", "type": "function", "function": {"name": "read_file", "arguments": '{"path": "a.py"}'}},
            {"id": "toolu_2", "type": "function", "function": {"name": "list_dir", "arguments": ""}}]},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "print(1)"}]}]},
        {"role": "tool", "tool_call_id": "toolu_2", "content": [{"type": "text", "text": "a.py"}]},
        {"role": "user", "content": "And now?"},
    ],
    "temperature": 0,
    "user": "user-1",
    "tools": [
        {"name": "read_file", "description": "Reads", "input_schema": {
            "type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}},
        {"type": "function", "function": {"name": "list_dir", "parameters": {"type": "object", "properties": {}}}},
    ],
    "tool_choice": "auto",
}


@check
def cursors_request_reaches_a_messages_upstream():
    reply = client.post("/chat/completions", cast_to=object, body={"model": TRANSLATED + "echo", **CURSOR})
    body = json.loads(reply["choices"][0]["message"]["content"])
    shapes.valid(shapes.MESSAGES, body)
    equal([tool["name"] for tool in body["tools"]], ["read_file", "list_dir"])
    equal([message["role"] for message in body["messages"]], ["user", "assistant", "user"])
    equal([block["type"] for block in body["messages"][2]["content"]], ["tool_result", "tool_result", "text"])
    equal(body["messages"][1]["content"][1]["input"], {})
    equal(body["metadata"], {"user_id": "user-1"})


@check
def cursors_request_is_answered_by_a_stream():
    chunks = list(client.post(
        "/chat/completions", cast_to=object, stream=True, stream_cls=openai.Stream[openai.types.chat.ChatCompletionChunk],
        body={"model": TRANSLATED + "tools", "stream": True, **CURSOR}))
    assert chunks, "no chunk"


if __name__ == "__main__":
    main()
