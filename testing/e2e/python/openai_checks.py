"""The official OpenAI SDK for Python, unchanged, as a client of the gateway: Chat, Responses and the older routes."""

import json

import openai

from checks import KEY, TEXT, TIMEOUT, URL, check, check_with, equal, main, raises, spoken

client = openai.OpenAI(base_url=URL + "/v1", api_key=KEY, max_retries=0, timeout=TIMEOUT)
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
CHAT_TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}}
RESPONSES_TOOL = {"type": "function", "name": "get_weather", "parameters": PARAMETERS, "strict": False}


def user(text=TEXT):
    return [{"role": "user", "content": text}]


def chat(model, **more):
    return client.chat.completions.create(model=model, messages=user(), **more)


def chat_stream(model, **more):
    with client.chat.completions.stream(model=model, messages=user(), **more) as stream:
        for _ in stream:
            pass
        return stream.get_final_completion()


def respond(model, **more):
    return client.responses.create(model=model, input=TEXT, **more)


CALLS = (chat, respond) if spoken("Responses") else (chat,)


def respond_stream(model, **more):
    with client.responses.stream(model=model, input=TEXT, **more) as stream:
        for _ in stream:
            pass
        return stream.get_final_response()


@check
def chat_text():
    completion = chat("simulated-echo")
    assert TEXT in completion.choices[0].message.content, completion
    equal(completion.object, "chat.completion")
    equal(completion.choices[0].finish_reason, "stop")
    assert completion.usage.total_tokens > 0, completion.usage


@check
def chat_stream_yields_the_same_completion():
    streamed = chat_stream("simulated-echo", stream_options={"include_usage": True})
    whole = chat("simulated-echo")
    equal(streamed.choices[0].message.content, whole.choices[0].message.content)
    equal(streamed.choices[0].finish_reason, whole.choices[0].finish_reason)
    equal(streamed.usage.completion_tokens, whole.usage.completion_tokens)


@check
def chat_tool_call_and_its_result():
    choice = chat("simulated-tool", tools=[CHAT_TOOL]).choices[0]
    equal(choice.finish_reason, "tool_calls")
    call = choice.message.tool_calls[0]
    equal(call.function.name, "get_weather")
    assert isinstance(json.loads(call.function.arguments), dict), call
    turn = [choice.message, {"role": "tool", "tool_call_id": call.id, "content": "22 degrees"}]
    answer = client.chat.completions.create(model="simulated-tool", messages=user() + turn, tools=[CHAT_TOOL])
    equal(answer.choices[0].finish_reason, "stop")
    assert answer.choices[0].message.content, answer


@check
def chat_streamed_tool_call():
    streamed = chat_stream("simulated-tool", tools=[CHAT_TOOL]).choices[0]
    whole = chat("simulated-tool", tools=[CHAT_TOOL]).choices[0]
    equal(streamed.finish_reason, "tool_calls")
    equal(streamed.message.tool_calls[0].function.name, "get_weather")
    equal(streamed.message.tool_calls[0].function.arguments, whole.message.tool_calls[0].function.arguments)


@check
def chat_slow_stream_arrives_in_pieces():
    chunks = list(chat("simulated-slow", stream=True))
    pieces = [c.choices[0].delta.content for c in chunks if c.choices and c.choices[0].delta.content]
    assert len(pieces) > 1, pieces


@check_with("Responses")
def responses_text():
    response = respond("simulated-echo")
    assert TEXT in response.output_text, response
    equal(response.object, "response")
    equal(response.status, "completed")
    assert response.usage.total_tokens > 0, response.usage


@check_with("Responses")
def responses_stream_yields_the_same_response():
    streamed = respond_stream("simulated-echo")
    whole = respond("simulated-echo")
    equal(streamed.output_text, whole.output_text)
    equal(streamed.status, "completed")
    equal(streamed.usage.output_tokens, whole.usage.output_tokens)


@check_with("Responses")
def responses_tool_call_and_its_result():
    call = next(o for o in respond("simulated-tool", tools=[RESPONSES_TOOL]).output if o.type == "function_call")
    equal(call.name, "get_weather")
    assert isinstance(json.loads(call.arguments), dict), call
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "22 degrees"}
    answer = client.responses.create(
        model="simulated-tool", input=user() + [call.to_dict(), result], tools=[RESPONSES_TOOL])
    equal(answer.status, "completed")
    assert answer.output_text, answer


@check_with("Responses")
def responses_streamed_tool_call():
    response = respond_stream("simulated-tool", tools=[RESPONSES_TOOL])
    call = next(o for o in response.output if o.type == "function_call")
    equal(call.name, "get_weather")
    assert isinstance(json.loads(call.arguments), dict), call


@check
def legacy_completion():
    completion = client.completions.create(model="simulated-echo", prompt=TEXT, max_tokens=200)
    equal(completion.object, "text_completion")
    assert TEXT in completion.choices[0].text, completion


@check
def legacy_completion_stream():
    pieces = [c.choices[0].text for c in client.completions.create(
        model="simulated-echo", prompt=TEXT, max_tokens=200, stream=True) if c.choices]
    assert TEXT in "".join(pieces), pieces


@check_with("Embeddings")
def embeddings():
    made = client.embeddings.create(model="simulated-embedding", input=["one", "two"])
    equal([each.index for each in made.data], [0, 1])
    sizes = {len(each.embedding) for each in made.data}
    assert len(sizes) == 1 and sizes.pop() > 0, made
    assert made.data[0].embedding != made.data[1].embedding, "two texts, one vector"


@check
def models_list():
    ids = [model.id for model in client.models.list()]
    assert "simulated-echo" in ids, ids
    equal(client.models.retrieve("simulated-echo").id, "simulated-echo")


@check
def bad_key_is_an_authentication_error():
    stranger = client.with_options(api_key="sk-nobody-0123456789")
    error = raises(openai.AuthenticationError, lambda: stranger.models.list())
    equal(error.response.headers.get("x-should-retry"), "false")
    assert error.request_id, "no x-request-id"


@check
def unknown_model_is_not_found():
    for call in CALLS:
        error = raises(openai.NotFoundError, lambda: call("no-such-model"))
        equal(error.code, "model_not_found")


@check
def unknown_route_is_not_found():
    raises(openai.NotFoundError, lambda: client.post("/no/such/route", cast_to=object, body={}))
    raises(openai.NotFoundError, lambda: client.files.list())


@check
def bad_body_is_a_bad_request():
    raises(openai.BadRequestError, lambda: client.post("/chat/completions", cast_to=object, body=["no", "object"]))


@check
def rate_limit_says_when_to_come_back():
    for call in CALLS:
        error = raises(openai.RateLimitError, lambda: call("simulated-429"))
        assert int(error.response.headers["retry-after"]) > 0, error.response.headers


@check
def overload_is_a_server_error():
    for call in CALLS:
        error = raises(openai.InternalServerError, lambda: call("simulated-529"))
        assert error.status_code in (503, 529), error


@check
def server_error_is_500():
    for call in CALLS:
        equal(raises(openai.InternalServerError, lambda: call("simulated-500")).status_code, 500)


@check
def chat_cut_stream_raises():
    raises(openai.APIError, lambda: list(chat("simulated-cut", stream=True)))


@check_with("Responses")
def responses_cut_stream_never_completes():
    kinds = []
    try:
        kinds += [event.type for event in respond("simulated-cut", stream=True)]
    except openai.APIConnectionError:
        raise
    except openai.APIError:
        return
    assert kinds[-1] == "response.failed", kinds


@check
def chat_overload_inside_a_stream_raises():
    raises(openai.APIError, lambda: list(chat("simulated-overloaded-event", stream=True)))


if __name__ == "__main__":
    main()
