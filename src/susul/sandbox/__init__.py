"""A mailbox served over the Gmail v1 and Calendar v3 REST APIs on loopback, for the demo, tests and the curious.

::

    with Sandbox.serve(Mailbox.from_json(records)) as sandbox:
        sandbox.api_root        # "http://127.0.0.1:PORT": /gmail/v1, /calendar/v3, /batch, …
        sandbox.token()         # a token.json for it
        sandbox.deliver({"from": "budi@acme.example", "subject": "…", "text": "…"})
        sandbox.drafts()        # what was drafted
        assert not sandbox.violations

It sends nothing: a call that would is refused with 403 and kept in ``violations``. Signing in works as with Google:
``/o/oauth2/auth``, ``/token``, ``/revoke``. Every control is a method of ``Sandbox`` and an HTTP call on the same port;
bodies are JSON, times ISO 8601 with offset.

``GET /sandbox/state``, ``GET /sandbox/log``
    counts, units, bytes, violations; the request log (``DELETE /sandbox/log`` empties it)
``GET /sandbox/drafts``, ``POST /sandbox/drafts``
    lists drafts; the owner writes one (a record of ``susul.sandbox.seed``, ``reply_to`` for an answer)
``POST /sandbox/drafts/ID/edit``, ``…/open``, ``…/send``, ``…/discard``
    the owner edits (``{"text", "subject"}``, either may be left out), opens without changing, sends, discards
``POST /sandbox/deliver``, ``POST /sandbox/owner-sends``
    a mail arrives (a record, or ``message/rfc822``); the owner sends one (a record)
``POST /sandbox/messages/ID/labels``, ``…/delete``
    ``{"add": [names], "remove": [names]}``; deletes for good
``POST /sandbox/events``, ``POST /sandbox/events/ID/move``, ``…/cancel``
    an event appears (a record, or the Calendar API's form), moves (``{"start", "end"}``), is cancelled
``POST /sandbox/clock``
    ``{"now": time}`` stops the clock there, ``{"advance": seconds}`` moves it
``POST /sandbox/faults``, ``POST /sandbox/quota``, ``POST /sandbox/latency``
    adds a ``Fault``, sets a ``Quota`` or a ``Latency``, by its fields; ``DELETE`` ends all faults, or the quota
``POST /sandbox/settings``
    ``{"require_auth": bool, "concurrency": number}`` and the names of ``Habits``
``POST /sandbox/oauth``, ``…/expire``, ``…/revoke``
    ``{"deny": bool, "drop_scopes": [scopes], "refresh_tokens": bool}``; access tokens die; permission is taken back
``POST /sandbox/token``, ``GET /sandbox/credentials``
    a ``token.json`` (``{"scopes": […]}``) and a ``credentials.json`` for this sandbox
``POST /sandbox/history/expire``, ``POST /sandbox/sync-tokens/expire``
    every history id, every Calendar sync token so far is too old
"""

from __future__ import annotations

from susul.sandbox.faults import Fault, Kind
from susul.sandbox.gateway import Request
from susul.sandbox.mailbox import Habits, Mailbox, SendAs
from susul.sandbox.quota import Latency, Quota
from susul.sandbox.sandbox import Sandbox

__all__ = ["Fault", "Habits", "Kind", "Latency", "Mailbox", "Quota", "Request", "Sandbox", "SendAs"]
