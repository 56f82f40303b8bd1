"""Whether a request is one that a vendor's SDK could have sent: judged by the SDK's own types."""

import anthropic.types.message_create_params as messages
import openai.types.chat.completion_create_params as chat
import openai.types.responses.response_create_params as responses
from pydantic import TypeAdapter

CHAT = TypeAdapter(chat.CompletionCreateParams)
MESSAGES = TypeAdapter(messages.MessageCreateParams)
RESPONSES = TypeAdapter(responses.ResponseCreateParams)


def valid(adapter, body):
    """Raises what is wrong with the body; the SDKs' iterables are judged only when they are walked."""
    exhaust(adapter.validate_python(body))


def exhaust(value):
    if isinstance(value, dict):
        for each in value.values():
            exhaust(each)
    elif not isinstance(value, (str, bytes, int, float, bool, type(None))):
        for each in value:
            exhaust(each)
