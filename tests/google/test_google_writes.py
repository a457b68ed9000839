"""Writes against a scripted server: sent once, each on a connection of its own, and never taken for done."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from threading import Thread

import httplib2
import pytest
from scripted import (
    DROP,
    HTML,
    PROFILE,
    RATE_LIMITS,
    Connect,
    Reply,
    Script,
    error,
    read,
    write,
)

from susul.errors import (
    AmbiguousWrite,
    Failed,
    NotFound,
    SusulError,
    TryLater,
)
from susul.sources.google import clients
from susul.sources.google.failures import Broken
from susul.sources.google.wire import Wire

UNCLEAR = [error(500), error(503), Reply(b"", 502), HTML, Reply(b""), Reply(b"{", 200), Reply(b"", 302)]
REFUSED = [
    (error(400), Failed),
    (error(404), NotFound),
    (error(401), TryLater),
    *((one, TryLater) for one in RATE_LIMITS),
]


def test_a_dropped_connection_leaves_exactly_one_post(script: Script, connect: Connect) -> None:
    script.replies = [DROP]

    with pytest.raises(AmbiguousWrite):
        write(connect(script.root))
    assert [seen.verb for seen in script.calls] == ["POST"]


def test_a_dropped_connection_leaves_exactly_one_post_after_a_read_on_a_kept_connection(
    script: Script, connect: Connect
) -> None:
    script.replies = [Reply(PROFILE), DROP]
    transport = connect(script.root)
    read(transport)

    with pytest.raises(AmbiguousWrite):
        write(transport)
    assert [seen.verb for seen in script.calls] == ["GET", "POST"]


def test_a_write_always_has_a_connection_of_its_own(script: Script, connect: Connect) -> None:
    script.replies = [Reply(PROFILE), Reply(PROFILE), Reply({"id": "r1"}), Reply({"id": "r1"})]
    transport = connect(script.root)

    read(transport), read(transport), write(transport), write(transport)

    first, second, third, fourth = (seen.connection for seen in script.calls)
    assert first == second
    assert len({first, third, fourth}) == 3


@pytest.mark.parametrize("answer", UNCLEAR)
def test_a_write_without_a_clear_answer_is_ambiguous_and_not_repeated(
    script: Script, connect: Connect, answer: Reply
) -> None:
    script.replies = [answer]

    with pytest.raises(AmbiguousWrite) as told:
        write(connect(script.root))
    assert len(script.calls) == 1
    assert not isinstance(told.value, TryLater | Failed)


@pytest.mark.parametrize(("answer", "kind"), REFUSED)
def test_a_write_that_was_clearly_refused_is_not_repeated_either(
    script: Script, connect: Connect, answer: Reply, kind: type[SusulError]
) -> None:
    script.replies = [answer]

    with pytest.raises(kind):
        write(connect(script.root))
    assert len(script.calls) == 1


def test_a_write_that_never_left_is_not_ambiguous(connect: Connect) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(TryLater, match="can't be reached"):
            # A token that needs no refresh: the write itself is what finds nobody.
            write(connect(root))


def test_a_deleted_draft_needs_no_body_in_the_answer(script: Script, connect: Connect) -> None:
    script.replies = [Reply(None, 204)]
    transport = connect(script.root)

    assert transport.call(clients.gmail(transport).users().drafts().delete(userId="me", id="r1")) == {}


def test_httplib2_alone_would_have_sent_it_twice(script: Script) -> None:
    """What the connections of ``wire`` are for; once this fails they may go."""
    script.replies = [Reply({}), DROP]
    plain = httplib2.Http(proxy_info=None)
    plain.request(f"{script.root}/warm")

    with pytest.raises(http.client.RemoteDisconnected):
        plain.request(f"{script.root}/drafts", "POST", body="{}")
    plain.close()
    assert [seen.verb for seen in script.calls] == ["GET", "POST", "POST"]


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        closing(Wire(loopback=True, timeout=0.1)) as wire,
        pytest.raises(Broken, match="no answer in time") as told,
    ):
        wire.send("POST", f"http://127.0.0.1:{silent.getsockname()[1]}/drafts", {}, "{}", fresh=True)
    assert told.value.sent, "a write that timed out may have been carried out"


def test_a_server_that_stops_in_the_middle_of_its_answer_may_have_carried_it_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as half, closing(Wire(loopback=True, timeout=5)) as wire:
        answering = Thread(target=_answer_half, args=(half,))
        answering.start()
        with pytest.raises(Broken) as told:
            wire.send("POST", f"http://127.0.0.1:{half.getsockname()[1]}/drafts", {}, "{}", fresh=True)
        answering.join()
    assert told.value.sent


def _answer_half(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
