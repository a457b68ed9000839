"""The sandbox: a mailbox being served, and what a test or a curious user can do to it from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from susul.sandbox import drafts
from susul.sandbox.compose import own_sender, read
from susul.sandbox.control_routes import Controls
from susul.sandbox.faults import Fault, Faults
from susul.sandbox.gateway import Gateway, Request, overridden
from susul.sandbox.mailbox import Habits, Mailbox, real_now
from susul.sandbox.message import header, read_headers
from susul.sandbox.oauth import CLIENT_ID, CLIENT_SECRET, DEFAULT_SCOPES, LIFETIME, OAuth
from susul.sandbox.seed import add_record, event_from_record
from susul.sandbox.server import Server

if TYPE_CHECKING:
    from email.message import EmailMessage

    from susul.sandbox.quota import Latency, Quota
    from susul.sandbox.routing import Call, Json, Reply

Now = Callable[[], datetime]
Fields = Mapping[str, Any]


class Sandbox:
    """A served mailbox. Use ``Sandbox.serve`` as a context manager, or ``start`` and ``close``."""

    def __init__(self, mailbox: Mailbox, port: int = 0, now: Now | None = None) -> None:
        self.mailbox = mailbox
        self._gateway = Gateway(mailbox)
        self._base: Now = now or real_now
        self._shift = timedelta()
        mailbox.clock = self.now
        self._controls = Controls(self)
        self._server = Server(self._answer, port)
        self.api_root = f"http://127.0.0.1:{self._server.server_address[1]}"

    @classmethod
    @contextmanager
    def serve(cls, mailbox: Mailbox, port: int = 0, now: Now | None = None) -> Iterator[Self]:
        """Serve on 127.0.0.1 until the block ends. ``port`` 0 takes a free one; ``now`` gives aware instants."""
        sandbox = cls(mailbox, port, now)
        sandbox.start()
        try:
            yield sandbox
        finally:
            sandbox.close()

    def start(self) -> None:
        self._server.start()

    def close(self) -> None:
        self._gateway.closing.set()
        self._server.close()

    def wait(self) -> None:
        """Until another thread closes the sandbox."""
        self._server.join()

    def _answer(self, call: Call) -> Reply:
        if call.path.startswith("/sandbox/"):
            return self._controls.answer(call)
        return self._gateway.answer(overridden(call))

    # ------------------------------------------------------------------ what happened

    @property
    def log(self) -> list[Request]:
        """Every request so far, batch parts too, in order of arrival."""
        return self._gateway.log

    @property
    def units(self) -> int:
        """Gmail quota units spent so far."""
        return sum(entry.units for entry in list(self.log))

    @property
    def bytes_sent(self) -> int:
        """The size of all answers as they left the sandbox, headers not counted."""
        return self._server.bytes_sent

    @property
    def violations(self) -> list[Request]:
        """Calls that would have sent mail. They were refused; a run that made one has failed."""
        return self._gateway.violations

    @property
    def errors(self) -> list[str]:
        """Traces of the sandbox's own failures; empty unless it has a bug."""
        return self._gateway.errors

    def forget(self) -> None:
        """Empty the log, for a test that counts from here."""
        self.log.clear()

    # ------------------------------------------------------------------ how it behaves

    @property
    def faults(self) -> Faults:
        return self._gateway.faults

    @property
    def habits(self) -> Habits:
        return self.mailbox.habits

    @property
    def oauth(self) -> OAuth:
        return self._gateway.oauth

    @property
    def quota(self) -> Quota | None:
        return self._gateway.quota

    @quota.setter
    def quota(self, quota: Quota | None) -> None:
        self._gateway.quota = quota

    @property
    def latency(self) -> Latency:
        return self._gateway.latency

    @latency.setter
    def latency(self, latency: Latency) -> None:
        self._gateway.latency = latency

    @property
    def concurrency(self) -> int | None:
        """How many calls may be under way at once; ``None`` for any number."""
        return self._gateway.concurrency.limit

    @concurrency.setter
    def concurrency(self, limit: int | None) -> None:
        self._gateway.concurrency.limit = limit

    @property
    def require_auth(self) -> bool:
        return self._gateway.require_auth

    @require_auth.setter
    def require_auth(self, required: bool) -> None:
        self._gateway.require_auth = required

    def fail(self, kind: str, match: str = "", **options: Any) -> Fault:
        """Shorthand for ``faults.add(Fault(...))``."""
        return self.faults.add(Fault(kind, match, **options))

    def expire_history(self) -> None:
        """Every history id handed out so far answers 404."""
        with self.mailbox.lock:
            self.mailbox.history.expire()

    def expire_sync_tokens(self) -> None:
        """Every Calendar sync token handed out so far answers 410."""
        with self.mailbox.lock:
            self.mailbox.calendar.expire_tokens()

    # ------------------------------------------------------------------ the clock

    def now(self) -> datetime:
        return self._base() + self._shift

    def set_clock(self, moment: datetime) -> None:
        """Stop the clock at an aware instant."""
        self._base, self._shift = (lambda: moment), timedelta()

    def advance(self, by: timedelta) -> None:
        self._shift += by

    # ------------------------------------------------------------------ signing in

    def token(self, scopes: tuple[str, ...] = DEFAULT_SCOPES) -> Json:
        """A ``token.json`` in google-auth's authorised-user form, good for this sandbox only."""
        expiry = real_now() + timedelta(seconds=LIFETIME)
        return {
            "token": self.oauth.new_access(tuple(scopes)),
            "refresh_token": self.oauth.new_refresh(tuple(scopes)),
            "token_uri": f"{self.api_root}/token",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scopes": list(scopes),
            "universe_domain": "googleapis.com",
            "account": "",
            "expiry": expiry.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z",
        }

    def credentials(self) -> Json:
        """A ``credentials.json`` of a Desktop client that points here."""
        return {
            "installed": {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "project_id": "susul-sandbox",
                "auth_uri": f"{self.api_root}/o/oauth2/auth",
                "token_uri": f"{self.api_root}/token",
                "redirect_uris": ["http://localhost"],
            }
        }

    # ------------------------------------------------------------------ the owner and the world

    def drafts(self) -> list[tuple[str, str, str, EmailMessage]]:
        """``(draft id, message id, thread id, message)`` of every draft, oldest first."""
        with self.mailbox.lock:
            held = [(draft_id, self.mailbox.messages[one]) for draft_id, one in self.mailbox.drafts.message_of.items()]
        held.sort(key=lambda pair: pair[1].order)
        return [(draft_id, one.id, one.thread_id, read(one.raw)) for draft_id, one in held]

    def owner_edits_draft(self, draft_id: str, text: str | None = None, subject: str | None = None) -> str:
        """The owner rewrites a draft in the web composer; the id of its new message."""
        with self.mailbox.lock:
            return drafts.owner_edits(self.mailbox, draft_id, text, subject).id

    def owner_opens_draft(self, draft_id: str) -> str:
        """The owner opens a draft without changing a word; autosave rewrites its markup all the same."""
        return self.owner_edits_draft(draft_id)

    def owner_sends_draft(self, draft_id: str) -> str:
        """The owner presses Send; the id of the sent message."""
        with self.mailbox.lock:
            return drafts.owner_sends(self.mailbox, draft_id).id

    def owner_discards_draft(self, draft_id: str) -> None:
        with self.mailbox.lock:
            drafts.delete(self.mailbox, draft_id)

    def owner_writes_draft(self, fields: Fields) -> str:
        """The owner begins a draft of their own, as a reply if ``reply_to`` names a message; the draft id."""
        with self.mailbox.lock:
            parent = self.mailbox.find_message(fields["reply_to"]) if fields.get("reply_to") else None
            thread = fields.get("thread") or (parent.thread_id if parent else None)
            record = {
                **fields,
                "from": fields.get("from") or own_sender(self.mailbox),
                "labels": ["DRAFT"],
                "thread": thread,
            }
            return self.mailbox.drafts.draft_of[add_record(self.mailbox, record)]

    def deliver(self, mail: bytes | Fields) -> str:
        """A mail arrives, unread: RFC 5322 bytes, or a record of the seed form; its message id."""
        with self.mailbox.lock:
            if not isinstance(mail, bytes):
                return add_record(self.mailbox, {**mail, "labels": mail.get("labels") or ["INBOX", "UNREAD"]})
            own = self.mailbox.is_own(header(read_headers(mail), "From"))
            return self.mailbox.add_message(mail, ["SENT"] if own else ["INBOX", "UNREAD"], received_at=self.now())

    def owner_sends(self, fields: Fields) -> str:
        """The owner writes and sends a mail outside of our drafts; its message id."""
        with self.mailbox.lock:
            sender = fields.get("from") or own_sender(self.mailbox)
            return add_record(self.mailbox, {**fields, "from": sender, "labels": ["SENT"]})

    def label(self, message_id: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> None:
        """Add and remove labels by name or id, as the owner does in the web."""
        with self.mailbox.lock:
            labels = self.mailbox.labels
            self.mailbox.relabel(self.mailbox.message(message_id), labels.ids_for(add), labels.ids_for(remove))

    def delete_message(self, message_id: str) -> None:
        """The owner deletes a message for good."""
        with self.mailbox.lock:
            message = self.mailbox.message(message_id)
            self.mailbox.drafts.release(self.mailbox.drafts.draft_of.get(message_id, ""))
            self.mailbox.delete(message)

    def add_event(self, record: Fields) -> str:
        """An event appears: a record of the seed form, or one in the Calendar API's; its id."""
        with self.mailbox.lock:
            own_form = isinstance(record.get("start"), str)
            return self.mailbox.add_event(event_from_record(record, self.mailbox) if own_form else record)

    def move_event(self, event_id: str, start: datetime, end: datetime) -> None:
        with self.mailbox.lock:
            times = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
            self.mailbox.calendar.patch(event_id, times)

    def cancel_event(self, event_id: str) -> None:
        with self.mailbox.lock:
            self.mailbox.calendar.cancel(event_id)
