"""Gmail v1: profile, labels, messages, threads, settings. Drafts and history are in ``gmail_drafts``.

https://developers.google.com/workspace/gmail/api/reference/rest
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from susul.sandbox.conversation import asked_thread, thread_by_headers
from susul.sandbox.labels import EDITABLE, LABEL_KEYS
from susul.sandbox.mailbox import HIDDEN
from susul.sandbox.message import StoredMessage, dated_at, header, milliseconds, read_headers
from susul.sandbox.payload import attachment, decode, encode, message_json, short_json, snippet
from susul.sandbox.routing import ApiError, Call, Json, Route, invalid, not_found, route
from susul.sandbox.search import compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from susul.sandbox.mailbox import Mailbox

LIST = "includeSpamTrash labelIds maxResults pageToken q"
FORMATS = ("minimal", "full", "raw", "metadata")
THREAD_FORMATS = ("full", "metadata", "minimal")
MESSAGE_ID = re.compile(r"[0-9a-f]{1,16}")
MESSAGE_KEYS = ("id", "threadId", "labelIds", "snippet", "historyId", "internalDate", "payload", "sizeEstimate", "raw",
                "classificationLabelValues")  # fmt: skip
MODIFY_KEYS = ("addLabelIds", "removeLabelIds", "addClassificationLabels", "removeClassificationLabelIds")
MOST = 500


def checked_id(text: str) -> str:
    """A message or thread id; 400 if it can't be one."""
    if not MESSAGE_ID.fullmatch(text):
        raise invalid("Invalid id value")
    return text


def raw_of(message: Any) -> bytes:
    """The bytes of ``message.raw`` in a request; 400 without them, for payload headers are never read."""
    if not isinstance(message, dict) or not message.get("raw"):
        raise invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required")
    return decode(message["raw"])


class GmailApi:
    """The handlers of the Gmail methods on one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        user = "/gmail/v1/users/{userId}"
        return [
            route("gmail.users.getProfile", "GET", f"{user}/profile", self.profile),
            *self._label_routes(user),
            *self._message_routes(user),
            *self._thread_routes(user),
            route("gmail.users.settings.sendAs.list", "GET", f"{user}/settings/sendAs", self.send_as),
            route(
                "gmail.users.settings.sendAs.get", "GET", f"{user}/settings/sendAs/{{sendAsEmail}}", self.one_send_as
            ),
        ]

    def _label_routes(self, user: str) -> list[Route]:
        one = f"{user}/labels/{{id}}"
        return [
            route("gmail.users.labels.list", "GET", f"{user}/labels", self.labels),
            route("gmail.users.labels.create", "POST", f"{user}/labels", self.create_label),
            route("gmail.users.labels.get", "GET", one, self.label),
            route("gmail.users.labels.patch", "PATCH", one, self.change_label),
            route("gmail.users.labels.update", "PUT", one, self.change_label),
            route("gmail.users.labels.delete", "DELETE", one, self.delete_label),
        ]

    def _message_routes(self, user: str) -> list[Route]:
        all_, one = f"{user}/messages", f"{user}/messages/{{id}}"
        return [
            route("gmail.users.messages.list", "GET", all_, self.list_messages, LIST),
            route("gmail.users.messages.insert", "POST", all_, self.insert, "deleted internalDateSource"),
            route("gmail.users.messages.get", "GET", one, self.get_message, "format metadataHeaders"),
            route("gmail.users.messages.batchModify", "POST", f"{all_}/batchModify", self.batch_modify),
            route("gmail.users.messages.modify", "POST", f"{one}/modify", self.modify_message),
            route("gmail.users.messages.trash", "POST", f"{one}/trash", self.trash_message),
            route("gmail.users.messages.untrash", "POST", f"{one}/untrash", self.untrash_message),
            route("gmail.users.messages.delete", "DELETE", one, self.delete_message),
            route(
                "gmail.users.messages.attachments.get",
                "GET",
                f"{all_}/{{messageId}}/attachments/{{id}}",
                self.attachment,
            ),
        ]

    def _thread_routes(self, user: str) -> list[Route]:
        one = f"{user}/threads/{{id}}"
        return [
            route("gmail.users.threads.list", "GET", f"{user}/threads", self.list_threads, LIST),
            route("gmail.users.threads.get", "GET", one, self.get_thread, "format metadataHeaders"),
            route("gmail.users.threads.modify", "POST", f"{one}/modify", self.modify_thread),
            route("gmail.users.threads.trash", "POST", f"{one}/trash", self.trash_thread),
            route("gmail.users.threads.untrash", "POST", f"{one}/untrash", self.untrash_thread),
        ]

    # ------------------------------------------------------------------ profile, settings, labels

    def profile(self, _: Call) -> Json:
        return {
            "emailAddress": self._mailbox.address,
            "messagesTotal": len(self._mailbox.messages),
            "threadsTotal": len(self._mailbox.threads),
            "historyId": str(self._mailbox.history.current),
        }

    def send_as(self, _: Call) -> Json:
        return {"sendAs": [one.to_json() for one in self._mailbox.send_as]}

    def one_send_as(self, call: Call) -> Json:
        wanted = call.params["sendAsEmail"].lower()
        for one in self._mailbox.send_as:
            if one.address.lower() == wanted:
                return one.to_json()
        raise not_found()

    def labels(self, _: Call) -> Json:
        return {"labels": [one.to_json() for one in self._mailbox.labels.all()]}

    def label(self, call: Call) -> Json:
        label = self._mailbox.labels.get(call.params["id"])
        inside = [one for one in self._mailbox.messages.values() if label.id in one.labels]
        unread = [one for one in inside if "UNREAD" in one.labels]
        return {
            **label.to_json(),
            "messagesTotal": len(inside),
            "messagesUnread": len(unread),
            "threadsTotal": len({one.thread_id for one in inside}),
            "threadsUnread": len({one.thread_id for one in unread}),
        }

    def create_label(self, call: Call) -> Json:
        return self._mailbox.labels.create(call.json(LABEL_KEYS)).to_json()

    def change_label(self, call: Call) -> Json:
        fields = {key: value for key, value in call.json(LABEL_KEYS).items() if key in EDITABLE}
        return self._mailbox.labels.change(call.params["id"], fields).to_json()

    def delete_label(self, call: Call) -> None:
        label_id = call.params["id"]
        self._mailbox.labels.delete(label_id)
        for message in list(self._mailbox.messages.values()):
            if label_id in message.labels:
                self._mailbox.relabel(message, remove=[label_id])

    # ------------------------------------------------------------------ lists

    def _matching(self, call: Call) -> tuple[Iterator[StoredMessage], Callable[[StoredMessage], bool]]:
        """The messages that may match, newest first from the page's start, and the test that says which do."""
        query = compile_query(call.one("q"), self._mailbox)
        wanted = frozenset(call.many("labelIds"))
        everywhere = call.flag("includeSpamTrash") or query.hidden_too or bool(wanted & HIDDEN)
        start = _read_token(call.one("pageToken"))
        accepts = query.accepts

        def test(message: StoredMessage) -> bool:
            labels = message.labels
            return wanted <= labels and (everywhere or HIDDEN.isdisjoint(labels)) and accepts(message)

        latest = min(query.before_ms, self._mailbox.searchable_until_ms(call.one("q")))
        if start is not None:
            latest = min(latest, start[0] + 1)
        found = self._mailbox.newest_first(query.after_ms, latest)
        return (one for one in found if start is None or one.order < start), test

    def _page(self, call: Call, found: Iterator[StoredMessage]) -> tuple[list[StoredMessage], str]:
        """Up to maxResults of ``found``, and the token of the next page or nothing."""
        size = call.number("maxResults", 100, MOST)
        page: list[StoredMessage] = []
        for message in found:
            if len(page) == size:
                return self._habitual(page), encode(f"{page[-1].internal_ms}:{page[-1].id}".encode())
            page.append(message)
        return self._habitual(page), ""

    def _habitual(self, page: list[StoredMessage]) -> list[StoredMessage]:
        if not self._mailbox.habits.unordered_lists:
            return page
        return [one for pair in zip(page[1::2], page[::2], strict=False) for one in pair] + page[len(page) // 2 * 2 :]

    def list_messages(self, call: Call) -> Json:
        candidates, test = self._matching(call)
        page, token = self._page(call, (one for one in candidates if test(one)))
        listed = [{"id": one.id, "threadId": one.thread_id} for one in page]
        return _list_json("messages", listed, token)

    def list_threads(self, call: Call) -> Json:
        candidates, test = self._matching(call)
        page, token = self._page(call, (one for one in candidates if test(one) and self._is_newest(one, test)))
        listed = [self._thread_line(one.thread_id) for one in page]
        return _list_json("threads", listed, token)

    def _is_newest(self, message: StoredMessage, test: Callable[[StoredMessage], bool]) -> bool:
        """Whether no newer message of the thread matches, so that each thread is listed once over all pages."""
        others = self._mailbox.threads[message.thread_id]
        return not any(one.order > message.order and test(one) for one in others)

    def _thread_line(self, thread_id: str) -> Json:
        messages = self._mailbox.thread(thread_id)
        latest = max(one.history_id for one in messages)
        return {"id": thread_id, "snippet": snippet(messages[-1]), "historyId": str(latest)}

    # ------------------------------------------------------------------ messages

    def get_message(self, call: Call) -> Json:
        message = self._mailbox.message(checked_id(call.params["id"]))
        return self.show(message, call.choice("format", FORMATS, "full"), call.many("metadataHeaders"))

    def show(self, message: StoredMessage, form: str, wanted: list[str]) -> Json:
        return message_json(message, form, wanted, text_as_utf8=self._mailbox.habits.text_as_utf8)

    def attachment(self, call: Call) -> Json:
        message = self._mailbox.message(checked_id(call.params["messageId"]))
        data = attachment(message, call.params["id"])
        return {"size": len(data), "data": encode(data)}

    def insert(self, call: Call) -> Json:
        """Puts a message into the mailbox as IMAP APPEND does; the owner's own mail gets SENT."""
        body = call.json(MESSAGE_KEYS)
        raw = raw_of(body)
        headers = read_headers(raw)
        labels = set(body.get("labelIds") or ())
        self._mailbox.labels.check_by_hand(labels - {"SENT"})
        if self._mailbox.is_own(header(headers, "From")):
            labels.add("SENT")
        source = call.choice("internalDateSource", ("receivedTime", "dateHeader"), "receivedTime")
        moment = dated_at(headers) if source == "dateHeader" else None
        thread_id = thread_by_headers(self._mailbox, headers)
        if body.get("threadId"):
            thread_id = asked_thread(self._mailbox, str(body["threadId"]), headers)
        received_ms = milliseconds(moment or self._mailbox.now())
        return short_json(self._mailbox.store(raw, frozenset(labels), thread_id, received_ms, headers))

    def _read_change(self, call: Call) -> tuple[list[str], list[str]]:
        body = call.json((*MODIFY_KEYS, "ids"))
        add, remove = list(body.get("addLabelIds") or ()), list(body.get("removeLabelIds") or ())
        if not add and not remove:
            raise invalid("No label add or removes specified")
        self._mailbox.labels.check_by_hand([*add, *remove])
        return add, remove

    def modify_message(self, call: Call) -> Json:
        message = self._mailbox.message(checked_id(call.params["id"]))
        add, remove = self._read_change(call)
        self._check_not_draft(message)
        self._mailbox.relabel(message, add, remove)
        return short_json(message)

    def batch_modify(self, call: Call) -> None:
        ids = call.json().get("ids") or ()
        if len(ids) > 1000:
            raise invalid("Too many message ids")
        add, remove = self._read_change(call)
        for message in [self._mailbox.messages[one] for one in ids if one in self._mailbox.messages]:
            self._check_not_draft(message)
            self._mailbox.relabel(message, add, remove)

    def _check_not_draft(self, message: StoredMessage) -> None:
        if "DRAFT" in message.labels:
            raise invalid("Draft messages cannot have any label other than DRAFT.")

    def trash_message(self, call: Call) -> Json:
        return self._trash([self._mailbox.message(checked_id(call.params["id"]))], back=False)[0]

    def untrash_message(self, call: Call) -> Json:
        return self._trash([self._mailbox.message(checked_id(call.params["id"]))], back=True)[0]

    def _trash(self, messages: list[StoredMessage], *, back: bool) -> list[Json]:
        for message in messages:
            if back:
                self._mailbox.relabel(message, remove=["TRASH"])
            else:
                self._mailbox.relabel(message, ["TRASH"], ["INBOX"])
        return [short_json(one) for one in messages]

    def delete_message(self, call: Call) -> None:
        message = self._mailbox.message(checked_id(call.params["id"]))
        if message.id in self._mailbox.drafts.draft_of:
            self._mailbox.drafts.release(self._mailbox.drafts.draft_of[message.id])
        self._mailbox.delete(message)

    # ------------------------------------------------------------------ threads

    def get_thread(self, call: Call) -> Json:
        messages = self._mailbox.thread(checked_id(call.params["id"]))
        form = call.choice("format", THREAD_FORMATS, "full")
        latest = max(one.history_id for one in messages)
        shown = [self.show(one, form, call.many("metadataHeaders")) for one in messages]
        return {"id": messages[0].thread_id, "historyId": str(latest), "messages": shown}

    def modify_thread(self, call: Call) -> Json:
        """Changes every message of the thread but its drafts, which can't carry labels."""
        messages = self._mailbox.thread(checked_id(call.params["id"]))
        add, remove = self._read_change(call)
        for message in messages:
            if "DRAFT" not in message.labels:
                self._mailbox.relabel(message, add, remove)
        return {"id": messages[0].thread_id, "messages": [short_json(one) for one in messages]}

    def trash_thread(self, call: Call) -> Json:
        messages = self._mailbox.thread(checked_id(call.params["id"]))
        return {"id": messages[0].thread_id, "messages": self._trash(messages, back=False)}

    def untrash_thread(self, call: Call) -> Json:
        messages = self._mailbox.thread(checked_id(call.params["id"]))
        return {"id": messages[0].thread_id, "messages": self._trash(messages, back=True)}


def _read_token(token: str) -> tuple[int, str] | None:
    if not token:
        return None
    moment, _, message_id = decode(token).decode("ascii", "replace").partition(":")
    if not moment.removeprefix("-").isdigit() or not MESSAGE_ID.fullmatch(message_id):
        raise ApiError(400, "Invalid pageToken", "invalidArgument")
    return int(moment[:20]), message_id


def _list_json(name: str, items: list[Json], token: str) -> Json:
    """An empty list has no key, as in the API; the estimate is no total."""
    page: Json = {"resultSizeEstimate": len(items) + (201 if token else 0)}
    if items:
        page[name] = items
    if token:
        page["nextPageToken"] = token
    return page
