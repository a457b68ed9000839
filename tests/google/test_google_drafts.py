"""The Drafts folder against the sandbox: what is written, what is found again, and what is never written twice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from scripted import Connect, Reply, Script, Serve, mail

from susul.errors import AmbiguousWrite, Failed, NotFound, TryLater, WrongThread
from susul.model import Address, Draft, Placed
from susul.sources.google.drafts import DraftsFolder

if TYPE_CHECKING:
    from susul.sandbox import Sandbox

MESSAGE_ID = "<susul.0123456789abcdef@example.com>"
ASKED = mail("asked", "t", "2026-06-01T09:00:00+07:00", "rina@example.com")


def reply_to(sandbox: Sandbox, **changes: object) -> Draft:
    thread = next(iter(sandbox.mailbox.messages.values())).thread_id
    draft = Draft(
        thread=thread,
        sender=Address("Rina Wijaya", "rina@example.com"),
        to=(Address("Budi Santoso", "budi@acme.example"),),
        cc=(),
        subject="Re: About t",
        in_reply_to="<asked@sandbox.example>",
        references=("<asked@sandbox.example>",),
        text="Selamat siang Pak Budi,\n\nada kabar?\n",
        html="<div>ada kabar?</div>",
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # the fields' types differ


def posts(sandbox: Sandbox) -> list[tuple[str, str]]:
    writes = [request for request in sandbox.log if request.method != "GET" and request.path != "/batch"]
    return [(request.method, request.path.removeprefix("/gmail/v1/users/me")) for request in writes]


def test_a_draft_lies_in_its_thread_with_our_message_id(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))

    placed = folder.create(reply_to(sandbox), MESSAGE_ID)

    ((draft_id, message_id, thread_id, written),) = sandbox.drafts()
    assert placed == Placed(draft_id, message_id, thread_id)
    assert written["Message-ID"] == MESSAGE_ID
    assert written["In-Reply-To"] == written["References"] == "<asked@sandbox.example>"
    assert written["To"] == "Budi Santoso <budi@acme.example>"
    assert folder.list() == (placed,)
    assert "ada kabar?" in folder.get(draft_id).message.text


def test_an_update_keeps_the_draft_and_changes_its_message(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    placed = folder.create(reply_to(sandbox), MESSAGE_ID)

    updated = folder.update(placed.draft_id, reply_to(sandbox, text="Sudah ada kabar?"), MESSAGE_ID)

    assert (updated.draft_id, updated.thread_id) == (placed.draft_id, placed.thread_id)
    assert updated.message_id != placed.message_id
    assert "Sudah" in folder.get(placed.draft_id).message.text


def test_a_deleted_draft_is_gone_and_deleting_it_again_says_so(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    placed = folder.create(reply_to(sandbox), MESSAGE_ID)

    folder.delete(placed.draft_id)

    assert folder.list() == ()
    for again in (folder.delete, folder.get):
        with pytest.raises(NotFound):
            again(placed.draft_id)


def test_a_draft_of_a_new_thread_takes_the_thread_that_gmail_gives(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=[ASKED])
    alone = reply_to(sandbox, thread=None, subject="Thank you", in_reply_to="", references=())

    placed = DraftsFolder(connect(sandbox)).create(alone, MESSAGE_ID)

    assert placed.thread_id not in {alone.thread, reply_to(sandbox).thread}
    assert DraftsFolder(connect(sandbox)).find(MESSAGE_ID, None) == placed


def test_the_list_shows_the_owners_drafts_and_what_the_owner_touched(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    ours = folder.create(reply_to(sandbox), MESSAGE_ID)
    theirs = sandbox.owner_writes_draft({"to": "ayu@acme.example", "subject": "Halo", "text": "Halo"})
    sandbox.owner_edits_draft(ours.draft_id, text="My own words")

    seen = {placed.draft_id: placed.message_id for placed in folder.list()}

    assert set(seen) == {ours.draft_id, theirs}
    assert seen[ours.draft_id] != ours.message_id


AFTER = ["500_after", "503_after", "drop_after", "timeout_after", "html_200", "empty_200", "truncated_200"]
BEFORE = ["500", "502", "503", "drop_before", "timeout_before"]


@pytest.mark.parametrize("kind", AFTER)
def test_a_create_that_was_carried_out_without_an_answer_is_found_and_was_sent_once(
    serve: Serve, connect: Connect, kind: str
) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    folder.list()
    sandbox.fail(kind, "^POST .*/drafts$", delay=0.05)

    with pytest.raises(AmbiguousWrite):
        folder.create(reply_to(sandbox), MESSAGE_ID)

    assert posts(sandbox) == [("POST", "/drafts")]
    found = folder.find(MESSAGE_ID, reply_to(sandbox).thread)
    assert found is not None
    assert [found.draft_id] == [draft_id for draft_id, *_ in sandbox.drafts()]


def test_a_create_that_timed_out_after_it_was_carried_out_is_found(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox, timeout=0.2))
    sandbox.fail("timeout_after", "^POST .*/drafts$", delay=30.0)

    with pytest.raises(AmbiguousWrite):
        folder.create(reply_to(sandbox), MESSAGE_ID)

    assert posts(sandbox) == [("POST", "/drafts")]
    assert folder.find(MESSAGE_ID, reply_to(sandbox).thread) is not None


@pytest.mark.parametrize("kind", BEFORE)
def test_a_create_that_was_not_carried_out_is_not_found_and_was_sent_once(
    serve: Serve, connect: Connect, kind: str
) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    folder.list()
    sandbox.fail(kind, "^POST .*/drafts$", delay=0.05)

    with pytest.raises(AmbiguousWrite):
        folder.create(reply_to(sandbox), MESSAGE_ID)

    assert posts(sandbox) == [("POST", "/drafts")]
    assert folder.find(MESSAGE_ID, reply_to(sandbox).thread) is None


@pytest.mark.parametrize("kind", ["429", "403_rate", "403_quota", "403_resource_exhausted", "400", "404", "401", "409"])
def test_a_create_that_was_clearly_refused_left_nothing(serve: Serve, connect: Connect, kind: str) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    sandbox.fail(kind, "^POST .*/drafts$")

    with pytest.raises((TryLater, Failed)):
        folder.create(reply_to(sandbox), MESSAGE_ID)

    assert [call for call in posts(sandbox) if call[1] == "/drafts"] == [("POST", "/drafts")]
    assert sandbox.drafts() == []


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "500_after", "html_200"])
@pytest.mark.parametrize("verb", ["PUT", "DELETE"])
def test_other_writes_are_sent_once_too(serve: Serve, connect: Connect, verb: str, kind: str) -> None:
    sandbox = serve(messages=[ASKED])
    folder = DraftsFolder(connect(sandbox))
    placed = folder.create(reply_to(sandbox), MESSAGE_ID)
    update = partial(folder.update, placed.draft_id, reply_to(sandbox), MESSAGE_ID)
    write = update if verb == "PUT" else partial(folder.delete, placed.draft_id)
    sandbox.forget()
    sandbox.fail(kind, f"^{verb} .*/drafts/")

    with pytest.raises(AmbiguousWrite):
        write()
    assert posts(sandbox) == [(verb, f"/drafts/{placed.draft_id}")]


def test_a_draft_that_the_search_does_not_know_yet_is_found_in_its_thread(script: Script, connect: Connect) -> None:
    def kept(draft_id: str, message_id: str) -> Reply:
        headers = [{"name": "Message-Id", "value": message_id}, {"name": "From", "value": "rina@example.com"}]
        payload = {"mimeType": "text/plain", "headers": headers, "body": {"size": 0}}
        message = {"id": "m", "threadId": "t", "internalDate": "1780000000000", "payload": payload}
        return Reply({"id": draft_id, "message": message})

    places = {"r1": "t", "r2": "u", "r3": "t"}
    listed = [{"id": one, "message": {"id": f"m-{one}", "threadId": thread}} for one, thread in places.items()]
    script.replies = [Reply({}), Reply({"drafts": listed}), kept("r1", "<owners@example.com>"), kept("r3", MESSAGE_ID)]

    found = DraftsFolder(connect(script.root)).find(MESSAGE_ID, "t")

    assert found == Placed("r3", "m-r3", "t")
    assert [seen.path.split("?")[0].rsplit("/", 1)[-1] for seen in script.calls] == ["drafts", "drafts", "r1", "r3"]


def test_the_list_of_drafts_is_followed_over_its_pages_but_not_in_circles(script: Script, connect: Connect) -> None:
    def page(draft_id: str, token: str) -> Reply:
        drafts = [{"id": draft_id, "message": {"id": "m", "threadId": "t"}}]
        return Reply({"drafts": drafts} | ({"nextPageToken": token} if token else {}))

    script.replies = [page("r1", "2"), page("r2", "")]
    assert [placed.draft_id for placed in DraftsFolder(connect(script.root)).list()] == ["r1", "r2"]

    script.replies = [page("r1", "again")]
    with pytest.raises(Failed, match="twice"):
        DraftsFolder(connect(script.root)).list()


def test_a_draft_that_is_gone_while_it_is_looked_for_is_not_the_one(script: Script, connect: Connect) -> None:
    listed = Reply({"drafts": [{"id": "r1", "message": {"id": "m", "threadId": "t"}}]})
    script.replies = [Reply({}), listed, Reply(b"", 404)]

    assert DraftsFolder(connect(script.root)).find(MESSAGE_ID, "t") is None


def answer(thread: str) -> Reply:
    return Reply({"id": "r9", "message": {"id": "m9", "threadId": thread}})


def test_a_draft_in_the_wrong_thread_is_deleted_again(script: Script, connect: Connect, serve: Serve) -> None:
    draft = reply_to(serve(messages=[ASKED]))
    script.replies = [answer("elsewhere"), Reply(None, 204)]

    with pytest.raises(WrongThread, match="deleted again") as told:
        DraftsFolder(connect(script.root)).create(draft, MESSAGE_ID)
    assert (told.value.draft_id, told.value.withdrawn) == ("r9", True)
    assert [(seen.verb, seen.path) for seen in script.calls][1] == ("DELETE", "/gmail/v1/users/me/drafts/r9")


def test_a_draft_in_the_wrong_thread_that_stays_there_is_told(script: Script, connect: Connect, serve: Serve) -> None:
    draft = reply_to(serve(messages=[ASKED]))
    script.replies = [answer("elsewhere"), Reply(b"", 500)]

    with pytest.raises(WrongThread, match="could not be deleted") as told:
        DraftsFolder(connect(script.root)).create(draft, MESSAGE_ID)
    assert not told.value.withdrawn
    assert told.value.hint


def test_an_answer_that_names_no_draft_is_ambiguous(script: Script, connect: Connect, serve: Serve) -> None:
    draft = reply_to(serve(messages=[ASKED]))

    with pytest.raises(AmbiguousWrite):
        DraftsFolder(connect(script.root)).create(draft, MESSAGE_ID)
    assert len(script.calls) == 1


@pytest.mark.parametrize("address", ["", "nobody", "bu di@", "a@b\r\nBcc: c@d.example"])
def test_an_address_that_cannot_stand_in_a_mail_is_refused_before_the_call(
    serve: Serve, connect: Connect, address: str
) -> None:
    sandbox = serve(messages=[ASKED])

    with pytest.raises(Failed, match="form of a mail"):
        DraftsFolder(connect(sandbox)).create(reply_to(sandbox, to=(Address("x", address),)), MESSAGE_ID)
    assert posts(sandbox) == []
