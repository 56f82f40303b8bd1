"""Request bodies as the official Python SDKs write them: compact JSON, UTF-8 unescaped, keys in the SDK's order.

`messages` (or `input`) comes first and `model` after it, so a gateway that routes by model has to get past the whole prompt.
"""
import base64
import json
import random

SIZES = {"1k": 1 << 10, "50k": 50 << 10, "1m": 1 << 20, "10m": 10 << 20}

_WORDS = (
    'def return the import quick const await function class request response token stream if else for while "name" '
    "'x' path/to/file.ts => { } ( ) ; : , . proxy gateway latency buffer event loop ünïcode"
).split()
_WITH_TOOLS = 8000  # bytes; a smaller body is one question
_WITH_IMAGES = 4 << 20


def body(size, model, stream, form="ChatCompletions"):
    """One body of about `SIZES[size]` bytes; the same for the same arguments."""
    source = random.Random(7)
    target = SIZES[size]
    tools = [_tool(source, i, form) for i in range(min(20, target // 8000))]
    around = {"ChatCompletions": _chat_request, "Messages": _messages_request, "Responses": _responses_request}[form]
    rest = target - len(_encode(around([], model, stream, tools)))
    turns = _turns(source, rest, target, form)
    return _encode(around(turns, model, stream, tools))


def _encode(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _chat_request(messages, model, stream, tools):
    request = {"messages": messages, "model": model, "max_completion_tokens": 1024}
    if stream:
        request |= {"stream": True, "stream_options": {"include_usage": True}}
    request["temperature"] = 1
    if tools:
        request["tools"] = tools
    return request


def _messages_request(messages, model, stream, tools):
    request = {"max_tokens": 1024, "messages": messages, "model": model}
    if stream:
        request["stream"] = True
    request["temperature"] = 1
    if tools:
        request["tools"] = tools
    return request


def _responses_request(items, model, stream, tools):
    request = {"input": items, "max_output_tokens": 1024, "model": model, "store": False}
    if stream:
        request["stream"] = True
    request["temperature"] = 1
    if tools:
        request["tools"] = tools
    return request


def _prose(source, length):
    lines, written = [], 0
    while written < length:
        words = (source.choice(_WORDS) for _ in range(source.randint(3, 12)))
        line = "    " * source.randint(0, 4) + " ".join(words) + "\n"
        lines.append(line)
        written += len(line)
    return "".join(lines)[:length]


def _tool(source, number, form):
    properties = {key: {"type": "string", "description": _prose(source, 80)} for key in ("path", "content", "mode")}
    schema = {"type": "object", "properties": properties, "required": ["path"]}
    name, description = f"tool_{number}", _prose(source, 600)
    if form == "Messages":
        return {"name": name, "description": description, "input_schema": schema}
    if form == "Responses":
        return {"type": "function", "name": name, "description": description, "parameters": schema, "strict": False}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}


def _turns(source, rest, target, form):
    """Turns that fill `rest` bytes and end with a question."""
    turns = []
    if target >= _WITH_IMAGES:
        while rest > 2_200_000:
            rest -= _append(turns, _image_turn(source, 1_500_000, form))
    if target >= _WITH_TOOLS:
        number = 0
        while rest > 5000:
            for turn in _tool_turns(source, number, form):
                rest -= _append(turns, turn)
            number += 1
    _append(turns, {"role": "user", "content": _prose(source, max(1, rest - 60))})
    return turns


def _append(turns, turn):
    turns.append(turn)
    return len(_encode(turn)) + 1


def _image_turn(source, size, form):
    data = base64.b64encode(source.randbytes(size)).decode()
    if form == "Messages":
        image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}
    elif form == "Responses":
        image = {"type": "input_image", "detail": "auto", "image_url": f"data:image/png;base64,{data}"}
        return {"role": "user", "content": [{"type": "input_text", "text": _prose(source, 300)}, image]}
    else:
        image = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}}
    return {"role": "user", "content": [{"type": "text", "text": _prose(source, 300)}, image]}


def _tool_turns(source, number, form):
    """A call of a tool and its result, about 4 KB."""
    call, said, result = f"call_{number:024d}", _prose(source, 500), _prose(source, 2500)
    given = {"path": "/src/a.ts", "content": _prose(source, 600)}
    if form == "Messages":
        use = {"type": "tool_use", "id": call, "name": "tool_1", "input": given}
        yield {"role": "assistant", "content": [{"type": "text", "text": said}, use]}
        yield {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call, "content": result}]}
    elif form == "Responses":
        arguments = json.dumps(given, ensure_ascii=False)
        yield {"role": "assistant", "content": said}
        yield {"type": "function_call", "call_id": call, "name": "tool_1", "arguments": arguments}
        yield {"type": "function_call_output", "call_id": call, "output": result}
    else:
        function = {"name": "tool_1", "arguments": json.dumps(given, ensure_ascii=False)}
        use = {"id": call, "type": "function", "function": function}
        yield {"role": "assistant", "content": said, "tool_calls": [use]}
        yield {"role": "tool", "tool_call_id": call, "content": result}
