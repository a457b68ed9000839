"""Gmail v1: drafts and history.

https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts and …/users.history
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.sandbox import drafts
from susul.sandbox.gmail_api import FORMATS, MESSAGE_KEYS, MOST, GmailApi, raw_of
from susul.sandbox.history import LIST_NAMES, HistoryRecord
from susul.sandbox.mailbox import HIDDEN
from susul.sandbox.routing import Call, Json, Route, invalid, not_found, route
from susul.sandbox.search import compile_query

if TYPE_CHECKING:
    from susul.sandbox.mailbox import Mailbox

LIST = "includeSpamTrash maxResults pageToken q"


class DraftsApi:
    """The handlers of drafts and history.list."""

    def __init__(self, mailbox: Mailbox, gmail: GmailApi) -> None:
        self._mailbox = mailbox
        self._gmail = gmail

    def routes(self) -> list[Route]:
        user = "/gmail/v1/users/{userId}"
        one = f"{user}/drafts/{{id}}"
        return [
            route("gmail.users.drafts.list", "GET", f"{user}/drafts", self.drafts, LIST),
            route("gmail.users.drafts.create", "POST", f"{user}/drafts", self.create),
            route("gmail.users.drafts.get", "GET", one, self.get, "format"),
            route("gmail.users.drafts.update", "PUT", one, self.update),
            route("gmail.users.drafts.delete", "DELETE", one, self.delete),
            route(
                "gmail.users.history.list", "GET", f"{user}/history", self.history,
                "historyTypes labelId maxResults pageToken startHistoryId",
            ),
        ]  # fmt: skip

    def drafts(self, call: Call) -> Json:
        query = compile_query(call.one("q"), self._mailbox)
        everywhere = call.flag("includeSpamTrash") or query.hidden_too
        until = self._mailbox.searchable_until_ms(call.one("q"))
        all_ = (self._mailbox.messages[one] for one in self._mailbox.drafts.draft_of)
        held = [one for one in all_ if one.internal_ms < until]
        found = [one for one in held if query.accepts(one) and (everywhere or HIDDEN.isdisjoint(one.labels))]
        found.sort(key=lambda one: one.order, reverse=True)
        size, start = call.number("maxResults", 100, MOST), _offset(call.one("pageToken"))
        page: Json = {"resultSizeEstimate": len(found)}
        listed = [
            {"id": self._mailbox.drafts.draft_of[one.id], "message": {"id": one.id, "threadId": one.thread_id}}
            for one in found[start : start + size]
        ]
        if listed:
            page["drafts"] = listed
        if start + size < len(found):
            page["nextPageToken"] = str(start + size)
        return page

    def get(self, call: Call) -> Json:
        draft_id = call.params["id"]
        message = drafts.draft_message(self._mailbox, draft_id)
        return {"id": draft_id, "message": self._gmail.show(message, call.choice("format", FORMATS, "full"), [])}

    def _content(self, call: Call) -> tuple[bytes, str]:
        message = call.json(("id", "message")).get("message")
        raw = raw_of(message)
        unknown = set(message or ()) - set(MESSAGE_KEYS)
        if unknown:
            name = min(unknown)
            raise invalid(
                f"Invalid JSON payload received. Unknown name \"{name}\" at 'draft.message': Cannot find field."
            )
        return raw, str((message or {}).get("threadId") or "")

    def create(self, call: Call) -> Json:
        raw, thread_id = self._content(call)
        return drafts.short_draft(self._mailbox, drafts.create(self._mailbox, raw, thread_id))

    def update(self, call: Call) -> Json:
        raw, thread_id = self._content(call)
        drafts.update(self._mailbox, call.params["id"], raw, thread_id)
        return drafts.short_draft(self._mailbox, call.params["id"])

    def delete(self, call: Call) -> None:
        drafts.delete(self._mailbox, call.params["id"])

    # ------------------------------------------------------------------ history

    def history(self, call: Call) -> Json:
        log = self._mailbox.history
        start = call.one("startHistoryId")
        if not start.isascii() or not start.isdigit():
            raise invalid("Missing/invalid parameter: startHistoryId")
        if not log.knows(int(start[:20])):
            raise not_found()
        found = [one for one in log.since(int(start)) if _wanted(one, call)]
        size, (at, visited) = call.number("maxResults", 100, MOST), _place(call.one("pageToken"))
        page: Json = {"historyId": str(log.current)}
        if self._mailbox.habits.sparse_history_pages and not visited:
            return {**page, "nextPageToken": f"{at}.1"}
        if found[at : at + size]:
            page["history"] = [one.to_json() for one in found[at : at + size]]
        if at + size < len(found):
            page["nextPageToken"] = f"{at + size}.0"
        return page


def _wanted(record: HistoryRecord, call: Call) -> bool:
    kinds, label = call.many("historyTypes"), call.one("labelId")
    if any(kind not in LIST_NAMES for kind in kinds):
        raise invalid("Invalid value at 'history_types' (TYPE_ENUM)")
    return (not kinds or record.kind in kinds) and (not label or label in record.labels or label in record.changed)


def _offset(token: str) -> int:
    if token and not (token.isascii() and token.isdigit()):
        raise invalid("Invalid pageToken")
    return int(token[:12] or 0)


def _place(token: str) -> tuple[int, bool]:
    at, _, visited = token.partition(".")
    return _offset(at), visited == "1"
