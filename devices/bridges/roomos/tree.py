"""What a RoomOS device says, in any of its three encodings, as one kind of tree.

A node is text, or a table of nodes. A list of the xAPI (``ConnectedDevice[n]``) is a table whose
keys are its items' numbers; ``None`` stands for an item that is gone (``ghost``).
Encodings: Cisco, "RoomOS xAPI reference" and roomos.cisco.com, "TechDocs": bare JSON, JSON whose
leaves are ``{"Value": …}``, and XML whose lists carry ``item="n"``.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from devices.bridges.base import BadAnswer

Node = str | dict[str, "Node"] | None
Tree = dict[str, Node]

_MOST: Final = 4_000_000  # bytes; a whole status is some 200,000
_DEEPEST: Final = 32
_TRUE: Final = "true"
_TOPS: Final = frozenset(
    {
        *("Audio", "Call", "Cameras", "Conference", "Diagnostics", "Peripherals"),
        *("RoomAnalytics", "Standby", "SystemUnit"),
    }
)


def parse(answer: bytes) -> Tree:
    """The status in an answer, or ``{}`` where it holds none. Raises ``BadAnswer``."""
    if len(answer) > _MOST:
        raise BadAnswer(f"{len(answer)} bytes, expected at most {_MOST}")
    text = answer.strip().removeprefix(b"\xef\xbb\xbf")
    return _xml(text) if text.startswith(b"<") else of_json(_json(text))


def of_json(message: Any) -> Tree:
    """The status in a message of JSON: bare, of a notification, or of an answer."""
    if not isinstance(message, dict):
        raise BadAnswer("it is not a JSON object")
    if "error" in message and "jsonrpc" in message:
        raise BadAnswer(f"an error: {str(message['error'])[:80]}")
    inner = message.get("params", message.get("result", message))
    status = inner.get("Status") if isinstance(inner, dict) else None
    if status is None and isinstance(inner, dict) and not _TOPS.isdisjoint(inner):
        status = inner  # what xGet of "Status" gives stands by itself
    found = _node(status, 0) if isinstance(status, dict) else {}
    return found if isinstance(found, dict) else {}


def lay_over(state: Tree, news: Tree) -> None:
    """Feedback holds only what has changed; what is gone goes."""
    for name, node in news.items():
        before = state.get(name)
        if node is None:
            state.pop(name, None)
        elif isinstance(node, dict):
            kept = before if isinstance(before, dict) else {}
            lay_over(kept, node)
            state[name] = kept
        else:
            state[name] = node


def at(tree: Tree, *path: str) -> Node:
    here: Node = tree
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    return here


def text_at(tree: Tree, *path: str) -> str:
    """What stands there as text; "" if nothing does."""
    found = at(tree, *path)
    return found if isinstance(found, str) else ""


def table_at(tree: Tree, *path: str) -> Tree | None:
    found = at(tree, *path)
    return found if isinstance(found, dict) else None


def _json(text: bytes) -> Any:
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        raise BadAnswer("it is neither XML nor JSON") from None


def _node(value: Any, depth: int) -> Node:
    if depth > _DEEPEST:
        raise BadAnswer("it is nested too deeply")
    if isinstance(value, dict):
        if str(value.get("ghost", "")).lower() == _TRUE:
            return None
        if "Value" in value and not isinstance(value["Value"], dict | list):
            return _leaf(value["Value"])
        return {
            str(name): _node(inner, depth + 1)
            for name, inner in value.items()
            if name not in ("id", "ghost", "valueSpaceRef", "item")
        }
    if isinstance(value, list):
        return {_id(item, n): _node(item, depth + 1) for n, item in enumerate(value, 1)}
    return _leaf(value)


def _id(item: Any, n: int) -> str:
    known = item.get("id", item.get("item")) if isinstance(item, dict) else None
    return str(n if known is None else known)[:40]


def _leaf(value: Any) -> str:
    return "" if value is None else str(value)


def _xml(text: bytes) -> Tree:
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        raise BadAnswer("its XML defines entities") from None
    except (SyntaxError, ValueError, LookupError):
        raise BadAnswer("its XML is broken") from None
    status = root if root.tag == "Status" else root.find(".//Status")
    if status is None:
        return {}
    found = _element(status, 0)
    return found if isinstance(found, dict) else {}


def _element(element: Any, depth: int) -> Node:
    if depth > _DEEPEST:
        raise BadAnswer("it is nested too deeply")
    if element.get("ghost", "").lower() == _TRUE:
        return None
    if len(element) == 0:
        return (element.text or "").strip()
    node: Tree = {}
    for child in element:
        inner, item = _element(child, depth + 1), child.get("item")
        if item is None or child.get("maxOccurrence") is None:
            node[child.tag] = inner
        else:
            items = node.setdefault(child.tag, {})
            if isinstance(items, dict):
                items[item[:40]] = inner
    return node
