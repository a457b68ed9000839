"""Gmail's search language, ``q`` (https://support.google.com/mail/answer/7190 and the API's filtering guide).

Terms stand side by side for *and*; ``OR`` binds tighter; ``{a b}`` is *or*; ``-`` negates; an operator may take a
group: ``subject:(a OR b)``. A query matches message by message. Whatever can't be read as an operator is searched as
words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.sandbox.search_terms import Term, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.sandbox.mailbox import Mailbox
    from susul.sandbox.message import StoredMessage

# Each alternative begins with a different character, so the reader never goes back.
TOKEN = re.compile(r'"[^"]*"?|[(){}]|[^\s"(){}]+')
MOST_DEEP = 30

OPERATORS = frozenset(
    {
        "in", "from", "to", "cc", "bcc", "subject", "after", "before", "newer", "older", "newer_than", "older_than",
        "label", "has", "filename", "rfc822msgid", "is", "category", "list", "larger", "smaller",
    }
)  # fmt: skip

FOREVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a query: what it accepts, the times it can't match outside of, whether it asks for spam or trash."""

    accepts: Callable[[StoredMessage], bool]
    after_ms: int = -FOREVER
    before_ms: int = FOREVER
    hidden_too: bool = False


def _everything(_: StoredMessage) -> bool:
    return True


ALL = Node(_everything)


def all_of(nodes: list[Node]) -> Node:
    if not nodes:
        return ALL
    if len(nodes) == 1:
        return nodes[0]
    tests = [node.accepts for node in nodes]
    return Node(
        lambda message: all(test(message) for test in tests),
        max(node.after_ms for node in nodes),
        min(node.before_ms for node in nodes),
        any(node.hidden_too for node in nodes),
    )


def any_of(nodes: list[Node]) -> Node:
    if len(nodes) < 2:
        return nodes[0] if nodes else ALL
    tests = [node.accepts for node in nodes]
    return Node(
        lambda message: any(test(message) for test in tests),
        min(node.after_ms for node in nodes),
        max(node.before_ms for node in nodes),
        any(node.hidden_too for node in nodes),
    )


def none_of(node: Node) -> Node:
    return Node(lambda message: not node.accepts(message))


def _leaf(found: Term) -> Node:
    return Node(found.accepts, found.after_ms, found.before_ms, found.hidden_too)


def compile_query(query: str, mailbox: Mailbox) -> Node:
    """``query`` as a test of messages; never raises, an empty query accepts everything."""
    return _Parser(query, mailbox).everything()


class _Parser:
    """Recursive descent; parentheses deeper than ``MOST_DEEP`` are passed over."""

    def __init__(self, query: str, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._left = TOKEN.findall(query)[::-1]

    def _peek(self) -> str:
        return self._left[-1] if self._left else ""

    def everything(self) -> Node:
        nodes = []
        while self._left:
            nodes.append(self._sequence("", "", 0))
            if self._left:
                self._left.pop()  # a closing bracket that nothing opened
        return all_of(nodes)

    def _sequence(self, closing: str, field: str, depth: int) -> Node:
        """Terms up to ``closing``; in braces they are alternatives."""
        nodes: list[Node] = []
        joined = False
        while self._left and self._peek() not in (")", "}"):
            if self._peek() in ("OR", "|"):
                self._left.pop()
                joined = bool(nodes)
                continue
            node = self._unary(field, depth)
            if node is None:
                continue
            if joined:
                node = any_of([nodes.pop(), node])
            nodes.append(node)
            joined = False
        if closing and self._peek() == closing:
            self._left.pop()
        return any_of(nodes) if closing == "}" else all_of(nodes)

    def _unary(self, field: str, depth: int) -> Node | None:
        lexeme = self._left.pop()
        if lexeme in ("AND", "-", "+", ":"):
            return self._negated(field, depth) if lexeme == "-" else None
        if lexeme in "({":
            return self._group(lexeme, field, depth)
        if lexeme.startswith("-"):
            self._left.append(lexeme.lstrip("-") or "-")
            if self._peek() == "-":
                self._left.pop()
            return self._negated(field, depth)
        return self._term(lexeme.removeprefix("+"), field, depth)

    def _negated(self, field: str, depth: int) -> Node | None:
        if not self._left or self._peek() in (")", "}") or depth > MOST_DEEP:
            return None
        node = self._unary(field, depth + 1)
        return none_of(node) if node else None

    def _group(self, opening: str, field: str, depth: int) -> Node | None:
        if depth > MOST_DEEP:
            return None
        return self._sequence(")" if opening == "(" else "}", field, depth + 1)

    def _term(self, token: str, field: str, depth: int) -> Node | None:
        name, colon, value = token.partition(":")
        operator = name.lower()
        if field or token.startswith('"') or not colon or operator not in OPERATORS:
            return self._leaf(field, token)
        if value:
            return self._leaf(operator, value)
        return self._operand(operator, depth)

    def _operand(self, operator: str, depth: int) -> Node | None:
        """What follows ``subject:`` when it is a group or a quoted phrase."""
        following = self._peek()
        if following[:1] in ("(", "{"):
            return self._group(self._left.pop(), operator, depth)
        if following.startswith('"'):
            return self._leaf(operator, self._left.pop())
        return None

    def _leaf(self, operator: str, value: str) -> Node | None:
        found = term(operator, value.strip('"'), self._mailbox)
        return _leaf(found) if found else None
