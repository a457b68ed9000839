"""The Gmail reader against the sandbox."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from scripted import Clock, Connect, Reply, Script, Serve, mail

from susul.errors import Failed, HistoryExpired, NotFound, SignInNeeded, TryLater
from susul.sandbox import Quota
from susul.sources.google.gmail import BATCH_SIZE, GmailReader, Listing, Part
from susul.sources.google.history import Change, ChangeKind
from susul.sources.google.pace import Budget

if TYPE_CHECKING:
    from susul.sandbox import Sandbox

THREADS = [mail(f"m{n}", f"t{n}", f"2026-05-{n % 28 + 1:02}T09:00:00+07:00") for n in range(45)]


def thread_ids(sandbox: Sandbox) -> list[str]:
    return sorted({message.thread_id for message in sandbox.mailbox.messages.values()})


def paths(sandbox: Sandbox) -> list[tuple[str, str]]:
    return [(request.method, request.path.removeprefix("/gmail/v1/users/me")) for request in sandbox.log]


def test_the_profile_gives_the_address_and_a_numeric_cursor(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:2])

    profile = GmailReader(connect(sandbox)).profile()

    assert profile.address == "rina@example.com"
    assert profile.history_id == sandbox.mailbox.history.current


def test_only_addresses_that_gmail_confirmed_may_be_written_from(serve: Serve, connect: Connect) -> None:
    aliases = [
        {"address": "Rina.Wijaya@studio.example", "name": "Rina W.", "signature": "<b>Rina</b>", "verified": True},
        {"address": "pending@studio.example", "name": "Rina", "verified": False},
    ]
    sandbox = serve(send_as=aliases, signature="<i>Salam</i>")

    found = {alias.address: alias for alias in GmailReader(connect(sandbox)).send_as()}

    assert set(found) == {"rina@example.com", "rina.wijaya@studio.example"}
    assert found["rina@example.com"].primary
    assert found["rina.wijaya@studio.example"].signature == "<b>Rina</b>"


def test_a_threads_messages_come_in_time_order_with_the_names_of_their_labels(serve: Serve, connect: Connect) -> None:
    sandbox = serve(
        labels=["Lamaran"],
        messages=[
            mail("late", "t", "2026-06-02T09:00:00+07:00", "rina@example.com"),
            mail("early", "t", "2026-06-01T09:00:00+07:00", labels=["INBOX", "Lamaran"], cc="Ayu <ayu@acme.example>"),
        ],
    )
    reader = GmailReader(connect(sandbox))

    early, late = reader.thread(thread_ids(sandbox)[0])

    assert early.sent_at == datetime(2026, 6, 1, 2, tzinfo=UTC)
    assert early.labels == {"INBOX", "Lamaran"}
    assert early.cc[0].email == "ayu@acme.example"
    assert "Text of early." in early.text
    assert "SENT" in late.labels
    assert reader.message(early.id) == early


def test_lists_are_followed_over_all_their_pages(serve: Serve, connect: Connect) -> None:
    many = [mail(f"m{n}", f"t{n}", "2026-05-01T09:00:00+07:00") for n in range(501)]
    sandbox = serve(messages=many)

    pages = list(GmailReader(connect(sandbox)).list_ids(label_ids=["INBOX"]))

    assert [len(page) for page in pages] == [500, 1]
    assert len({ref.message_id for page in pages for ref in page}) == 501
    assert sandbox.units == 10


def test_lists_obey_the_query_and_leave_spam_out_unless_asked(serve: Serve, connect: Connect) -> None:
    sandbox = serve(
        messages=[
            mail("a", "t1", "2026-05-01T09:00:00+07:00", labels=["SPAM"]),
            mail("b", "t2", "2026-05-02T09:00:00+07:00"),
            mail("c", "t3", "2026-04-01T09:00:00+07:00"),
        ]
    )
    reader = GmailReader(connect(sandbox))
    since = f"after:{int(datetime(2026, 4, 15, tzinfo=UTC).timestamp())}"

    assert sum(len(page) for page in reader.list_ids(since)) == 1
    assert sum(len(page) for page in reader.list_ids(since, include_spam_trash=True)) == 2


def test_threads_come_in_bounded_batches_at_the_configured_address(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS)
    wanted = thread_ids(sandbox)
    reader = GmailReader(connect(sandbox), {})

    batches = list(reader.threads([*wanted, *wanted]))

    assert [len(batch.found) for batch in batches] == [BATCH_SIZE] * (45 // BATCH_SIZE) + [45 % BATCH_SIZE]
    assert {found for batch in batches for found in batch.found} == set(wanted)
    assert [path for _, path in paths(sandbox)].count("/batch") == len(batches)
    assert sandbox.units == 45 * 40


def test_a_batch_names_what_is_gone_and_keeps_the_rest(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:3])
    wanted = thread_ids(sandbox)

    (batch,) = GmailReader(connect(sandbox), {}).threads([*wanted, "18aaaaaaaaaaaaaa"])

    assert set(batch.found) == set(wanted)
    assert batch.missing == {"18aaaaaaaaaaaaaa"}
    assert not batch.failed


@pytest.mark.parametrize("kind", ["429", "403_rate", "403_user_rate", "503", "500", "missing_part", "html_200"])
def test_parts_that_were_put_off_are_asked_for_again_by_themselves(serve: Serve, connect: Connect, kind: str) -> None:
    sandbox = serve(messages=THREADS[:4])
    sandbox.fail(kind, "threads/", nth=2, times=2)

    (batch,) = GmailReader(connect(sandbox), {}).threads(thread_ids(sandbox))

    assert len(batch.found) == 4
    parts = [request for request in sandbox.log if request.in_batch]
    assert len(parts) == 6


def test_a_second_try_that_breaks_off_leaves_what_the_first_one_had(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:4])
    sandbox.fail("503", "threads/", nth=2)
    sandbox.fail("500", "POST /batch", nth=2, times=None)

    (batch,) = GmailReader(connect(sandbox), {}).threads(thread_ids(sandbox))

    assert (len(batch.found), len(batch.failed)) == (3, 1)


def test_a_batch_that_fails_as_a_whole_says_so(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:4])
    sandbox.fail("500", "POST /batch", times=None)

    with pytest.raises(TryLater):
        next(GmailReader(connect(sandbox), {}).threads(thread_ids(sandbox)))


def test_parts_that_stay_refused_are_handed_back_with_their_error(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:4])
    wanted = thread_ids(sandbox)
    sandbox.fail("429", f"threads/{wanted[1]}", times=None)

    (batch,) = GmailReader(connect(sandbox), {}).threads(wanted)

    assert set(batch.found) == set(wanted) - {wanted[1]}
    assert isinstance(batch.failed[wanted[1]], TryLater)


def test_too_many_calls_at_once_cost_time_and_no_thread(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:20])
    sandbox.concurrency = BATCH_SIZE - 3

    (batch,) = GmailReader(connect(sandbox), {}).threads(thread_ids(sandbox)[:BATCH_SIZE])

    assert len(batch.found) == BATCH_SIZE


def test_a_batch_is_cut_to_what_the_minute_still_allows(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS)
    reader = GmailReader(connect(sandbox, budget=Budget(1000, patience=3600)), {})

    assert [len(batch.found) for batch in reader.threads(thread_ids(sandbox))] == [8, 8, 8, 1, 8, 8, 4]


def test_under_the_enforced_quota_every_thread_is_read_and_no_call_is_wasted(
    serve: Serve, connect: Connect, clock: Clock
) -> None:
    sandbox = serve(messages=[mail(f"m{n}", f"t{n}", "2026-05-01T09:00:00+07:00") for n in range(200)])
    sandbox.quota = Quota(units_per_minute=3000, clock=lambda: clock.now().timestamp())
    reader = GmailReader(connect(sandbox, budget=Budget(3000, patience=3600)), {})

    found = [one for batch in reader.threads(thread_ids(sandbox)) for one in batch.found]

    assert len(found) == 200
    assert {request.status for request in sandbox.log} == {200}
    assert sum(clock.slept) == 122.0


@pytest.mark.parametrize("shape", ["429", "403"])
def test_a_quota_that_others_use_too_costs_time_and_no_thread(
    serve: Serve, connect: Connect, clock: Clock, shape: str
) -> None:
    sandbox = serve(messages=THREADS)
    sandbox.quota = Quota(units_per_minute=800, shape=shape, tell="text", clock=lambda: clock.now().timestamp())
    reader = GmailReader(connect(sandbox, budget=Budget(6000, patience=3600)), {})

    found = [one for batch in reader.threads(thread_ids(sandbox)) for one in batch.found]

    assert len(found) == 45


def test_what_was_yielded_before_the_quota_ended_stands(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS)
    batches = GmailReader(connect(sandbox, budget=Budget(BATCH_SIZE * 40, patience=5)), {}).threads(thread_ids(sandbox))

    assert len(next(batches).found) == BATCH_SIZE
    with pytest.raises(TryLater):
        next(batches)


def test_single_messages_come_in_batches_too(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:3])
    wanted = list(sandbox.mailbox.messages)

    parts = [Part(message, message) for message in (*wanted, "18aaaaaaaaaaaaaa")]
    (batch,) = GmailReader(connect(sandbox), {}).read(parts)

    assert {asked: one.id for asked, (one,) in batch.found.items()} == dict(zip(wanted, wanted, strict=True))
    assert batch.missing == {"18aaaaaaaaaaaaaa"}
    assert sandbox.units == 80


def test_a_deleted_thread_is_not_found(serve: Serve, connect: Connect) -> None:
    with pytest.raises(NotFound):
        GmailReader(connect(serve())).thread("18aaaaaaaaaaaaaa")


def test_label_names_are_asked_for_once_and_only_when_needed(serve: Serve, connect: Connect) -> None:
    labelled = [{**one, "labels": ["INBOX", "Lamaran"]} for one in THREADS[1:3]]
    sandbox = serve(labels=["Lamaran"], messages=[THREADS[0], *labelled])
    reader = GmailReader(connect(sandbox))
    plain, *others = thread_ids(sandbox)
    reader.thread(plain)
    assert "/labels" not in [path for _, path in paths(sandbox)]

    for thread_id in others:
        reader.thread(thread_id)

    assert [path for _, path in paths(sandbox)].count("/labels") == 1


# --- history ---


def test_nothing_new_costs_two_units(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:2])
    reader = GmailReader(connect(sandbox))
    cursor = reader.profile().history_id
    sandbox.forget()

    history = reader.history_since(cursor)

    assert (history.changes, history.history_id) == ((), cursor)
    assert (len(sandbox.log), sandbox.units) == (1, 2)


def test_history_tells_what_came_what_moved_and_what_went(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:2])
    first, second = sorted(sandbox.mailbox.messages)
    reader = GmailReader(connect(sandbox))
    cursor = reader.profile().history_id

    new = sandbox.deliver({"from": "budi@acme.example", "to": "rina@example.com", "subject": "Kabar", "text": "Halo"})
    sandbox.label(first, add=("STARRED",), remove=("INBOX",))
    sandbox.delete_message(second)
    history = reader.history_since(cursor)

    told = {(change.kind, change.message_id) for change in history.changes}
    assert told >= {
        (ChangeKind.ADDED, new),
        (ChangeKind.LABELS_ADDED, first),
        (ChangeKind.LABELS_REMOVED, first),
        (ChangeKind.DELETED, second),
    }
    moved = {change.kind: change.moved for change in history.changes if change.message_id == first}
    assert moved == {ChangeKind.LABELS_ADDED: {"STARRED"}, ChangeKind.LABELS_REMOVED: {"INBOX"}}
    assert history.history_id > cursor
    assert not reader.history_since(history.history_id).changes


def test_a_drafts_own_noise_touches_no_thread_but_sending_it_does(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:1])
    reader = GmailReader(connect(sandbox))
    cursor = reader.profile().history_id
    draft = sandbox.owner_writes_draft({"reply_to": "m0", "to": "budi@acme.example", "text": "Halo"})
    sandbox.owner_edits_draft(draft, text="Halo Budi")

    written = reader.history_since(cursor)
    sandbox.owner_sends_draft(draft)
    sent = reader.history_since(written.history_id)

    assert written.changes
    assert all(fate.draft or fate.gone for fate in written.fates().values())
    (mail,) = [fate for fate in sent.fates().values() if fate.arrived and not fate.draft and not fate.gone]
    assert [mail.thread_id] == thread_ids(sandbox)


def test_several_lists_come_in_one_request_a_page(serve: Serve, connect: Connect) -> None:
    many = [mail(f"m{n}", f"t{n}", "2026-05-01T09:00:00+07:00") for n in range(501)]
    sandbox = serve(messages=many)

    everything, nothing, newest = GmailReader(connect(sandbox)).lists(
        [Listing(), Listing("subject:nowhere"), Listing(label_ids=("INBOX",), newest=3)]
    )

    assert (len(set(everything)), len(nothing), len(newest)) == (501, 0, 3)
    assert sum(not request.in_batch for request in sandbox.log) == 2
    assert sandbox.units == 20


def test_connections_share_what_a_minute_allows(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS)
    transport = connect(sandbox, budget=Budget(30 * 40, patience=70))

    batches = list(GmailReader(transport, {}).threads(thread_ids(sandbox)))

    assert [len(batch.found) for batch in batches] == [8, 8, 8, 6, 8, 7]
    assert transport.budget.units == 45 * 40


def test_an_expired_cursor_is_told_apart(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:2])
    reader = GmailReader(connect(sandbox))
    cursor = reader.profile().history_id
    sandbox.expire_history()

    with pytest.raises(HistoryExpired):
        reader.history_since(cursor)


def test_a_page_without_history_is_followed_to_the_next(script: Script, connect: Connect) -> None:
    record = {"id": "9", "messagesAdded": [{"message": {"id": "m", "threadId": "t", "labelIds": ["INBOX"]}}]}
    script.replies = [
        Reply({"historyId": "40", "nextPageToken": "2"}),
        Reply({"historyId": "41", "history": [record, {"id": "10"}, {"id": "11", "labelsAdded": [{}]}]}),
    ]

    history = GmailReader(connect(script.root)).history_since(7)

    assert history.changes == (Change(ChangeKind.ADDED, "m", "t", frozenset({"INBOX"})),)
    assert history.history_id == 40


@pytest.mark.parametrize("value", [None, "", "x", "-1", "9" * 21, "١"])
def test_a_cursor_that_is_no_number_is_refused(script: Script, connect: Connect, value: Any) -> None:
    script.replies = [Reply({"emailAddress": "rina@example.com", "historyId": value})]

    with pytest.raises(Failed, match="history id"):
        GmailReader(connect(script.root)).profile()


def test_a_list_that_goes_round_in_circles_is_given_up(script: Script, connect: Connect) -> None:
    script.replies = [Reply({"messages": [], "nextPageToken": "again"})]

    with pytest.raises(Failed, match="twice"):
        list(GmailReader(connect(script.root)).list_ids())


def test_a_revoked_permission_needs_a_sign_in(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:1])
    reader = GmailReader(connect(sandbox))
    reader.profile()
    sandbox.oauth.revoke_all()

    with pytest.raises(SignInNeeded, match="no longer accepts"):
        reader.profile()


def test_an_expired_access_token_is_renewed_in_passing(serve: Serve, connect: Connect) -> None:
    sandbox = serve(messages=THREADS[:1])
    reader = GmailReader(connect(sandbox), {})
    reader.profile()
    sandbox.oauth.expire_access()

    (batch,) = reader.threads(thread_ids(sandbox))

    assert len(batch.found) == 1
    assert ("POST", "/token") in paths(sandbox)
