"""The label on threads that hold a draft of ours: made once, put on and taken off.

Putting it on a thread needs the scope ``gmail.modify``; making it alone would do with less.
Source: https://developers.google.com/workspace/gmail/api/guides/labels
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from susul.errors import AmbiguousWrite, Failed, NotFound
from susul.sources.google import clients

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1 import GmailResource

    from susul.sources.google.transport import Transport


class ThreadLabels:
    """The owner's labels. Every call may raise ``susul.errors``; to repeat one changes nothing."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def find(self, name: str) -> str | None:
        """The id of the label, whose name Gmail takes without regard to case; None where there is none. 1 unit."""
        answer = self._transport.call(self._users.labels().list(userId="me", fields="labels(id,name)"))
        same = (one for one in answer.get("labels") or () if str(one.get("name", "")).casefold() == name.casefold())
        return next((str(one["id"]) for one in same if one.get("id")), None)

    def make(self, name: str) -> tuple[str, bool]:
        """The id of the label and whether it is new; where the name is taken (409) it is looked up. 5 or 6 units."""
        try:
            answer = self._transport.call(self._users.labels().create(userId="me", body={"name": name}, fields="id"))
        except (Failed, AmbiguousWrite):
            found = self.find(name)
            if found is None:
                raise
            return found, False
        label = str(answer.get("id", ""))
        if not label:
            raise Failed("Gmail made a label without saying which.")
        return label, True

    def put(self, label: str, thread: str) -> None:
        """10 units. Raises NotFound where the thread is gone."""
        self._transport.call(
            self._users.threads().modify(userId="me", id=thread, body={"addLabelIds": [label]}, fields="id")
        )

    def take(self, label: str, thread: str) -> None:
        """10 units. A thread that is gone carries nothing any more; Gmail is asked twice before that is believed."""
        body = self._users.threads().modify(userId="me", id=thread, body={"removeLabelIds": [label]}, fields="id")
        for _ in range(2):
            try:
                self._transport.call(body)
            except NotFound:
                continue
            return

    @cached_property
    def _users(self) -> GmailResource.UsersResource:
        return clients.gmail(self._transport).users()
