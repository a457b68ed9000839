"""Links that a terminal can open (OSC 8), where one watches that isn't known to lack them."""

from __future__ import annotations

import os
import sys

OPENED, CLOSED = "\x1b]8;;", "\x1b\\"


def linked(text: str, address: str) -> str:
    """``text`` as a link to ``address`` on a terminal; ``text`` itself elsewhere, and for an empty address.

    The sequence is ``OSC 8 ; ; address ST text OSC 8 ; ; ST``; terminals that don't know it show the text alone
    (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). A dumb one would print it.
    """
    if not address or not _shows_links():
        return text
    return f"{OPENED}{_harmless(address)}{CLOSED}{text}{OPENED}{CLOSED}"


def is_dumb() -> bool:
    """Whether the terminal says that it can do nothing but print."""
    return os.environ.get("TERM", "") == "dumb"


def _shows_links() -> bool:
    if not sys.stdout.isatty() or is_dumb():
        return False
    # The old console window of Windows knows no such sequence; Windows Terminal says who it is.
    return sys.platform != "win32" or "WT_SESSION" in os.environ


def _harmless(address: str) -> str:
    """Only what a URI may hold (RFC 3986): nothing that could end the sequence early."""
    return "".join(c for c in address if "!" <= c <= "~")
