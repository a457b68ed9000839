"""The Drafts folder: looked at, and written to one call at a time.

A draft keeps its id while its message is replaced at each edit, so the pair tells whether anyone touched it. There is
no conditional write: the last writer wins, which is why a touched draft must never be written to.
Source: https://developers.google.com/workspace/gmail/api/guides/drafts
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from susul.errors import AmbiguousWrite, Failed, NotFound, SusulError, WrongThread
from susul.model import Placed
from susul.sources.google.gmail import MESSAGE_FIELDS
from susul.sources.google.reads import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from googleapiclient._apis.gmail.v1 import GmailResource
    from googleapiclient._apis.gmail.v1.schemas import Draft as DraftResource

    from susul.model import Draft, Message
    from susul.sources.google.transport import Transport

_PAGE = 500
_REF = "id,message(id,threadId)"
# A draft that a search doesn't know yet is a new one, and lists begin with the newest.
_NEWEST = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with what it says now."""

    placed: Placed
    message: Message


class DraftsFolder:
    """The owner's drafts. Every call may raise ``susul.errors``; writes may raise AmbiguousWrite."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> tuple[Placed, ...]:
        """Every draft, the owner's and ours. 5 units for 500 drafts."""
        return tuple(self._listed())

    def get(self, draft_id: str) -> Kept:
        """A draft as it is now. Raises NotFound where it was sent or discarded. 20 units."""
        from susul.reading import mime

        fields = f"id,message({MESSAGE_FIELDS})"
        options = {"id": draft_id, "format": "full", "fields": fields}
        answer = self._transport.call(read(self._transport.endpoints, "gmail.users.drafts.get", **options))
        return Kept(_placed(answer), mime.from_gmail(answer.get("message") or {}, {}))

    def create(self, draft: Draft, message_id: str) -> Placed:
        """Lays a draft into its thread, under a Message-ID chosen by us. 10 units.

        Raises WrongThread, after deleting the draft again, where Gmail put it elsewhere; AmbiguousWrite where it may
        lie there or not (see ``find``).
        """
        body = self._body(draft, message_id)
        answer = self._transport.call(self._drafts.create(userId="me", body=body, fields=_REF))
        return self._in_its_thread(_placed(answer), draft)

    def update(self, draft_id: str, draft: Draft, message_id: str) -> Placed:
        """Replaces a draft that nobody touched. 15 units. Raises like ``create``, and NotFound where it is gone."""
        body = self._body(draft, message_id)
        answer = self._transport.call(self._drafts.update(userId="me", id=draft_id, body=body, fields=_REF))
        return self._in_its_thread(_placed(answer), draft)

    def delete(self, draft_id: str) -> None:
        """Deletes a draft for ever; it doesn't go to Trash. 10 units. Raises NotFound where it is gone already."""
        self._transport.call(self._drafts.delete(userId="me", id=draft_id))

    def find(self, message_id: str, thread_id: str | None) -> Placed | None:
        """The draft that bears our Message-ID, None where there is none: what became of an ambiguous write.

        Asks Gmail's search first, then looks at the drafts of the thread (without one, the newest) themselves, since
        a search may not know a new draft yet.
        """
        wanted = message_id.strip().strip("<>")
        for found in self._listed(q=f"rfc822msgid:{wanted}", includeSpamTrash=True):
            return found
        everything = self.list()
        candidates = [one for one in everything if one.thread_id == thread_id] if thread_id else everything[:_NEWEST]
        return next((one for one in candidates if self._bears(one, wanted)), None)

    def _bears(self, placed: Placed, message_id: str) -> bool:
        try:
            kept = self.get(placed.draft_id)
        except NotFound:
            return False
        return kept.message.message_id.strip().strip("<>") == message_id

    def _listed(self, **options: Any) -> Iterator[Placed]:
        token: str | None = None
        seen: set[str] = set()
        while True:
            page: dict[str, Any] = {"pageToken": token} if token else {}
            request = read(
                self._transport.endpoints,
                "gmail.users.drafts.list",
                maxResults=_PAGE,
                fields=f"nextPageToken,drafts({_REF})",
                **page,
                **options,
            )
            answer = self._transport.call(request)
            yield from (_placed(item) for item in answer.get("drafts") or () if item.get("id"))
            token = answer.get("nextPageToken")
            if not token:
                return
            if token in seen:
                raise Failed("Gmail sent the same page of drafts twice, so the list was given up.")
            seen.add(token)

    def _body(self, draft: Draft, message_id: str) -> DraftResource:
        from susul.drafting.mime import to_mime

        try:
            raw = to_mime(draft, message_id, self._transport.now())
        except ValueError as error:
            raise Failed(f"A draft can't be put into the form of a mail: {error}.") from error
        message: dict[str, Any] = {"raw": base64.urlsafe_b64encode(raw).decode("ascii")}
        if draft.thread:
            message["threadId"] = draft.thread
        return cast("DraftResource", {"message": message})

    def _in_its_thread(self, placed: Placed, draft: Draft) -> Placed:
        """Gmail may answer with another thread than the one asked for, and the draft would stand there alone."""
        if not placed.draft_id:
            raise AmbiguousWrite("Gmail answered a write without saying which draft it made.")
        if not draft.thread or placed.thread_id == draft.thread:
            return placed
        withdrawn = self._withdrawn(placed.draft_id)
        deleted = "Gmail laid a draft into another conversation than the one it answers, so it was deleted again."
        lies = (
            "Gmail laid a draft into another conversation than the one it answers, and it could not be deleted again."
        )
        raise WrongThread(
            deleted if withdrawn else lies,
            hint="" if withdrawn else "Look into your drafts, and delete the one that stands alone.",
            draft_id=placed.draft_id,
            withdrawn=withdrawn,
        )

    def _withdrawn(self, draft_id: str) -> bool:
        try:
            self.delete(draft_id)
        except NotFound:
            return True
        except SusulError:
            return False  # told in the error that follows
        return True

    @cached_property
    def _drafts(self) -> GmailResource.UsersResource.DraftsResource:
        from susul.sources.google import clients  # the client library is slow to import, and only writes need it

        return clients.gmail(self._transport).users().drafts()


def _placed(answer: Mapping[str, Any]) -> Placed:
    message = answer.get("message") or {}
    return Placed(str(answer.get("id", "")), str(message.get("id", "")), str(message.get("threadId", "")))
