"""The access token: renewed in passing, and what each refusal to renew it means for the owner."""

from __future__ import annotations

from datetime import datetime

import pytest
from scripted import (
    DROP,
    PROFILE,
    Clock,
    Connect,
    Reply,
    Script,
    credentials_at,
    error,
    read,
    write,
)

from susul.errors import (
    SignInNeeded,
    SusulError,
    TryLater,
)
from susul.sources.google.failures import refresh_refused


def test_a_refused_token_is_renewed_once_and_the_read_repeated(script: Script, connect: Connect) -> None:
    script.replies = [error(401), Reply(PROFILE)]

    assert read(connect(script.root)) == PROFILE
    assert [seen.path.split("?")[0] for seen in script.log][1] == "/token"
    assert script.calls[1].headers["authorization"] == "Bearer fresh"


def test_a_token_that_is_refused_for_ever_needs_a_sign_in(script: Script, connect: Connect) -> None:
    script.replies = [error(401)]

    with pytest.raises(SignInNeeded):
        read(connect(script.root))
    assert len(script.calls) == 2


def test_a_revoked_sign_in_says_what_probably_happened(script: Script, connect: Connect) -> None:
    script.replies = [error(401)]
    script.token_reply = Reply({"error": "invalid_grant", "error_description": "Token has been revoked."}, 400)

    with pytest.raises(SignInNeeded) as told:
        read(connect(script.root))
    assert told.value.exit_code == 3
    assert told.value.hint.index("7 days") < told.value.hint.index("password") < told.value.hint.index("six months")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Reply({"error": "invalid_grant", "error_subtype": "invalid_rapt"}, 400), SignInNeeded),
        (Reply({"error": "invalid_client"}, 401), SignInNeeded),
        (Reply({"error": "invalid_scope"}, 400), SignInNeeded),
        (Reply({"error": {"code": 403, "message": "Rate limit exceeded"}}, 403), TryLater),
        (Reply(b"<html>", 200), TryLater),
        (DROP, TryLater),
    ],
)
def test_a_token_that_cannot_be_renewed_ends_the_run_clearly(
    script: Script, connect: Connect, answer: Reply, kind: type[SusulError]
) -> None:
    script.replies = [error(401)]
    script.token_reply = answer

    with pytest.raises(kind):
        read(connect(script.root))


def test_an_organisation_that_asks_for_a_new_sign_in_is_named(script: Script, connect: Connect) -> None:
    script.replies = [error(401)]
    script.token_reply = Reply({"error": "invalid_grant", "error_subtype": "invalid_rapt"}, 400)

    with pytest.raises(SignInNeeded, match="organisation"):
        read(connect(script.root))


@pytest.mark.parametrize(("answer", "kind"), [(Reply({"error": "invalid_grant"}, 400), SignInNeeded), (DROP, TryLater)])
def test_a_write_waits_for_a_good_token_and_does_not_leave_without_one(
    script: Script, connect: Connect, answer: Reply, kind: type[SusulError]
) -> None:
    script.token_reply = answer
    stale = credentials_at(script.root)
    stale.expiry = datetime(2020, 1, 1)  # noqa: DTZ001 - google-auth's form

    with pytest.raises(kind):
        write(connect(script.root, stale))
    assert script.calls == []


def test_trouble_of_the_sign_in_service_is_no_reason_to_sign_in_again() -> None:
    assert isinstance(refresh_refused({"error": "internal_failure"}, retryable=True), TryLater)


def test_a_read_that_breaks_off_after_the_token_was_renewed_is_tried_again(script: Script, connect: Connect) -> None:
    script.replies = [error(401), DROP, Reply(PROFILE)]

    assert read(connect(script.root)) == PROFILE


def test_a_kept_connection_that_the_server_closed_is_replaced_at_once(
    script: Script, connect: Connect, clock: Clock
) -> None:
    script.replies = [Reply(PROFILE), DROP, Reply(PROFILE)]
    transport = connect(script.root)
    read(transport)

    assert read(transport) == PROFILE
    assert clock.slept == []


def test_no_requests_make_no_batch(script: Script, connect: Connect) -> None:
    assert connect(script.root).call_all([]) == []
    assert script.calls == []


def test_a_sign_in_of_another_place_gets_no_transport(connect: Connect) -> None:
    with pytest.raises(SignInNeeded):
        connect("http://127.0.0.1:8080", credentials_at("https://evil.example"))
    with pytest.raises(SignInNeeded):
        connect("http://127.0.0.1:8080", credentials_at("https://oauth2.googleapis.com"))
