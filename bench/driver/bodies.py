"""Request bodies as the official Python SDKs write them: compact JSON, UTF-8 unescaped, keys in the SDK's order.

`messages` comes first and `model` after it, so a gateway that routes by model has to get past the whole prompt.
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


def body(size, model, stream, messages_format=False):
    """One body of about `SIZES[size]` bytes; the same for the same arguments."""
    source = random.Random(7)
    target = SIZES[size]
    tools = [_tool(source, i, messages_format) for i in range(min(20, target // 8000))]
    around = _messages_request if messages_format else _chat_request
    rest = target - len(_encode(around([], model, stream, tools)))
    turns = _turns(source, rest, target, messages_format)
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


def _prose(source, length):
    lines, written = [], 0
    while written < length:
        words = (source.choice(_WORDS) for _ in range(source.randint(3, 12)))
        line = "    " * source.randint(0, 4) + " ".join(words) + "\n"
        lines.append(line)
        written += len(line)
    return "".join(lines)[:length]


def _tool(source, number, messages_format):
    properties = {key: {"type": "string", "description": _prose(source, 80)} for key in ("path", "content", "mode")}
    schema = {"type": "object", "properties": properties, "required": ["path"]}
    name, description = f"tool_{number}", _prose(source, 600)
    if messages_format:
        return {"name": name, "description": description, "input_schema": schema}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}


def _turns(source, rest, target, messages_format):
    """Turns that fill `rest` bytes and end with a question."""
    turns = []
    if target >= _WITH_IMAGES:
        while rest > 2_200_000:
            rest -= _append(turns, _image_turn(source, 1_500_000, messages_format))
    if target >= _WITH_TOOLS:
        number = 0
        while rest > 5000:
            for turn in _tool_turns(source, number, messages_format):
                rest -= _append(turns, turn)
            number += 1
    _append(turns, {"role": "user", "content": _prose(source, max(1, rest - 60))})
    return turns


def _append(turns, turn):
    turns.append(turn)
    return len(_encode(turn)) + 1


def _image_turn(source, size, messages_format):
    data = base64.b64encode(source.randbytes(size)).decode()
    if messages_format:
        image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}
    else:
        image = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}}
    return {"role": "user", "content": [{"type": "text", "text": _prose(source, 300)}, image]}


def _tool_turns(source, number, messages_format):
    """A call of a tool and its result, about 4 KB."""
    call, said, result = f"call_{number:024d}", _prose(source, 500), _prose(source, 2500)
    given = {"path": "/src/a.ts", "content": _prose(source, 600)}
    if messages_format:
        use = {"type": "tool_use", "id": call, "name": "tool_1", "input": given}
        yield {"role": "assistant", "content": [{"type": "text", "text": said}, use]}
        yield {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call, "content": result}]}
    else:
        function = {"name": "tool_1", "arguments": json.dumps(given, ensure_ascii=False)}
        use = {"id": call, "type": "function", "function": function}
        yield {"role": "assistant", "content": said, "tool_calls": [use]}
        yield {"role": "tool", "tool_call_id": call, "content": result}
