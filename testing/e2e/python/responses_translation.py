"""The official SDKs for Python before upstream.py with Responses on one side.

Clients of Responses before upstreams of Responses, Chat and Messages, and clients of Chat and Messages before one of
Responses: what they end with must be the same.
"""

import json

import anthropic
import openai

import shapes
from checks import KEY, TIMEOUT, URL, check, equal, main, raises

client = openai.OpenAI(base_url=URL + "/v1", api_key=KEY, max_retries=0, timeout=TIMEOUT)
claude = anthropic.Anthropic(base_url=URL, api_key=KEY, max_retries=0, timeout=TIMEOUT)
NATIVE, CHAT, MESSAGES = "o4-mini-", "gpt-4.1-", "claude-opus-4-8-"
TRANSLATED = (CHAT, MESSAGES)
SCHEMAS = {
    "get_weather": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    "now": {"type": "object", "properties": {}},
    "add": {"type": "object", "properties": {"values": {"type": "array", "items": {"type": "number"}}}},
}
TOOLS = [
    {"type": "function", "name": name, "description": "Does " + name, "parameters": schema, "strict": False}
    for name, schema in SCHEMAS.items()
]


def whole(model, items="Hi", **more):
    return client.responses.create(model=model, input=items, store=False, **more)


def streamed(model, items="Hi", **more):
    """The response that the SDK's own accumulator makes of the stream."""
    with client.responses.stream(model=model, input=items, store=False, **more) as stream:
        for _ in stream:
            pass
        return stream.get_final_response()


WAYS = (whole, streamed)


def calls(response):
    return [(item.call_id, item.name, json.loads(item.arguments)) for item in response.output
            if item.type == "function_call"]


def gist(response):
    """What a reply says, without what vendors may word differently."""
    return response.output_text, calls(response), response.status


def echoed(model, items, **more):
    """The body that the upstream was sent for this request."""
    return json.loads(whole(model + "echo", items, **more).output_text)


@check
def text_whole_and_streamed():
    for model in TRANSLATED:
        for way in WAYS:
            response = way(model + "text")
            equal(gist(response), gist(whole(NATIVE + "text")))
            equal((response.object, response.model, response.store), ("response", model + "text", False))
            equal([item.type for item in response.output], ["message"])


@check
def parallel_tools_with_streamed_arguments():
    for model in TRANSLATED:
        for way in WAYS:
            equal(gist(way(model + "tools", tools=TOOLS)), gist(whole(NATIVE + "tools", tools=TOOLS)))


@check
def interleaved_arguments_of_two_tools():
    for model in (CHAT, NATIVE):
        equal(gist(streamed(model + "interleaved", tools=TOOLS)), gist(whole(NATIVE + "interleaved", tools=TOOLS)))


@check
def tool_without_arguments():
    for model in TRANSLATED:
        for way in WAYS:
            equal(calls(way(model + "bare", tools=TOOLS)), [("call_now", "now", {})])


def run_loop(way, model):
    """Answers every call until none is left; all that was said."""
    items, told = [{"role": "user", "content": "Go"}], []
    while True:
        response = way(model, items, tools=TOOLS)
        told.append(gist(response))
        if not calls(response):
            return told
        items += [item.to_dict() for item in response.output]
        for call, name, value in calls(response):
            items.append({"type": "function_call_output", "call_id": call, "output": f"{name} of {json.dumps(value)}"})


@check
def loop_of_tools_ends_as_natively():
    native = run_loop(whole, NATIVE + "loop")
    equal([len(turn[1]) for turn in native], [2, 1, 1, 0])
    for model in TRANSLATED:
        for way in WAYS:
            equal(run_loop(way, model + "loop"), native)


@check
def thinking_with_signatures_over_several_turns():
    """Anthropic's signatures come back in encrypted_content; the upstream refuses any other."""
    for way in WAYS:
        items, told = [{"role": "user", "content": "Weather?"}], []
        for _ in range(4):
            response = way(MESSAGES + "thinking", items, tools=TOOLS, reasoning={"effort": "high", "summary": "auto"})
            told += ["".join(part.text for part in item.summary) for item in response.output if item.type == "reasoning"]
            items += [item.to_dict() for item in response.output]
            items += [{"type": "function_call_output", "call_id": call, "output": "22"} for call, *_ in calls(response)]
            if not calls(response):
                items.append({"role": "user", "content": "Thanks"})
        equal(told, ["First I look.", "Then I look \u4e16.", "Now I know.", "They thank me."])


@check
def every_way_to_end():
    expected = {"end": ("completed", None), "length": ("incomplete", "max_output_tokens")}
    for name, (status, reason) in expected.items():
        for model in TRANSLATED:
            response = whole(model + "stop" + name)
            equal((response.status, response.incomplete_details and response.incomplete_details.reason), (status, reason))
            last = list(client.responses.create(model=model + "stop" + name, input="Hi", stream=True))[-1]
            equal((last.type, last.response.status), ("response." + status, status))


@check
def refusal_is_a_part():
    response = streamed(MESSAGES + "refusal")
    equal([part.type for item in response.output for part in item.content], ["output_text", "refusal"])
    equal(response.output[0].content[1].refusal, "it is not allowed")


@check
def usage_counts_the_caches_in():
    for model in TRANSLATED:
        for way in WAYS:
            usage = way(model + "written").usage
            equal((usage.input_tokens, usage.output_tokens, usage.total_tokens), (3509, 20, 3529))
            equal((usage.input_tokens_details.cached_tokens, usage.output_tokens_details.reasoning_tokens), (3400, 5))


@check
def images_and_tool_results_reach_the_upstream():
    items = [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": [
            {"type": "input_text", "text": "What?"},
            {"type": "input_image", "detail": "auto", "image_url": "https://example.com/a.png"}]},
        {"type": "function_call", "call_id": "c1", "name": "now", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c1", "output": [
            {"type": "input_text", "text": "shot"}, {"type": "input_image", "image_url": "https://example.com/b.png"}]},
    ]
    body = echoed(MESSAGES, items, tools=TOOLS)
    equal(body["system"][0]["text"], "Be brief.")
    equal([block["type"] for block in body["messages"][2]["content"][0]["content"]], ["text", "image"])
    shapes.valid(shapes.MESSAGES, body)
    body = echoed(CHAT, items, tools=TOOLS)
    equal([message["role"] for message in body["messages"]], ["developer", "user", "assistant", "tool", "user"])
    shapes.valid(shapes.CHAT, body)


@check
def custom_tools_come_back_as_free_text():
    tool = {"type": "custom", "name": "get_weather", "description": "d"}
    for way in WAYS:
        response = way(MESSAGES + "bare", tools=[tool, {"type": "custom", "name": "now"}])
        equal([(item.type, item.name) for item in response.output], [("custom_tool_call", "now")])


@check
def errors_have_a_class_and_the_upstreams_words():
    for broken in ("broken-gpt-", "broken-claude-"):
        error = raises(openai.BadRequestError, lambda: whole(broken + "400"))
        assert "messages.0: no such thing" in str(error), error
        raises(openai.NotFoundError, lambda: whole(broken + "404"))
        raises(openai.InternalServerError, lambda: whole(broken + "500"))


@check
def broken_streams_raise():
    for broken in ("broken-gpt-", "broken-claude-"):
        for fault in ("cutearly", "cuttext", "cuttool", "eof", "event"):
            raises((openai.APIError, RuntimeError), lambda: streamed(broken + fault, tools=TOOLS))
            try:
                events = list(client.responses.create(model=broken + fault, input="Hi", stream=True, tools=TOOLS))
            except openai.APIError:
                continue
            equal((fault, events[-1].type), (fault, "response.failed"))


@check
def state_that_no_upstream_keeps_is_refused_by_its_field():
    for field, value in (("previous_response_id", "resp_1"), ("conversation", "conv_1"), ("background", True)):
        error = raises(openai.BadRequestError, lambda: client.responses.create(model=CHAT + "text", input="Hi", **{field: value}))
        equal(error.param, field)


@check
def tokens_are_counted_or_estimated():
    for model in (CHAT, MESSAGES):
        assert client.responses.input_tokens.count(model=model + "text", input="Hi there").input_tokens > 0


# --- clients of the other formats before an upstream of Responses -----------------------------------------------------

def chat(model, messages=None, **more):
    return client.chat.completions.create(model=model, messages=messages or [{"role": "user", "content": "Hi"}], **more)


def chat_streamed(model, messages=None, **more):
    messages = messages or [{"role": "user", "content": "Hi"}]
    with client.chat.completions.stream(model=model, messages=messages, **more) as stream:
        for _ in stream:
            pass
        return stream.get_final_completion()


def message(model, messages=None, **more):
    messages = messages or [{"role": "user", "content": "Hi"}]
    return claude.messages.create(model=model, max_tokens=500, messages=messages, **more)


def message_streamed(model, messages=None, **more):
    messages = messages or [{"role": "user", "content": "Hi"}]
    with claude.messages.stream(model=model, max_tokens=500, messages=messages, **more) as stream:
        return stream.get_final_message()


CHAT_TOOLS = [{"type": "function", "function": {"name": n, "parameters": s}} for n, s in SCHEMAS.items()]
MESSAGES_TOOLS = [{"name": n, "input_schema": s} for n, s in SCHEMAS.items()]


def chat_gist(completion):
    choice = completion.choices[0]
    made = [(call.id, call.function.name, json.loads(call.function.arguments or "{}"))
            for call in choice.message.tool_calls or []]
    return choice.message.content or "", made, choice.finish_reason


def message_gist(reply):
    text = "".join(block.text for block in reply.content if block.type == "text")
    return text, [(b.id, b.name, b.input) for b in reply.content if b.type == "tool_use"], reply.stop_reason


@check
def chat_clients_end_as_with_chat():
    for way in (chat, chat_streamed):
        for scenario in ("text", "tools", "bare"):
            equal(chat_gist(way(NATIVE + scenario, tools=CHAT_TOOLS)), chat_gist(chat(CHAT + scenario, tools=CHAT_TOOLS)))


@check
def messages_clients_end_as_with_messages():
    for way in (message, message_streamed):
        for scenario in ("text", "tools", "bare", "interleaved"):
            equal(message_gist(way(NATIVE + scenario, tools=MESSAGES_TOOLS)),
                  message_gist(message(MESSAGES + scenario, tools=MESSAGES_TOOLS)))


def chat_loop(way, model):
    messages, told = [{"role": "user", "content": "Go"}], []
    while True:
        completion = way(model, messages, tools=CHAT_TOOLS)
        told.append(chat_gist(completion))
        if not told[-1][1]:
            return told
        messages.append(completion.choices[0].message)
        messages += [{"role": "tool", "tool_call_id": call, "content": f"{name} of {json.dumps(value)}"}
                     for call, name, value in told[-1][1]]


@check
def loop_of_a_chat_client():
    for way in (chat, chat_streamed):
        equal(chat_loop(way, NATIVE + "loop"), chat_loop(chat, CHAT + "loop"))


def message_loop(way, model):
    messages, told = [{"role": "user", "content": "Go"}], []
    while True:
        reply = way(model, messages, tools=MESSAGES_TOOLS)
        told.append(message_gist(reply))
        if not told[-1][1]:
            return told
        messages.append({"role": "assistant", "content": reply.content})
        messages.append({"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": call, "content": f"{name} of {json.dumps(value)}"}
            for call, name, value in told[-1][1]]})


@check
def loop_of_a_messages_client():
    for way in (message, message_streamed):
        equal(message_loop(way, NATIVE + "loop"), message_loop(message, MESSAGES + "loop"))


@check
def reasoning_of_a_messages_client_over_several_turns():
    """OpenAI's reasoning comes back as the items that it was; the upstream refuses any other."""
    for way in (message, message_streamed):
        messages, told = [{"role": "user", "content": "Weather?"}], []
        for _ in range(4):
            reply = way(NATIVE + "thinking", messages, tools=MESSAGES_TOOLS, thinking={"type": "adaptive"})
            told += [block.thinking for block in reply.content if block.type == "thinking"]
            messages.append({"role": "assistant", "content": reply.content})
            made = message_gist(reply)[1]
            messages.append({"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": call, "content": "22"} for call, *_ in made] or "Thanks"})
        equal(told, ["First I look.", "Then I look \u4e16.", "Now I know.", "They thank me."])


@check
def usage_of_clients_of_the_other_formats():
    usage = chat(NATIVE + "written").usage
    equal((usage.prompt_tokens, usage.prompt_tokens_details.cached_tokens), (3509, 3400))
    for way in (message, message_streamed):
        usage = way(NATIVE + "written").usage
        equal((usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens), (9, 3400, 100))


@check
def ends_of_clients_of_the_other_formats():
    equal(chat(NATIVE + "stoplength").choices[0].finish_reason, "length")
    equal(chat(NATIVE + "stopfilter").choices[0].finish_reason, "content_filter")
    for way in (message, message_streamed):
        equal(way(NATIVE + "stoplength").stop_reason, "max_tokens")
        equal(way(NATIVE + "refusal").stop_reason, "refusal")


@check
def requests_are_ones_that_the_sdk_could_send():
    sent = json.loads(message(
        NATIVE + "echo", tools=MESSAGES_TOOLS, system="Be brief.", tool_choice={"type": "any"},
        thinking={"type": "enabled", "budget_tokens": 2000}, metadata={"user_id": "someone"}).content[0].text)
    equal((sent["instructions"], sent["tool_choice"], sent["reasoning"]["effort"]), ("Be brief.", "required", "low"))
    equal((sent["store"], sent["include"]), (False, ["reasoning.encrypted_content"]))
    shapes.valid(shapes.RESPONSES, sent)
    sent = json.loads(chat(NATIVE + "echo", tools=CHAT_TOOLS, reasoning_effort="high", verbosity="low",
                           response_format={"type": "json_object"}).choices[0].message.content)
    equal((sent["text"], sent["reasoning"]["effort"]), ({"format": {"type": "json_object"}, "verbosity": "low"}, "high"))
    shapes.valid(shapes.RESPONSES, sent)


@check
def broken_streams_of_an_upstream_of_responses_raise():
    for fault in ("cutearly", "cuttext", "cuttool", "eof", "event"):
        model = "broken-o4-" + fault
        raises(openai.APIError, lambda: list(chat(model, stream=True, tools=CHAT_TOOLS)))
        raises(anthropic.APIStatusError, lambda: message_streamed(model, tools=MESSAGES_TOOLS))


@check
def errors_of_an_upstream_of_responses():
    error = raises(openai.BadRequestError, lambda: chat("broken-o4-400"))
    assert "messages.0: no such thing" in str(error), error
    error = raises(anthropic.BadRequestError, lambda: message("broken-o4-long"))
    equal(error.body["error"]["message"], "prompt is too long: 2000 tokens > 1000 maximum")


if __name__ == "__main__":
    main()
