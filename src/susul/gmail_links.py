"""The address at which Gmail's own page shows a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from susul.model import Wait, Write

if TYPE_CHECKING:
    from susul.app import Scanned
    from susul.plan import Planned

SHORTEST_NUMBER, LONGEST_NUMBER = 17, 20  # digits of a thread id in decimal; an id in hexadecimal has 16 at most
LONGEST_ID = 16
HEXADECIMAL = frozenset("0123456789abcdef")


def thread_link(thread: str, address: str) -> str:
    """Where Gmail shows a thread: for the API's hexadecimal id or Takeout's decimal X-GM-THRID; empty for any other.

    The form is that of Gmail's own page, with the account named by its address; Google documents it nowhere.
    """
    found = thread if _is_hexadecimal(thread) else _hexadecimal(thread)
    return f"https://mail.google.com/mail/u/0/?authuser={quote(address, safe='@')}#all/{found}" if found else ""


def case_link(planned: Planned, scanned: Scanned) -> str:
    """Where Gmail shows the thread that the draft belongs into, else the case's newest; empty where none is Gmail's.

    Files without X-GM-THRID have thread ids of our own making, which look like the API's.
    """
    told = planned.case.told
    if not told:
        return ""
    decision = planned.decision
    replied_to = decision.follow_up.reply_to if isinstance(decision, Write | Wait) else None
    message = next((one.message for one in told if one.message.id == replied_to), told[-1].message)
    thread = _hexadecimal(message.thread_id) if scanned.from_files else message.thread_id
    return thread_link(thread, scanned.owner.addresses[0])


def _is_hexadecimal(thread: str) -> bool:
    return 0 < len(thread) <= LONGEST_ID and set(thread) <= HEXADECIMAL


def _hexadecimal(number: str) -> str:
    """Takeout's decimal number as the API writes it; empty where it is none."""
    is_number = number.isascii() and number.isdecimal() and SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER
    return f"{int(number):x}" if is_number else ""
