"""The test-only controls over HTTP, under ``/sandbox/`` (listed in the package's docstring)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from susul.sandbox.faults import Fault
from susul.sandbox.quota import Latency, Quota
from susul.sandbox.routing import ApiError, Call, Json, Reply, Route, Router, invalid, json_reply, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.sandbox.sandbox import Sandbox


class Controls:
    """Each control does what the method of the same name does on ``Sandbox``."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._router = Router([*self._owner_routes(), *self._behaviour_routes()])

    def answer(self, call: Call) -> Reply:
        try:
            found, matched = self._router.find(call)
            return json_reply(found.handler(matched))
        except ApiError as error:
            return error.reply()
        except (KeyError, TypeError, ValueError) as error:
            return invalid(f"The control can't be used so: {error!r}").reply()

    def _owner_routes(self) -> list[Route]:
        box = self._sandbox
        draft = "/sandbox/drafts/{id}"
        return [
            route("drafts", "GET", "/sandbox/drafts", self._drafts),
            route("write", "POST", "/sandbox/drafts", lambda call: {"id": box.owner_writes_draft(call.json())}),
            route(
                "edit", "POST", f"{draft}/edit", lambda call: {"id": box.owner_edits_draft(_id(call), **call.json())}
            ),
            route("open", "POST", f"{draft}/open", lambda call: {"id": box.owner_opens_draft(_id(call))}),
            route("send", "POST", f"{draft}/send", lambda call: {"id": box.owner_sends_draft(_id(call))}),
            route("discard", "POST", f"{draft}/discard", lambda call: box.owner_discards_draft(_id(call))),
            route("deliver", "POST", "/sandbox/deliver", self._deliver),
            route("owner_sends", "POST", "/sandbox/owner-sends", lambda call: {"id": box.owner_sends(call.json())}),
            route("label", "POST", "/sandbox/messages/{id}/labels", self._label),
            route("delete", "POST", "/sandbox/messages/{id}/delete", lambda call: box.delete_message(_id(call))),
            route("add_event", "POST", "/sandbox/events", lambda call: {"id": box.add_event(call.json())}),
            route("move_event", "POST", "/sandbox/events/{id}/move", self._move),
            route("cancel_event", "POST", "/sandbox/events/{id}/cancel", lambda call: box.cancel_event(_id(call))),
        ]

    def _behaviour_routes(self) -> list[Route]:
        box = self._sandbox
        return [
            route("state", "GET", "/sandbox/state", self._state),
            route("log", "GET", "/sandbox/log", lambda _: [entry.to_json() for entry in list(box.log)]),
            route("forget", "DELETE", "/sandbox/log", lambda _: box.forget()),
            route("clock", "POST", "/sandbox/clock", self._clock),
            route("token", "POST", "/sandbox/token", self._token),
            route("credentials", "GET", "/sandbox/credentials", lambda _: box.credentials()),
            route("fault", "POST", "/sandbox/faults", self._fault),
            route("no_faults", "DELETE", "/sandbox/faults", lambda _: box.faults.clear()),
            route("quota", "POST", "/sandbox/quota", self._set("quota", Quota)),
            route("no_quota", "DELETE", "/sandbox/quota", lambda _: setattr(box, "quota", None)),
            route("latency", "POST", "/sandbox/latency", self._set("latency", Latency)),
            route("settings", "POST", "/sandbox/settings", self._settings),
            route("oauth", "POST", "/sandbox/oauth", self._oauth),
            route("expire_tokens", "POST", "/sandbox/oauth/expire", lambda _: box.oauth.expire_access()),
            route("revoke", "POST", "/sandbox/oauth/revoke", lambda _: box.oauth.revoke_all()),
            route("expire_history", "POST", "/sandbox/history/expire", lambda _: box.expire_history()),
            route("expire_sync", "POST", "/sandbox/sync-tokens/expire", lambda _: box.expire_sync_tokens()),
        ]

    def _drafts(self, _: Call) -> list[Json]:
        return [
            {"id": draft_id, "message": message_id, "thread": thread_id, "text": message.as_string()}
            for draft_id, message_id, thread_id, message in self._sandbox.drafts()
        ]

    def _deliver(self, call: Call) -> Json:
        is_mail = call.headers.get("content-type", "").startswith("message/rfc822")
        return {"id": self._sandbox.deliver(call.body if is_mail else call.json())}

    def _label(self, call: Call) -> None:
        change = call.json(("add", "remove"))
        self._sandbox.label(_id(call), tuple(change.get("add", ())), tuple(change.get("remove", ())))

    def _move(self, call: Call) -> None:
        times = call.json(("start", "end"))
        self._sandbox.move_event(_id(call), _moment(times["start"]), _moment(times["end"]))

    def _state(self, _: Call) -> Json:
        box = self._sandbox
        return {
            "address": box.mailbox.address,
            "now": box.now().isoformat(),
            "messages": len(box.mailbox.messages),
            "threads": len(box.mailbox.threads),
            "drafts": len(box.mailbox.drafts.message_of),
            "events": len(box.mailbox.calendar.events),
            "units": box.units,
            "bytes": box.bytes_sent,
            "violations": [entry.to_json() for entry in box.violations],
            "errors": list(box.errors),
        }

    def _clock(self, call: Call) -> Json:
        change = call.json(("now", "advance"))
        if "now" in change:
            self._sandbox.set_clock(_moment(change["now"]))
        self._sandbox.advance(timedelta(seconds=float(change.get("advance", 0))))
        return {"now": self._sandbox.now().isoformat()}

    def _token(self, call: Call) -> Json:
        scopes = call.json(("scopes",)).get("scopes")
        return self._sandbox.token(tuple(scopes)) if scopes else self._sandbox.token()

    def _fault(self, call: Call) -> None:
        self._sandbox.faults.add(Fault(**call.json()))

    def _set(self, name: str, kind: Callable[..., Any]) -> Callable[[Call], None]:
        return lambda call: setattr(self._sandbox, name, kind(**call.json()))

    def _settings(self, call: Call) -> None:
        """``require_auth``, ``concurrency`` and the mailbox's habits by name."""
        for name, value in call.json().items():
            owner: Any = self._sandbox if name in {"require_auth", "concurrency"} else self._sandbox.habits
            if not hasattr(owner, name):
                raise ValueError(name)
            setattr(owner, name, value)

    def _oauth(self, call: Call) -> None:
        change = call.json(("deny", "drop_scopes", "refresh_tokens"))
        if "drop_scopes" in change:
            change["drop_scopes"] = frozenset(change["drop_scopes"])
        for name, value in change.items():
            setattr(self._sandbox.oauth, name, value)


def _id(call: Call) -> str:
    return call.params["id"]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its offset")
    return moment
