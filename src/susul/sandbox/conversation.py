"""Which thread a message belongs to.

Gmail joins a message to a thread by References/In-Reply-To and an equal subject; through the API ``threadId`` must be
given as well (https://developers.google.com/workspace/gmail/api/guides/threads).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.sandbox.message import Headers, decoded, header, read_headers, references
from susul.sandbox.routing import invalid, not_found

if TYPE_CHECKING:
    from susul.sandbox.mailbox import Mailbox

REPLY_PREFIXES = frozenset(
    {"re", "fw", "fwd", "aw", "wg", "sv", "vs", "antw", "rv", "res", "tr", "bls", "balas", "trs"}
)


def plain_subject(subject: str) -> str:
    """The subject without reply and forward prefixes, case and extra space."""
    text = " ".join(decoded(subject).split()).lower()
    while True:
        prefix, colon, rest = text.partition(":")
        if not colon or prefix.rstrip("0123456789[]() ") not in REPLY_PREFIXES:
            return text
        text = rest.strip()


def same_subject(mailbox: Mailbox, thread_id: str, headers: Headers) -> bool:
    wanted = plain_subject(header(headers, "Subject"))
    messages = mailbox.threads.get(thread_id, ())
    return any(plain_subject(header(read_headers(one.raw), "Subject")) == wanted for one in messages)


def answers(mailbox: Mailbox, thread_id: str, headers: Headers) -> bool:
    """Whether the headers refer to a message of the thread."""
    known = {one.rfc_id for one in mailbox.threads.get(thread_id, ()) if one.rfc_id}
    return not known.isdisjoint(references(headers))


def fits(mailbox: Mailbox, thread_id: str, headers: Headers) -> bool:
    """Whether a message written for ``thread_id`` is shown in it: headers and subject both."""
    return answers(mailbox, thread_id, headers) and same_subject(mailbox, thread_id, headers)


def asked_thread(mailbox: Mailbox, thread_id: str, headers: Headers) -> str | None:
    """The thread that a request names, if the message fits it. 400 for what can't be an id, 404 for an unknown one."""
    if len(thread_id) > 16 or any(digit not in "0123456789abcdef" for digit in thread_id.lower()):
        raise invalid("Invalid thread_id value")
    if thread_id not in mailbox.threads:
        raise not_found()
    return thread_id if fits(mailbox, thread_id, headers) else None


def thread_by_headers(mailbox: Mailbox, headers: Headers) -> str | None:
    """The thread that an arriving message joins; the nearest ancestor first."""
    for rfc_id in reversed(references(headers)):
        for message in mailbox.with_rfc_id(rfc_id):
            if same_subject(mailbox, message.thread_id, headers):
                return message.thread_id
    return None
