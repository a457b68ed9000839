"""``fields=``: partial responses (https://developers.google.com/workspace/gmail/api/guides/performance#partial).

``a,b(c,d/e),f/*``: commas list, slashes and parentheses go down, a star takes everything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from susul.sandbox.routing import invalid

TOKEN = re.compile(r"[(),/]|[^(),/]+")
MOST_TOKENS = 2000
MOST_DEEP = 40

Selection = dict[str, "Selection"]


@lru_cache(maxsize=256)
def parse(text: str) -> Selection:
    """The selection as a tree; an empty branch takes the whole subtree. 400 for a malformed one."""
    tokens = TOKEN.findall(text.replace(" ", ""))
    if not tokens or len(tokens) > MOST_TOKENS:
        raise _malformed(text)
    reader = _Reader(text, tokens)
    tree = reader.group(0)
    if reader.left:
        raise _malformed(text)
    return tree


def _malformed(text: str) -> Exception:
    return invalid(f"Invalid field selection {text[:80]}", "invalidParameter")


class _Reader:
    """Recursive descent over the tokens, which it consumes from the front."""

    def __init__(self, text: str, tokens: list[str]) -> None:
        self.text = text
        self.left = tokens[::-1]

    def _peek(self) -> str:
        return self.left[-1] if self.left else ""

    def group(self, depth: int) -> Selection:
        tree: Selection = {}
        while True:
            self._path(tree, depth)
            if self._peek() != ",":
                return tree
            self.left.pop()

    def _path(self, tree: Selection, depth: int) -> None:
        if depth > MOST_DEEP or self._peek() in ("", "(", ")", ",", "/"):
            raise _malformed(self.text)
        branch = tree.setdefault(self.left.pop(), {})
        if self._peek() == "/":
            self.left.pop()
            self._path(branch, depth + 1)
        elif self._peek() == "(":
            self.left.pop()
            branch.update(self.group(depth + 1))
            if self._peek() != ")":
                raise _malformed(self.text)
            self.left.pop()


def select(value: Any, tree: Selection) -> Any:
    """What ``tree`` keeps of a JSON value; lists are looked through."""
    if not tree or ("*" in tree and not tree["*"]):
        return value
    if isinstance(value, list):
        return [select(one, tree) for one in value]
    if not isinstance(value, dict):
        return value
    star = tree.get("*", {})
    kept = ((key, tree.get(key, star if "*" in tree else None)) for key in value)
    return {key: select(value[key], branch) for key, branch in kept if branch is not None}
