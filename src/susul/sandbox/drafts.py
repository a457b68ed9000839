"""Drafts: a draft id stays while the message behind it is replaced at every edit.

https://developers.google.com/workspace/gmail/api/guides/drafts: an update destroys the old message and makes a new
one; a sent draft is deleted and a new message with SENT appears.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from susul.sandbox.compose import as_composed, own_sender
from susul.sandbox.conversation import asked_thread, same_subject
from susul.sandbox.message import (
    Headers,
    StoredMessage,
    header,
    milliseconds,
    own_id,
    read_headers,
    with_headers,
    without_headers,
)
from susul.sandbox.routing import Json, not_found

if TYPE_CHECKING:
    from susul.sandbox.mailbox import Mailbox

DRAFT = frozenset({"DRAFT"})
SENT = frozenset({"SENT"})


def draft_message(mailbox: Mailbox, draft_id: str) -> StoredMessage:
    """The message that is the draft's present content; 404 if there is no such draft."""
    if draft_id not in mailbox.drafts.message_of:
        raise not_found()
    return mailbox.messages[mailbox.drafts.message_of[draft_id]]


def short_draft(mailbox: Mailbox, draft_id: str) -> Json:
    message = draft_message(mailbox, draft_id)
    short = {"id": message.id, "threadId": message.thread_id, "labelIds": sorted(message.labels)}
    return {"id": draft_id, "message": short}


def create(mailbox: Mailbox, raw: bytes, thread_id: str) -> str:
    """A new draft; it joins ``thread_id`` only if its headers and subject fit too. Returns the draft id."""
    completed = _completed(mailbox, raw)
    thread = _joined(mailbox, completed, thread_id)
    message = mailbox.store(completed, DRAFT, thread, milliseconds(mailbox.now()))
    draft_id = mailbox.new_draft_id()
    mailbox.drafts.bind(draft_id, message.id)
    return draft_id


def update(mailbox: Mailbox, draft_id: str, raw: bytes, thread_id: str) -> None:
    """Replace a draft whole; without ``thread_id`` it leaves a thread that it shares with others."""
    old = draft_message(mailbox, draft_id)
    completed = _completed(mailbox, raw)
    wanted = _joined(mailbox, completed, thread_id)
    alone = len(mailbox.threads[old.thread_id]) == 1
    thread = old.thread_id if alone and thread_id in ("", old.thread_id) else wanted
    _replace(mailbox, draft_id, completed, thread)


def delete(mailbox: Mailbox, draft_id: str) -> None:
    """For good: a deleted draft doesn't go to Trash."""
    message = draft_message(mailbox, draft_id)
    mailbox.drafts.release(draft_id)
    mailbox.delete(message)


def _replace(mailbox: Mailbox, draft_id: str, raw: bytes, thread_id: str | None) -> StoredMessage:
    old = draft_message(mailbox, draft_id)
    mailbox.delete(old)
    message = mailbox.store(raw, DRAFT, thread_id, milliseconds(mailbox.now()))
    mailbox.drafts.bind(draft_id, message.id)
    return message


def _completed(mailbox: Mailbox, raw: bytes) -> bytes:
    """``raw`` with the headers that Gmail adds; a From that isn't a verified address becomes the primary one."""
    headers = read_headers(raw)
    added: Headers = []
    if not header(headers, "Date"):
        added.append(("Date", format_datetime(mailbox.now())))
    if not own_id(headers):
        added.append(("Message-ID", f"<CA{mailbox.new_draft_id().lstrip('r-')}@mail.gmail.com>"))
    if not mailbox.is_own(header(headers, "From")):
        raw = without_headers(raw, ["From"])
        added.append(("From", own_sender(mailbox)))
    return with_headers(raw, added)


def _joined(mailbox: Mailbox, raw: bytes, thread_id: str) -> str | None:
    return asked_thread(mailbox, thread_id, read_headers(raw)) if thread_id else None


def owner_edits(mailbox: Mailbox, draft_id: str, text: str | None, subject: str | None) -> StoredMessage:
    """The owner changes the draft in the web composer; another subject moves it to a thread of its own."""
    old = draft_message(mailbox, draft_id)
    raw = as_composed(old.raw, text, subject, mailbox.now(), keep_id=not mailbox.habits.web_drops_message_id)
    thread: str | None = old.thread_id
    others = [one for one in mailbox.threads[old.thread_id] if one is not old]
    if others and not same_subject(mailbox, old.thread_id, read_headers(raw)):
        thread = None
    return _replace(mailbox, draft_id, _completed(mailbox, raw), thread)


def owner_sends(mailbox: Mailbox, draft_id: str) -> StoredMessage:
    """The draft is gone; a new message with SENT stands in its thread."""
    old = draft_message(mailbox, draft_id)
    dropped = ["Date", "Message-ID"] if mailbox.habits.sending_drops_message_id else ["Date"]
    raw = _completed(mailbox, without_headers(old.raw, dropped))
    thread = old.thread_id
    mailbox.drafts.release(draft_id)
    mailbox.delete(old)
    return mailbox.store(raw, SENT, thread, milliseconds(mailbox.now()))
