"""Answers to an agent's messages that are invalid JSON-RPC or too long, for which the SDK has no useful answer."""

import json
from typing import Any, Self

from anyio import EndOfStream
from mcp.shared.message import SessionMessage
from mcp.types import INVALID_REQUEST, PARSE_ERROR, ErrorData, JSONRPCError, JSONRPCNotification, JSONRPCRequest
from pydantic import ValidationError

from reader.agents.open_requests import OpenRequests
from reader.agents.sdk_stream import SdkStream

_NOT_JSON = "The message is not JSON"
_NOT_VALID = "The message is not a valid JSON-RPC message"
_LOCATION_OF_MEMBER = 2
"""The length of an error's location (pydantic's `loc`) that consists of a type of message and the name of a member."""
_LONGEST_ID = 200
"""The maximum length in characters of the id of a request, which its answer repeats."""
_SURROGATE = "A string contains a lone surrogate, such as \\ud800, which is not a character"
_LONGEST_REQUEST = 8_000
"""The maximum total length in characters of the keys and strings of a request: errors of the SDK may quote them."""


class AnsweredMessages(SdkStream):
    """The messages of an agent, as a stream of the SDK; invalid messages are answered with an error."""

    def __init__(self, messages: Any, requests: OpenRequests) -> None:
        """Read from `messages`, a stream of the SDK, and send the errors through `requests`."""
        super().__init__(messages)
        self._requests = requests

    @property
    def last_context(self) -> Any:
        """The context of the last message; the SDK reads this attribute of its streams."""
        return self._wrapped.last_context

    async def receive(self) -> SessionMessage | Exception:
        """Return the next valid message.

        Raises:
            EndOfStream: The input has ended, and all requests are answered.
        """
        while True:
            try:
                message: SessionMessage | Exception = await self._wrapped.receive()
            except EndOfStream:
                await self._requests.all_answered()
                raise
            if isinstance(message, Exception):
                answer = error_for(message)
            elif _lacks_id(message):
                answer = JSONRPCError(jsonrpc="2.0", id=None, error=ErrorData(code=INVALID_REQUEST, message=_NOT_VALID))
            elif _is_too_long(message):
                answer = _too_long(message)
            else:
                self._requests.read(message)
                return message
            if answer is not None:
                await self._requests.send(SessionMessage(answer))

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except EndOfStream:
            raise StopAsyncIteration from None


def error_for(failure: Exception) -> JSONRPCError | None:
    """Return the answer to a line that could not be read as a message; None for a notification, which has no answer."""
    try:
        message = _message(failure)
    except (ValueError, RecursionError):
        return JSONRPCError(jsonrpc="2.0", id=None, error=ErrorData(code=PARSE_ERROR, message=_NOT_JSON))
    if isinstance(message, dict) and "id" not in message and isinstance(message.get("method"), str):
        return None
    request = message.get("id") if isinstance(message, dict) else None
    is_id = isinstance(request, int | str) and not isinstance(request, bool) and _is_text(request)
    is_id = is_id and len(str(request)) <= _LONGEST_ID
    reason = _NOT_VALID if _is_text(message) else _SURROGATE
    error = ErrorData(code=INVALID_REQUEST, message=reason)
    return JSONRPCError(jsonrpc="2.0", id=request if is_id else None, error=error)


def _message(failure: Exception) -> Any:
    """Return the message that was not valid; None if it is not an object.

    Raises:
        ValueError: It is not JSON.
        RecursionError: It is nested too deeply.
    """
    for error in failure.errors() if isinstance(failure, ValidationError) else []:
        if error["type"] == "json_invalid":
            # Python accepts a lone surrogate, which no Unicode text contains.
            return json.loads(error["input"])
        # If a member is missing, the location is a type of message and the name of the member, and the input is the
        # whole message.
        if error["type"] == "missing" and len(error["loc"]) == _LOCATION_OF_MEMBER:
            return error["input"]
    return None


def _is_text(value: object) -> bool:
    """Whether all strings in a value can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _lacks_id(message: SessionMessage) -> bool:
    """Whether a message is a request whose id is neither a string nor an integer: the SDK sees it as a notification."""
    notification = message.message
    return isinstance(notification, JSONRPCNotification) and not notification.method.startswith("notifications/")


def _is_too_long(message: SessionMessage) -> bool:
    """Whether a message is a request that is too long to be repeated in its answer."""
    request = message.message
    if not isinstance(request, JSONRPCRequest):
        return False
    # The parameters of `initialize` do not count: a client may introduce itself with icons, which are long.
    parts = [request.id, request.method, *([] if request.method == "initialize" else [request.params])]
    return len(str(request.id)) > _LONGEST_ID or _characters(parts, _LONGEST_REQUEST) > _LONGEST_REQUEST


def _too_long(message: SessionMessage) -> JSONRPCError:
    request = getattr(message.message, "id", None)
    reason = f"The request has more than {_LONGEST_REQUEST:,} characters, or its id more than {_LONGEST_ID}"
    is_short = len(str(request)) <= _LONGEST_ID
    error = ErrorData(code=INVALID_REQUEST, message=reason)
    return JSONRPCError(jsonrpc="2.0", id=request if is_short else None, error=error)


def _characters(value: object, most: int) -> int:
    """The total length in characters of all strings in a value; counting stops once it exceeds `most`."""
    waiting, count = [value], 0
    while waiting and count <= most:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
        else:
            count += len(part) if isinstance(part, str) else 1
    return count
