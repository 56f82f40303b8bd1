"""A vendor made of canned conversations, on the standard library alone, speaking Chat Completions,
Messages and Responses.

The model's name ends in the scenario's: `gpt-4.1-tools` on /v1/chat/completions, `claude-opus-4-8-tools` on
/v1/messages and `o4-mini-tools` on /v1/responses play the same one, each in its format's own words, whole or streamed as asked. It is as strict as the
vendors about what a conversation must look like, so a badly translated request is a 400 that names the fault.

    upstream.py         prints `listening PORT`, ends with its standard input
"""

import json
import os
import re
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Refused(Exception):
    """A request the vendor would answer with that status."""

    def __init__(self, message, status=400, kind="invalid_request_error", code=None, headers=()):
        super().__init__(message)
        self.status, self.kind, self.code, self.headers = status, kind, code, headers


class Reply:
    """Blocks in order, why it stopped in both formats' words, and the four buckets of usage.

    A block is (text, s), (thinking, s, signature), (redacted, data), (tool, id, name, arguments) or (refusal, s).
    """

    def __init__(self, *blocks, stop=None, sequence=None, usage=(12, 7, 0, 0, 0), fault=None):
        tools = any(block[0] == "tool" for block in blocks)
        self.blocks = blocks
        self.stop = stop or (("tool_calls", "tool_use") if tools else ("stop", "end_turn"))
        self.sequence = sequence
        self.fresh, self.output, self.read, self.written, self.thought = usage
        self.fault = fault  # where a stream breaks: (kind, after how many events)


# --- what a conversation says, whatever its format -------------------------------------------------------------------

def results(body):
    """The texts of all tool results, in order."""
    if "input" in body:
        return [output_of(item) for item in items_of(body) if item.get("type") == "function_call_output"]
    found = []
    for message in body["messages"]:
        if message["role"] == "tool":
            found.append(text_of(message["content"]))
        elif message["role"] == "user" and isinstance(message["content"], list):
            found += [text_of(p.get("content", "")) for p in message["content"] if p["type"] == "tool_result"]
    return found


def text_of(content):
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content or [] if part["type"] == "text")


def items_of(body):
    return [{"role": "user", "content": body["input"]}] if isinstance(body["input"], str) else body["input"]


def output_of(item):
    output = item["output"]
    return output if isinstance(output, str) else "\n".join(part["text"] for part in output if part["type"] == "input_text")


def turns_of(body, role):
    return [message for message in body["messages"] if message["role"] == role]


# --- the scenarios ---------------------------------------------------------------------------------------------------

PARALLEL = (
    ("tool", "call_paris", "get_weather", '{"city": "Paris", "days": [1, 2], "note": "a \\"quoted\\" \\u4e16 {"}'),
    ("tool", "call_rome", "get_weather", '{"city":"Rome"}'),
)


def loop(body):
    """Three turns of tools, then an answer that names every result."""
    done = results(body)
    if not done:
        return Reply(("text", "Let me look."), *PARALLEL)
    if len(done) == 2:
        return Reply(("tool", "call_now", "now", ""))
    if len(done) == 3:
        return Reply(("text", "One more."), ("tool", "call_sum", "add", '{"values":[1,2,3],"exact":true}'))
    return Reply(("text", "Results: " + "; ".join(done)))


def thinking(body):
    """Thinks before every turn; on Messages the earlier turns must come back signed as they were."""
    signed = [
        [("thinking", "First I look.", "sig+first/=="), ("redacted", "ZW5jcnlwdGVk"),
         ("tool", "call_one", "get_weather", '{"city":"Paris"}')],
        [("thinking", "Then I look \u4e16.", "sig+second/=="), ("tool", "call_two", "get_weather", '{"city":"Rome"}')],
        [("thinking", "Now I know.", "sig+third/=="), ("text", "Warm in both.")],
        [("thinking", "They thank me.", "sig+fourth/=="), ("text", "You are welcome.")],
    ]
    if "input" in body:
        return reasoning(body, signed)
    earlier = turns_of(body, "assistant")
    if "system" in body or "max_tokens" in body and body["model"].startswith("claude"):
        for turn, blocks in zip(earlier, signed):
            expected = [messages_block(block) for block in blocks if block[0] in ("thinking", "redacted")]
            got = [block for block in turn["content"] if "thinking" in block["type"]]
            if got != expected:
                raise Refused(f"Invalid `signature` in `thinking` block: {json.dumps(got)}")
    elif body["model"].startswith("deepseek"):
        for turn, blocks in zip(earlier, signed):
            expected = "".join(block[1] for block in blocks if block[0] == "thinking")
            if turn.get("reasoning_content") != expected:
                raise Refused(f"reasoning_content must come back: {json.dumps(turn)}")
    else:
        for turn in earlier:
            if "reasoning_content" in turn:
                raise Refused("reasoning_content is not a field of a request")
    return Reply(*signed[len(earlier)], usage=(12, 7, 0, 0, 3))


def reasoning(body, signed):
    """On Responses the earlier reasoning must come back as the items that it was."""
    got = [item for item in items_of(body) if item.get("type") == "reasoning"]
    turns = [item for item in items_of(body) if item.get("type") == "function_call" or item.get("role") == "assistant"]
    expected = [{**responses_reasoning(turn[0], at), "status": None} for at, turn in enumerate(signed[:len(turns)])]
    if [{**item, "status": None} for item in got] != expected:
        raise Refused(f"reasoning must come back as it was: {json.dumps(got)}")
    return Reply(*signed[len(turns)], usage=(12, 7, 0, 0, 3))


def status(code, kind, chat_code=None, message="what is wrong", headers=()):
    def refuse(body):
        raise Refused(message, code, kind, chat_code, headers)
    return refuse


def say(*blocks, **more):
    return lambda body: Reply(*(blocks or (("text", "Hello \u4e16\u754c \U0001f642 \"and\" good\nbye."),)), **more)


STOPS = {
    "end": (("stop", "end_turn"), None),
    "sequence": (("stop", "stop_sequence"), "END"),
    "length": (("length", "max_tokens"), None),
    "window": (("length", "model_context_window_exceeded"), None),
    "pause": (("stop", "pause_turn"), None),
    "filter": (("content_filter", "refusal"), None),
    "unknown": (("insufficient_system_resource", "nobody_knows"), None),
}
SCENARIOS = {
    "text": say(),
    "echo": lambda body: Reply(("text", json.dumps(body))),
    "tools": lambda body: Reply(("text", "Let me look."), *PARALLEL),
    "bare": lambda body: Reply(("tool", "call_now", "now", "")),
    "lazystop": lambda body: Reply(PARALLEL[1], stop=("stop", "tool_use")),
    "interleaved": lambda body: Reply(*PARALLEL),
    "loop": loop,
    "thinking": thinking,
    "refusal": say(("refusal", "I cannot help with that."), stop=("stop", "refusal")),
    "cached": say(usage=(109, 20, 3400, 0, 5)),
    "written": say(usage=(9, 20, 3400, 100, 5)),
    "400": status(400, "invalid_request_error", message="messages.0: no such thing"),
    "long": status(400, "invalid_request_error", "context_length_exceeded",
                   "This model's maximum context length is 1000 tokens. However, your messages resulted in 2000 tokens."),
    "404": status(404, "not_found_error", "model_not_found"),
    "429": status(429, "rate_limit_error", "rate_limit_exceeded", headers=(("retry-after", "7"),)),
    "500": status(500, "api_error"),
    "cutearly": say(fault=("cut", 1)),
    "cuttext": say(fault=("cut", 3)),
    "cuttool": lambda body: Reply(("text", "Let me look."), *PARALLEL, fault=("cut", 7)),
    "eof": say(fault=("eof", 3)),
    "event": say(fault=("event", 3)),
    **{"stop" + name: say(stop=stop, sequence=sequence) for name, (stop, sequence) in STOPS.items()},
}


# --- Chat Completions ------------------------------------------------------------------------------------------------

def check_chat(body):
    """Refuses what OpenAI refuses."""
    known = set("""model messages max_completion_tokens max_tokens temperature top_p stop stream stream_options n
        tools tool_choice parallel_tool_calls response_format reasoning_effort user safety_identifier prompt_cache_key
        service_tier verbosity seed store metadata logit_bias logprobs top_logprobs presence_penalty frequency_penalty
        modalities audio prediction web_search_options prompt_cache_options prompt_cache_retention""".split())
    if unknown := sorted(set(body) - known):
        raise Refused(f"Unrecognized request arguments supplied: {unknown}")
    waiting = []
    for at, message in enumerate(body["messages"]):
        role = message["role"]
        if waiting and role != "tool":
            raise Refused(f"messages[{at}]: tool_call_ids did not have response messages: {waiting}")
        if role == "tool":
            if message["tool_call_id"] not in waiting:
                raise Refused(f"messages[{at}]: no preceding message with tool_calls {message['tool_call_id']}")
            waiting.remove(message["tool_call_id"])
        if role not in ("system", "developer", "user", "assistant", "tool"):
            raise Refused(f"messages[{at}].role: {role}")
        if role == "user" and not message.get("content"):
            raise Refused(f"messages[{at}].content is empty")
        calls = message.get("tool_calls", [])
        for call in calls:
            json.loads(call["function"]["arguments"] or "{}")
        waiting = [call["id"] for call in calls] or waiting
    if waiting:
        raise Refused(f"tool_call_ids did not have response messages: {waiting}")
    for tool in body.get("tools", []):
        name(tool["function"]["name"])
        schema(tool["function"].get("parameters", {"type": "object"}))


def name(text):
    if not re.fullmatch("[a-zA-Z0-9_-]{1,64}", text):
        raise Refused(f"the name of a tool: {text}")


def schema(value):
    if value.get("type") != "object":
        raise Refused(f"schema must be a JSON Schema of type object: {value}")


def chat_usage(reply):
    prompt = reply.fresh + reply.read + reply.written
    details = {"cached_tokens": reply.read}
    if reply.written:
        details["cache_write_tokens"] = reply.written
    return {"prompt_tokens": prompt, "completion_tokens": reply.output, "total_tokens": prompt + reply.output,
            "prompt_tokens_details": details, "completion_tokens_details": {"reasoning_tokens": reply.thought}}


def chat_call(block, **more):
    return {**more, "id": block[1], "type": "function", "function": {"name": block[2], "arguments": block[3]}}


def chat_whole(reply, body):
    def joined(kind):
        return "".join(block[1] for block in reply.blocks if block[0] == kind)
    message = {"role": "assistant", "content": joined("text") or None, "refusal": joined("refusal") or None}
    if joined("thinking"):
        message["reasoning_content"] = joined("thinking")
    calls = [chat_call(block) for block in reply.blocks if block[0] == "tool"]
    if calls:
        message["tool_calls"] = calls
    return {"id": "chatcmpl-a1", "object": "chat.completion", "created": 1, "model": body["model"],
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reply.stop[0]}],
            "usage": chat_usage(reply)}


def chat_deltas(reply, interleave):
    yield {"role": "assistant", "content": ""}
    calls, late = -1, []
    for block in reply.blocks:
        if block[0] == "tool":
            calls += 1
            yield {"tool_calls": [chat_call((*block[:3], ""), index=calls)]}
            pieces = [{"tool_calls": [{"index": calls, "function": {"arguments": piece}}]} for piece in cut(block[3])]
            if interleave:
                late.append(pieces)
            else:
                yield from pieces
        else:
            field = {"text": "content", "refusal": "refusal", "thinking": "reasoning_content"}.get(block[0])
            for piece in cut(block[1]) if field else ():
                yield {field: piece}
    while any(late):
        for pieces in late:
            if pieces:
                yield pieces.pop(0)


def chat_stream(reply, body):
    head = {"id": "chatcmpl-a1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    usage = {"usage": None} if asks_usage(body) else {}
    for delta in chat_deltas(reply, body["model"].endswith("interleaved")):
        yield None, {**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}], **usage}
    last = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": reply.stop[0]}
    yield None, {**head, "choices": [last], **usage}
    if usage:
        yield None, {**head, "choices": [], "usage": chat_usage(reply)}
    yield None, "[DONE]"


def asks_usage(body):
    return (body.get("stream_options") or {}).get("include_usage")


def chat_error(refused):
    kind = "server_error" if refused.status >= 500 else refused.kind
    return {"error": {"message": str(refused), "type": kind, "param": None, "code": refused.code}}


# --- Messages --------------------------------------------------------------------------------------------------------

def check_messages(body):
    """Refuses what Anthropic refuses."""
    known = set("""model messages max_tokens system temperature top_p top_k stop_sequences stream tools tool_choice
        thinking output_config metadata service_tier cache_control container context_management mcp_servers
        inference_geo speed""".split())
    if unknown := sorted(set(body) - known):
        raise Refused(f"{unknown}: Extra inputs are not permitted")
    if not body.get("max_tokens"):
        raise Refused("max_tokens: Field required")
    waiting, before = set(), None
    for at, message in enumerate(body["messages"]):
        role, content = message["role"], message["content"]
        if role not in ("user", "assistant", "system"):
            raise Refused(f"messages.{at}.role: {role}")
        if not content:
            raise Refused(f"messages.{at}: all messages must have non-empty content")
        if role == "system" and (at == 0 or before != "user"):
            raise Refused(f"messages.{at}: use the top-level 'system' parameter")
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        given = [block["tool_use_id"] for block in blocks if block["type"] == "tool_result"]
        if set(given) != waiting or len(given) != len(waiting):
            raise Refused(f"messages.{at}: `tool_use` ids were found without `tool_result` blocks immediately after: "
                          f"{sorted(waiting)} but {given}")
        if any(block["type"] != "tool_result" for block in blocks[:len(given)]):
            raise Refused(f"messages.{at}: tool_result blocks must come first")
        waiting = {block["id"] for block in blocks if block["type"] == "tool_use"}
        for block in blocks:
            check_block(block, role, at)
        before = role
    if waiting:
        raise Refused("the last message has unanswered tool_use blocks")
    for tool in body.get("tools", []):
        name(tool["name"])
        if not tool.get("defer_loading"):
            schema(tool["input_schema"])


def check_block(block, role, at):
    kind = block["type"]
    if kind == "text" and not block["text"].strip():
        raise Refused(f"messages.{at}: text content blocks must be non-empty")
    if kind == "thinking" and not block.get("signature"):
        raise Refused(f"messages.{at}: thinking.signature: Field required")
    if kind == "tool_use" and not isinstance(block["input"], dict):
        raise Refused(f"messages.{at}: tool_use.input: Input should be a valid dictionary")
    allowed = {"user": ("text", "image", "document", "tool_result", "search_result"), "system": ("text",),
               "assistant": ("text", "thinking", "redacted_thinking", "tool_use")}[role]
    if kind not in allowed:
        raise Refused(f"messages.{at}: {kind} is not permitted in a message of {role}")


def messages_block(block):
    match block:
        case ("thinking", text, signature):
            return {"type": "thinking", "thinking": text, "signature": signature}
        case ("redacted", data):
            return {"type": "redacted_thinking", "data": data}
        case ("tool", call, tool, arguments):
            return {"type": "tool_use", "id": call, "name": tool, "input": json.loads(arguments or "{}")}
        case (_, text):
            return {"type": "text", "text": text, "citations": None}


def messages_usage(reply):
    return {"input_tokens": reply.fresh, "cache_creation_input_tokens": reply.written,
            "cache_read_input_tokens": reply.read, "output_tokens": reply.output,
            "output_tokens_details": {"thinking_tokens": reply.thought}}


def messages_whole(reply, body):
    refused = reply.stop[1] == "refusal"
    details = {"type": "refusal", "category": None, "explanation": "it is not allowed"} if refused else None
    return {"id": "msg_a1", "type": "message", "role": "assistant", "model": body["model"],
            "content": [messages_block(block) for block in reply.blocks], "container": None, "stop_details": details,
            "stop_reason": reply.stop[1], "stop_sequence": reply.sequence, "usage": messages_usage(reply)}


def messages_stream(reply, body):
    for event in messages_events(reply, body):
        yield event["type"], event


def messages_events(reply, body):
    whole = messages_whole(reply, body)
    usage = {**whole["usage"], "output_tokens": 1}
    yield {"type": "message_start", "message": {
        **whole, "content": [], "stop_reason": None, "stop_sequence": None, "stop_details": None, "usage": usage}}
    yield {"type": "ping"}
    for index, block in enumerate(reply.blocks):
        yield {"type": "content_block_start", "index": index, "content_block": opened(block)}
        for delta in deltas(block):
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    end = {key: whole[key] for key in ("stop_reason", "stop_sequence", "stop_details")}
    yield {"type": "message_delta", "delta": end, "usage": whole["usage"]}
    yield {"type": "message_stop"}


def opened(block):
    start = messages_block(block)
    empty = {"text": {"text": ""}, "thinking": {"thinking": "", "signature": ""}, "tool_use": {"input": {}}}
    return {**start, **empty.get(start["type"], {})}


def deltas(block):
    match block:
        case ("thinking", text, signature):
            yield from ({"type": "thinking_delta", "thinking": piece} for piece in cut(text))
            yield {"type": "signature_delta", "signature": signature}
        case ("tool", _, _, arguments):
            yield {"type": "input_json_delta", "partial_json": ""}
            yield from ({"type": "input_json_delta", "partial_json": piece} for piece in cut(arguments))
        case ("redacted", _):
            return
        case (_, text):
            yield from ({"type": "text_delta", "text": piece} for piece in cut(text))


def messages_error(refused):
    return {"type": "error", "error": {"type": refused.kind, "message": str(refused)}, "request_id": "req_1"}


# --- Responses -------------------------------------------------------------------------------------------------------

def check_responses(body):
    """Refuses what OpenAI refuses."""
    known = set("""model input instructions max_output_tokens temperature top_p stream stream_options tools tool_choice
        parallel_tool_calls text reasoning user safety_identifier prompt_cache_key prompt_cache_options
        prompt_cache_retention service_tier store metadata include truncation max_tool_calls background
        previous_response_id conversation prompt top_logprobs moderation context_management""".split())
    if unknown := sorted(set(body) - known):
        raise Refused(f"Unknown parameter: {unknown}")
    if body.get("max_output_tokens", 16) < 16:
        raise Refused("Invalid 'max_output_tokens': integer below minimum value", code="integer_below_min_value")
    waiting = []
    for at, item in enumerate(items_of(body)):
        kind = item.get("type", "message")
        if kind == "message" and item["role"] not in ("user", "assistant", "system", "developer"):
            raise Refused(f"input[{at}].role: {item['role']}")
        if kind == "function_call":
            json.loads(item["arguments"] or "{}")
            waiting.append(item["call_id"])
        elif kind == "function_call_output":
            if item["call_id"] not in waiting:
                raise Refused(f"No tool call found for function call output with call_id {item['call_id']}.")
            waiting.remove(item["call_id"])
        elif kind not in ("message", "reasoning", "custom_tool_call", "custom_tool_call_output"):
            raise Refused(f"input[{at}].type: {kind}")
    if waiting:
        raise Refused(f"No tool output found for function call {waiting[0]}.")
    for tool in body.get("tools", []):
        if tool["type"] == "function":
            name(tool["name"])
            schema(tool["parameters"])
            if "strict" not in tool:
                raise Refused("tools: strict is missing")


def responses_usage(reply):
    return {"input_tokens": reply.fresh + reply.read + reply.written,
            "input_tokens_details": {"cached_tokens": reply.read, "cache_write_tokens": reply.written},
            "output_tokens": reply.output, "output_tokens_details": {"reasoning_tokens": reply.thought},
            "total_tokens": reply.fresh + reply.read + reply.written + reply.output}


def responses_reasoning(block, at):
    return {"type": "reasoning", "id": f"rs_{block[2][:7]}", "encrypted_content": block[2],
            "summary": [{"type": "summary_text", "text": block[1]}]}


def responses_item(block, at):
    match block:
        case ("thinking", _, _):
            return responses_reasoning(block, at)
        case ("tool", call, tool, arguments):
            return {"type": "function_call", "id": f"fc_{at}", "status": "completed", "call_id": call, "name": tool,
                    "arguments": arguments or "{}"}
        case ("refusal", text):
            return responses_message(at, {"type": "refusal", "refusal": text})
        case (_, text):
            return responses_message(at, {"type": "output_text", "text": text, "annotations": [], "logprobs": []})


def responses_message(at, part):
    return {"type": "message", "id": f"msg_{at}", "status": "completed", "role": "assistant", "content": [part]}


def responses_items(reply):
    return [responses_item(block, at) for at, block in enumerate(b for b in reply.blocks if b[0] != "redacted")]


def responses_whole(reply, body):
    reason = {"length": "max_output_tokens", "content_filter": "content_filter"}.get(reply.stop[0])
    return {"id": "resp_a1", "object": "response", "created_at": 1, "model": body["model"], "error": None,
            "status": "incomplete" if reason else "completed", "output": responses_items(reply),
            "incomplete_details": {"reason": reason} if reason else None, "instructions": body.get("instructions"),
            "parallel_tool_calls": True, "tool_choice": "auto", "tools": body.get("tools", []), "metadata": {},
            "temperature": 1.0, "top_p": 1.0, "usage": responses_usage(reply)}


def responses_stream(reply, body):
    for number, event in enumerate(responses_events(reply, body)):
        yield event["type"], {**event, "sequence_number": number}


def responses_events(reply, body):
    whole = responses_whole(reply, body)
    begun = {**whole, "status": "in_progress", "output": [], "usage": None, "incomplete_details": None}
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    late = []
    for at, item in enumerate(whole["output"]):
        place = {"item_id": item["id"], "output_index": at}
        if item["type"] == "function_call":
            events = list(responses_call(item, place))
            if body["model"].endswith("interleaved"):
                late.append(events)
            else:
                yield from events
        elif item["type"] == "reasoning":
            yield from responses_thought(item, place)
        else:
            yield from responses_text(item, place)
    while any(late):
        for events in late:
            if events:
                yield events.pop(0)
    yield {"type": "response." + whole["status"], "response": whole}


def responses_call(item, place):
    index = {"output_index": place["output_index"]}
    yield {"type": "response.output_item.added", **index, "item": {**item, "arguments": "", "status": "in_progress"}}
    for piece in cut(item["arguments"]):
        yield {"type": "response.function_call_arguments.delta", **place, "delta": piece, "obfuscation": "x" * len(piece)}
    yield {"type": "response.function_call_arguments.done", **place, "name": item["name"], "arguments": item["arguments"]}
    yield {"type": "response.output_item.done", **index, "item": item}


def responses_thought(item, place):
    index, place = {"output_index": place["output_index"]}, {**place, "summary_index": 0}
    part = item["summary"][0]
    yield {"type": "response.output_item.added", **index, "item": {**item, "summary": [], "encrypted_content": "part"}}
    yield {"type": "response.reasoning_summary_part.added", **place, "part": {**part, "text": ""}}
    for piece in cut(part["text"]):
        yield {"type": "response.reasoning_summary_text.delta", **place, "delta": piece}
    yield {"type": "response.reasoning_summary_text.done", **place, "text": part["text"]}
    yield {"type": "response.reasoning_summary_part.done", **place, "part": part}
    yield {"type": "response.output_item.done", **index, "item": item}


def responses_text(item, place):
    index, place = {"output_index": place["output_index"]}, {**place, "content_index": 0}
    part = item["content"][0]
    field = "text" if part["type"] == "output_text" else "refusal"
    kind = "response." + part["type"]
    yield {"type": "response.output_item.added", **index, "item": {**item, "content": [], "status": "in_progress"}}
    yield {"type": "response.content_part.added", **place, "part": {**part, field: ""}}
    for piece in cut(part[field]):
        yield {"type": kind + ".delta", **place, "delta": piece, "logprobs": []}
    yield {"type": kind + ".done", **place, field: part[field], "logprobs": []}
    yield {"type": "response.content_part.done", **place, "part": part}
    yield {"type": "response.output_item.done", **index, "item": item}


def responses_error(refused):
    return {"type": "error", **chat_error(refused)}


# --- the wire --------------------------------------------------------------------------------------------------------

def cut(text, size=5):
    return [text[at:at + size] for at in range(0, len(text), size)]


class Vendor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ROUTES = {
        "/v1/chat/completions": (check_chat, chat_whole, chat_stream, chat_error),
        "/v1/messages": (check_messages, messages_whole, messages_stream, messages_error),
        "/v1/responses": (check_responses, responses_whole, responses_stream, responses_error),
    }

    def do_POST(self):
        check, whole, stream, error = self.ROUTES[self.path.split("?")[0]]
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        try:
            check(body)
            reply = SCENARIOS[body["model"].rsplit("-", 1)[1]](body)
        except Refused as refused:
            return self.answer(refused.status, error(refused), refused.headers)
        if not body.get("stream"):
            return self.answer(200, whole(reply, body))
        return self.stream(stream(reply, body), reply.fault, error)

    def answer(self, status, document, headers=()):
        text = json.dumps(document).encode()
        self.send_response(status)
        for field, value in (("content-type", "application/json"), ("content-length", str(len(text))), *headers):
            self.send_header(field, value)
        self.end_headers()
        self.wfile.write(text)

    def stream(self, events, fault, error):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for at, (kind, data) in enumerate(events):
            if fault and at == fault[1]:
                return self.fail(fault[0], error)
            self.event(kind, data)
        self.wfile.write(b"0\r\n\r\n")

    def event(self, kind, data):
        line = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        frame = (f"event: {kind}\n" if kind else "").encode() + f"data: {line}\n\n".encode()
        middle = len(frame) * 2 // 3  # a chunk's edge inside the event, often inside a character
        for piece in (frame[:middle], frame[middle:]):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()

    def fail(self, kind, error):
        self.close_connection = True
        if kind == "event":
            busy = error(Refused("busy", 529, "overloaded_error"))
            self.event("error" if "type" in busy else None, busy)
        if kind == "cut":  # a reset instead of an end
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self.wfile.write(b"0\r\n\r\n")

    def finish(self):
        try:
            super().finish()
        except OSError:
            self.close_connection = True  # cut on purpose

    def log_message(self, format, *arguments):
        """Nothing: standard output is for the port."""


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"listening {server.server_port}", flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
