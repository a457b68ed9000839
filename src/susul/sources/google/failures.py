"""What Google's refusals mean: each is turned into one of ``susul.errors``, and may be worth another try or not.

Google answers a spent quota with 429 or with 403, names the cause in ``errors[].reason`` or ``details[].reason`` or
only in ``status``, and says when to come back in a header or in the middle of the message. All shapes are read here.
Source: https://developers.google.com/workspace/gmail/api/guides/handle-errors
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from susul.errors import AmbiguousWrite, ConfigError, Failed, NotFound, SignInNeeded, SusulError, TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_IN_AGAIN = "Run: susul login"
SIGN_IN_ENDED = (
    "Run: susul login. Likely causes, the commonest first: the Google Cloud project's app is in status Testing, where "
    'a sign-in ends after 7 days (set it to "In production"); the password of the account was changed; the access '
    "was taken back in the Google account; Susul was not used for six months."
)

_RATE = {"ratelimitexceeded", "userratelimitexceeded", "resourceexhausted"}
_SPENT = {"quotaexceeded", "dailylimitexceeded", "dailylimitexceededunreg"}
_SCOPE = {"insufficientpermissions", "accesstokenscopeinsufficient", "insufficientscopes"}
_DISABLED = {"accessnotconfigured", "servicedisabled"}
_POLICY = {"domainpolicy", "adminpolicyenforced"}
_NO_MAILBOX = {"failedprecondition"}
_TIME_IN_TEXT = re.compile(r"[Rr]etry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z")


class Broken(Exception):  # noqa: N818 - what became of the connection; never meets the owner
    """No answer came. ``sent``: the request had begun to leave; ``reused``: on a connection that had idled."""

    def __init__(self, kind: str, *, sent: bool, reused: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.sent = sent
        self.reused = reused


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that isn't what was asked for.

    ``again``: a read may be tried once more. ``wait``: the seconds that Google asks for, None where it names none.
    ``rate``: our pace was the reason. ``effect``: a write may have been carried out all the same. ``expired``: a new
    access token may do.
    """

    error: SusulError
    again: bool = False
    wait: float | None = None
    rate: bool = False
    effect: bool = False
    expired: bool = False


def refusal(status: int, headers: Mapping[str, str], body: bytes, *, service: str, now: datetime) -> Refusal:
    """What an HTTP answer other than a good one means. ``headers`` by lower-case name."""
    error = _error_of(body)
    reasons, message = _reasons(error), str(error.get("message", ""))[:2000]
    wait = _wait(headers, message, now)
    if status in {403, 429}:
        return _limited(status, reasons, wait, service, crowded="concurrent" in message)
    if status >= 500 or status == 408:
        error_now = TryLater(f"{service} has trouble of its own (HTTP {status}).", hint="Try again in a few minutes.")
        return Refusal(error_now, again=True, wait=wait, effect=True)
    if status < 400:
        return not_google(service)
    return Refusal(_final(status, reasons, service), expired=status == 401)


def not_google(service: str) -> Refusal:
    """A good status with a body that no Google API gives: a captive portal, a proxy's page, half an answer."""
    sentence = f"Something other than {service} answered, or the answer was cut short."
    hint = "Check the network: a hotel's or office's log-in page answers like that."
    return Refusal(TryLater(sentence, hint=hint), again=True, effect=True)


def broken_off(broken: Broken, service: str) -> Refusal:
    """What a connection that gave no answer means for a read."""
    sentence = f"{service} can't be reached ({broken.kind})."
    return Refusal(TryLater(sentence, hint="Check the network and try again."), again=True, effect=broken.sent)


def proxy_unusable() -> ConfigError:
    """A proxy is set, and what it takes to use it isn't there; going past it in silence would not do."""
    return ConfigError(
        "A proxy is set in the environment, but the part of Susul that uses proxies is not installed.",
        hint="Install it with: pip install 'susul[proxy]'",
    )


def ambiguous(service: str) -> AmbiguousWrite:
    """For a write that may or may not have happened."""
    return AmbiguousWrite(
        f"{service} gave no clear answer to a write, so it may or may not have been carried out.",
        hint="The next run looks it up before it writes again.",
    )


def refresh_refused(details: object, *, retryable: bool) -> SusulError:
    """What the token end point's refusal means. ``details`` is its JSON answer, where there was one."""
    answer = details if isinstance(details, dict) else {}
    code = answer.get("error")
    # OAuth's own refusals (RFC 6749, 5.2) name a code; an object there is Google's front end's, of whatever trouble.
    if retryable or isinstance(code, dict | list):
        return TryLater("Google's sign-in service has trouble of its own.", hint="Try again in a few minutes.")
    if code == "invalid_grant" and answer.get("error_subtype") == "invalid_rapt":
        return SignInNeeded("Your organisation asks for a new sign-in from time to time.", hint=SIGN_IN_AGAIN)
    if code in {"invalid_client", "deleted_client", "unauthorized_client"}:
        hint = "Download credentials.json of the Desktop app client again, then run: susul login"
        return SignInNeeded("Google no longer knows the client of the saved sign-in.", hint=hint)
    if code == "invalid_scope":
        return SignInNeeded("The saved sign-in doesn't cover what Susul asks for.", hint=SIGN_IN_AGAIN)
    return SignInNeeded("Google no longer accepts the saved sign-in.", hint=SIGN_IN_ENDED)


def _limited(status: int, reasons: set[str], wait: float | None, service: str, *, crowded: bool) -> Refusal:
    """403 and 429: a spent quota has both, a forbidden call only the first.

    ``crowded``: too many calls at one moment, which passes at once and says nothing about the minute's quota.
    """
    if reasons & _SPENT:
        return Refusal(TryLater(f"The quota of {service} is spent for now.", hint="The next run goes on from here."))
    if status == 429 or (reasons & _RATE and not reasons & (_SCOPE | _DISABLED | _POLICY)):
        slower = f"{service} asks for a slower pace."
        sentence = f"{service} asks for a slower pace and a pause of {wait / 60:.0f} min." if wait else slower
        return Refusal(
            TryLater(sentence, hint="The next run goes on from here."), again=True, wait=wait, rate=not crowded
        )
    return Refusal(_forbidden(reasons, service))


def _forbidden(reasons: set[str], service: str) -> SusulError:
    if reasons & _DISABLED:
        hint = f'In the Google Cloud console, "APIs & Services", enable the {service} API, wait a minute, try again.'
        return ConfigError(f"The {service} API is not enabled in your Google Cloud project.", hint=hint)
    if reasons & _POLICY:
        hint = "Ask the administrator to allow your OAuth client, or use another account."
        return Failed(f"Your organisation's administrator doesn't let apps use {service}.", hint=hint)
    if reasons & _SCOPE:
        hint = "Run: susul login, and tick every box on Google's consent page."
        return SignInNeeded(f"The saved sign-in doesn't cover this use of {service}.", hint=hint)
    return Failed(f"{service} refused the call (HTTP 403).", hint="Run it again; if it stays, report it.")


def _final(status: int, reasons: set[str], service: str) -> SusulError:
    """The refusals that asking again can't change."""
    if status in {404, 410}:
        return NotFound(f"{service} doesn't hold what was asked for (any more).")
    if status == 401:
        return SignInNeeded("Google no longer accepts the saved sign-in.", hint=SIGN_IN_ENDED)
    if status == 400 and reasons & _NO_MAILBOX:
        hint = "Check that the account has Gmail, and that it is not suspended."
        return Failed("Google says that this account has no mailbox in working order.", hint=hint)
    return Failed(f"{service} refused the call (HTTP {status}).", hint="Run again with -vv and report it.")


def _error_of(body: bytes) -> dict[str, Any]:
    """The ``error`` object of a Google API's answer; empty for any other shape."""
    try:
        answer = json.loads(body[:65536])
    except (ValueError, RecursionError):
        return {}
    error = answer.get("error") if isinstance(answer, dict) else None
    return error if isinstance(error, dict) else {}


def _reasons(error: Mapping[str, Any]) -> set[str]:
    """Every name that the answer gives for its cause, lower-cased and without underscores."""
    named = [error.get("status")]
    for key in ("errors", "details"):
        items = error.get(key)
        named += [item.get("reason") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return {name.replace("_", "").lower() for name in named if isinstance(name, str)}


def _wait(headers: Mapping[str, str], message: str, now: datetime) -> float | None:
    """Seconds to wait, by the Retry-After header (seconds or HTTP date, RFC 9110 10.2.3) or by the message's text.

    A time that is over tells nothing: Google has named such ones.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 9:
        return float(value) or None
    until = _http_date(value) or _time_in(message)
    return (until - now).total_seconds() if until and until > now else None


def _http_date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _time_in(message: str) -> datetime | None:
    match = _TIME_IN_TEXT.search(message)
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
