"""The official Anthropic SDK for Python, unchanged, as a client of the gateway."""

import anthropic

from checks import KEY, TEXT, TIMEOUT, URL, check, equal, main, raises

client = anthropic.Anthropic(base_url=URL, api_key=KEY, max_retries=0, timeout=TIMEOUT)
WEATHER = {
    "name": "get_weather",
    "description": "The weather of a city",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


def ask(model, text=TEXT, **more):
    return {"model": model, "max_tokens": 500, "messages": [{"role": "user", "content": text}], **more}


def create(model, **more):
    return client.messages.create(**ask(model, **more))


def final(model, **more):
    with client.messages.stream(**ask(model, **more)) as stream:
        pieces = "".join(stream.text_stream)
        return pieces, stream.get_final_message()


def content(message):
    return [block.to_dict() for block in message.content]


@check
def text():
    message = create("simulated-echo")
    assert TEXT in message.content[0].text, message
    equal(message.stop_reason, "end_turn")
    equal(message.role, "assistant")
    assert message.usage.input_tokens > 0 and message.usage.output_tokens > 0, message.usage


@check
def stream_yields_the_same_message():
    pieces, message = final("simulated-echo")
    whole = create("simulated-echo")
    equal(content(message), content(whole))
    equal(pieces, whole.content[0].text)
    equal(message.stop_reason, whole.stop_reason)
    equal(message.usage.output_tokens, whole.usage.output_tokens)


@check
def tool_call_and_its_result():
    call = create("simulated-tool", tools=[WEATHER])
    equal(call.stop_reason, "tool_use")
    use = next(block for block in call.content if block.type == "tool_use")
    equal(use.name, "get_weather")
    assert isinstance(use.input, dict), use.input
    question = ask("simulated-tool", tools=[WEATHER])
    question["messages"] += [
        {"role": "assistant", "content": call.content},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": use.id, "content": "22 degrees"}]},
    ]
    answer = client.messages.create(**question)
    equal(answer.stop_reason, "end_turn")
    assert answer.content[0].text, answer


@check
def streamed_tool_call():
    _, message = final("simulated-tool", tools=[WEATHER])
    whole = create("simulated-tool", tools=[WEATHER])
    equal(message.stop_reason, "tool_use")
    equal([(b.type, getattr(b, "input", None)) for b in message.content],
          [(b.type, getattr(b, "input", None)) for b in whole.content])


@check
def slow_stream_arrives_in_pieces():
    with client.messages.stream(**ask("simulated-slow")) as stream:
        pieces = list(stream.text_stream)
        assert len(pieces) > 1, pieces
        equal("".join(pieces), stream.get_final_message().content[0].text)


@check
def models_list():
    ids = [model.id for model in client.models.list()]
    assert "simulated-echo" in ids, ids
    equal(client.models.retrieve("simulated-echo").id, "simulated-echo")


@check
def count_tokens():
    few = client.messages.count_tokens(model="simulated-echo", messages=[{"role": "user", "content": "hi"}])
    many = client.messages.count_tokens(model="simulated-echo", messages=[{"role": "user", "content": "hi " * 500}])
    assert 0 < few.input_tokens < many.input_tokens, (few, many)


@check
def bad_key_is_an_authentication_error():
    stranger = client.with_options(api_key="sk-nobody-0123456789")
    error = raises(anthropic.AuthenticationError, lambda: stranger.messages.create(**ask("simulated-echo")))
    equal(error.status_code, 401)
    equal(error.body["error"]["type"], "authentication_error")
    equal(error.response.headers.get("x-should-retry"), "false")
    assert error.request_id, "no request-id"


@check
def unknown_model_is_not_found():
    error = raises(anthropic.NotFoundError, lambda: create("no-such-model"))
    equal(error.body["error"]["type"], "not_found_error")
    assert "no-such-model" in str(error), error


@check
def unknown_route_is_not_found():
    raises(anthropic.NotFoundError, lambda: client.post("/v1/no/such/route", cast_to=object, body={}))
    raises(anthropic.NotFoundError, lambda: client.get("/v1/messages/batches", cast_to=object))


@check
def bad_body_is_a_bad_request():
    raises(anthropic.BadRequestError, lambda: client.post("/v1/messages", cast_to=object, body=["no", "object"]))


@check
def rate_limit_says_when_to_come_back():
    error = raises(anthropic.RateLimitError, lambda: create("simulated-429"))
    equal(error.body["error"]["type"], "rate_limit_error")
    assert int(error.response.headers["retry-after"]) > 0, error.response.headers


@check
def overload_is_529():
    error = raises(anthropic.APIStatusError, lambda: create("simulated-529"))
    equal(error.status_code, 529)
    equal(error.body["error"]["type"], "overloaded_error")


@check
def server_error_is_500():
    error = raises(anthropic.InternalServerError, lambda: create("simulated-500"))
    equal(error.status_code, 500)


@check
def cut_stream_raises():
    raises(anthropic.APIError, lambda: final("simulated-cut"))


@check
def overload_inside_a_stream_raises():
    error = raises(anthropic.APIStatusError, lambda: final("simulated-overloaded-event"))
    equal(error.body["error"]["type"], "overloaded_error")


if __name__ == "__main__":
    main()
