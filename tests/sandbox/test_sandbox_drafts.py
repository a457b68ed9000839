"""Drafts, their threads and the history that tells of them."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from googleapiclient.errors import HttpError

if TYPE_CHECKING:
    from susul.sandbox import Sandbox

Service = Any
Reply = Callable[..., str]


def status_of(call: Any) -> int:
    with pytest.raises(HttpError) as caught:
        call.execute()
    return int(caught.value.status_code)


def create(gmail: Service, raw: str, thread: str | None = None) -> dict[str, Any]:
    message = {"raw": raw, **({"threadId": thread} if thread else {})}
    answer: dict[str, Any] = gmail.drafts().create(userId="me", body={"message": message}).execute()
    return answer


@pytest.fixture
def interview(sandbox: Sandbox) -> str:
    found = sandbox.mailbox.thread_id("interview")
    assert found
    return found


def changes(gmail: Service, start: str, **more: Any) -> list[tuple[str, str]]:
    """``(kind, message id)`` of everything since ``start``."""
    answer = gmail.history().list(userId="me", startHistoryId=start, **more).execute()
    found = []
    for record in answer.get("history", []):
        for kind in ("messagesAdded", "messagesDeleted", "labelsAdded", "labelsRemoved"):
            found += [(kind, one["message"]["id"]) for one in record.get(kind, [])]
    return found


def test_a_fitting_reply_lands_in_its_thread(gmail: Service, interview: str, reply: Reply) -> None:
    draft = create(gmail, reply(), interview)
    assert draft["message"]["threadId"] == interview
    assert draft["message"]["labelIds"] == ["DRAFT"]
    listed = gmail.drafts().list(userId="me").execute()["drafts"]
    assert listed == [{"id": draft["id"], "message": {"id": draft["message"]["id"], "threadId": interview}}]


@pytest.mark.parametrize(
    "arguments",
    [{"subject": "Terima kasih"}, {"parent": ""}, {"parent": "<stranger@elsewhere.example>"}],
    ids=["another subject", "no headers", "a reply to something else"],
)
def test_a_reply_that_does_not_fit_lands_in_a_thread_of_its_own(
    gmail: Service, interview: str, reply: Reply, arguments: dict[str, str]
) -> None:
    raw = reply(**arguments)
    if arguments.get("parent", "").startswith("<stranger"):
        raw = urlsafe_b64encode(
            b"Subject: Re: Undangan Wawancara\r\nIn-Reply-To: <stranger@x.example>\r\n\r\nhi"
        ).decode()
    assert create(gmail, raw, interview)["message"]["threadId"] != interview


def test_headers_without_a_thread_id_do_not_join(gmail: Service, interview: str, reply: Reply) -> None:
    assert create(gmail, reply())["message"]["threadId"] != interview


def test_an_unknown_thread_and_a_missing_raw_are_refused(gmail: Service, reply: Reply) -> None:
    for thread, status in (("00000000000000aa", 404), ("hello", 400)):
        body = {"message": {"raw": reply(), "threadId": thread}}
        assert status_of(gmail.drafts().create(userId="me", body=body)) == status
    headers_only = {"message": {"payload": {"headers": [{"name": "To", "value": "a@b.example"}]}}}
    assert status_of(gmail.drafts().create(userId="me", body=headers_only)) == 400
    assert status_of(gmail.drafts().create(userId="me", body={"message": {"raw": "!!"}})) == 400


def test_gmail_fills_from_and_replaces_one_that_is_not_ours(gmail: Service, sandbox: Sandbox) -> None:
    for sender, shown in (
        ("", "rina@example.com"),
        ("rina@wijaya.example", "rina@wijaya.example"),
        ("x@y.example", ME),
    ):
        head = f"From: {sender}\r\n" if sender else ""
        create(gmail, urlsafe_b64encode(f"{head}Subject: a\r\n\r\nhi".encode()).decode())
        assert shown in sandbox.drafts()[-1][3]["From"]
        assert len(sandbox.drafts()[-1][3].get_all("From") or ()) == 1


ME = "rina@example.com"


def test_an_update_keeps_the_draft_id_and_changes_the_message_id(
    gmail: Service, sandbox: Sandbox, interview: str, reply: Reply
) -> None:
    draft = create(gmail, reply(), interview)
    start = gmail.getProfile(userId="me").execute()["historyId"]
    body = {"message": {"raw": reply(extra="X-Round: 2\r\n"), "threadId": interview}}
    updated = gmail.drafts().update(userId="me", id=draft["id"], body=body).execute()
    assert updated["id"] == draft["id"]
    assert updated["message"]["id"] != draft["message"]["id"]
    assert updated["message"]["threadId"] == interview
    assert changes(gmail, start) == [
        ("messagesDeleted", draft["message"]["id"]),
        ("messagesAdded", updated["message"]["id"]),
    ]
    assert status_of(gmail.messages().get(userId="me", id=draft["message"]["id"])) == 404
    assert gmail.drafts().get(userId="me", id=draft["id"], format="raw").execute()["message"]["raw"]


def test_an_update_without_thread_id_leaves_the_thread(gmail: Service, interview: str, reply: Reply) -> None:
    draft = create(gmail, reply(), interview)
    updated = gmail.drafts().update(userId="me", id=draft["id"], body={"message": {"raw": reply()}}).execute()
    assert updated["message"]["threadId"] != interview


def test_a_deleted_draft_is_gone_for_good(gmail: Service, interview: str, reply: Reply) -> None:
    draft = create(gmail, reply(), interview)
    gmail.drafts().delete(userId="me", id=draft["id"]).execute()
    assert "drafts" not in gmail.drafts().list(userId="me", includeSpamTrash=True).execute()
    assert status_of(gmail.drafts().get(userId="me", id=draft["id"])) == 404
    assert status_of(gmail.drafts().delete(userId="me", id=draft["id"])) == 404


def test_a_draft_is_found_by_its_message_id_header(gmail: Service, interview: str, reply: Reply) -> None:
    draft = create(gmail, reply(), interview)
    found = gmail.drafts().list(userId="me", q="rfc822msgid:own-1@susul.example").execute()["drafts"]
    assert [one["id"] for one in found] == [draft["id"]]
    assert "drafts" not in gmail.drafts().list(userId="me", q="rfc822msgid:<none@susul.example>").execute()


def test_a_new_draft_may_be_out_of_reach_of_search_for_a_while(
    gmail: Service, sandbox: Sandbox, interview: str, reply: Reply
) -> None:
    sandbox.habits.search_lag = 60
    create(gmail, reply(), interview)
    question = gmail.drafts().list(userId="me", q="rfc822msgid:own-1@susul.example")
    everywhere = gmail.messages().list(userId="me", q="in:draft")
    assert "drafts" not in question.execute()
    assert "messages" not in everywhere.execute()
    assert len(gmail.drafts().list(userId="me").execute()["drafts"]) == 1
    sandbox.advance(timedelta(seconds=61))
    assert len(question.execute()["drafts"]) == len(everywhere.execute()["messages"]) == 1


def test_drafts_are_paged(gmail: Service, reply: Reply) -> None:
    made = {create(gmail, reply(subject=f"number {n}"))["id"] for n in range(5)}
    seen, call = [], gmail.drafts().list(userId="me", maxResults=2)
    while call is not None:
        page = call.execute()
        seen += [one["id"] for one in page["drafts"]]
        call = gmail.drafts().list_next(call, page)
    assert len(seen) == 5
    assert set(seen) == made


def test_the_web_composer_rewrites_what_it_touches(
    gmail: Service, sandbox: Sandbox, interview: str, reply: Reply
) -> None:
    draft = create(gmail, reply(extra="X-Susul: 1\r\n"), interview)
    opened = sandbox.owner_opens_draft(draft["id"])
    assert opened != draft["message"]["id"]
    (draft_id, message_id, thread_id, message) = sandbox.drafts()[0]
    assert (draft_id, message_id, thread_id) == (draft["id"], opened, interview)
    plain, rich = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert plain.get_content().strip() == "Terima kasih banyak."
    assert rich is not None
    assert rich.get_content().startswith('<div dir="ltr">')
    assert message["X-Susul"] is None
    assert message["Message-ID"] == "<own-1@susul.example>"


def test_attachments_outlive_an_edit(sandbox: Sandbox) -> None:
    draft = sandbox.owner_writes_draft({"subject": "CV", "text": "Terlampir", "attachments": ["cv.pdf"]})
    sandbox.owner_edits_draft(draft, "Terlampir CV saya")
    assert [part.get_filename() for part in sandbox.drafts()[0][3].iter_attachments()] == ["cv.pdf"]


def test_an_edited_text_keeps_the_thread_and_an_edited_subject_leaves_it(
    gmail: Service, sandbox: Sandbox, interview: str, reply: Reply
) -> None:
    draft = create(gmail, reply(), interview)
    sandbox.owner_edits_draft(draft["id"], "Halo Pak Budi")
    assert sandbox.drafts()[0][2] == interview
    sandbox.owner_edits_draft(draft["id"], subject="Sampai jumpa")
    assert sandbox.drafts()[0][0] == draft["id"]
    assert sandbox.drafts()[0][2] != interview
    assert "Halo Pak Budi" in sandbox.drafts()[0][3].as_string()


def test_a_sent_draft_is_a_new_sent_message(gmail: Service, sandbox: Sandbox, interview: str, reply: Reply) -> None:
    draft = create(gmail, reply(), interview)
    start = gmail.getProfile(userId="me").execute()["historyId"]
    sent = sandbox.owner_sends_draft(draft["id"])
    message = gmail.messages().get(userId="me", id=sent, format="metadata").execute()
    assert (message["labelIds"], message["threadId"]) == (["SENT"], interview)
    assert {"name": "Message-ID", "value": "<own-1@susul.example>"} in message["payload"]["headers"]
    assert "drafts" not in gmail.drafts().list(userId="me").execute()
    assert changes(gmail, start) == [("messagesDeleted", draft["message"]["id"]), ("messagesAdded", sent)]


def test_message_ids_may_get_lost_on_the_way(gmail: Service, sandbox: Sandbox, interview: str, reply: Reply) -> None:
    draft = create(gmail, reply(), interview)
    sandbox.habits.sending_drops_message_id = True
    sent = sandbox.owner_sends_draft(draft["id"])
    assert sandbox.mailbox.message(sent).rfc_id not in ("", "<own-1@susul.example>")


def test_a_discarded_draft_is_gone(gmail: Service, sandbox: Sandbox, reply: Reply) -> None:
    draft = create(gmail, reply())
    sandbox.owner_discards_draft(draft["id"])
    assert sandbox.drafts() == []
    assert status_of(gmail.drafts().get(userId="me", id=draft["id"])) == 404


def test_a_draft_carries_no_other_label(gmail: Service, reply: Reply) -> None:
    draft = create(gmail, reply())
    body = {"addLabelIds": ["STARRED"]}
    assert status_of(gmail.messages().modify(userId="me", id=draft["message"]["id"], body=body)) == 400


@pytest.mark.parametrize("resource", ["messages", "drafts"])
def test_sending_is_refused_and_remembered(gmail: Service, sandbox: Sandbox, reply: Reply, resource: str) -> None:
    draft = create(gmail, reply())
    body = {"raw": reply()} if resource == "messages" else {"id": draft["id"]}
    assert status_of(getattr(gmail, resource)().send(userId="me", body=body)) == 403
    assert [one.path for one in sandbox.violations] == [f"/gmail/v1/users/me/{resource}/send"]
    assert len(sandbox.drafts()) == 1


# ---------------------------------------------------------------------- history


def test_history_tells_what_happened_since(gmail: Service, sandbox: Sandbox) -> None:
    start = gmail.getProfile(userId="me").execute()["historyId"]
    assert "history" not in gmail.history().list(userId="me", startHistoryId=start).execute()
    mail = {"from": "budi@acme.example", "reply_to": "accept", "text": "Sampai jumpa"}
    arrived = sandbox.deliver(mail)
    sandbox.label(arrived, add=("STARRED",), remove=("UNREAD",))
    assert changes(gmail, start) == [("messagesAdded", arrived), ("labelsAdded", arrived), ("labelsRemoved", arrived)]
    assert changes(gmail, start, historyTypes=["labelAdded", "messageAdded"]) == [
        ("messagesAdded", arrived),
        ("labelsAdded", arrived),
    ]
    assert changes(gmail, start, labelId="SENT") == []
    assert changes(gmail, start, labelId="UNREAD") == [
        ("messagesAdded", arrived),
        ("labelsAdded", arrived),
        ("labelsRemoved", arrived),
    ]
    thread = gmail.messages().get(userId="me", id=arrived, format="minimal").execute()["threadId"]
    assert thread == sandbox.mailbox.thread_id("interview")


def test_history_ids_grow_with_gaps(gmail: Service, sandbox: Sandbox) -> None:
    start = gmail.getProfile(userId="me").execute()["historyId"]
    for n in range(5):
        sandbox.deliver({"from": "a@b.example", "subject": f"n {n}", "text": "x"})
    answer = gmail.history().list(userId="me", startHistoryId=start).execute()
    ids = [int(one["id"]) for one in answer["history"]]
    assert ids == sorted(set(ids))
    assert max(ids) - min(ids) > len(ids)
    assert int(answer["historyId"]) == max(ids)


@pytest.mark.parametrize("sparse", [False, True])
def test_history_pages_may_lack_their_history(gmail: Service, sandbox: Sandbox, sparse: bool) -> None:
    start = gmail.getProfile(userId="me").execute()["historyId"]
    made = [sandbox.deliver({"from": "a@b.example", "subject": f"n {n}", "text": "x"}) for n in range(5)]
    sandbox.habits.sparse_history_pages = sparse
    seen, empty, call = [], 0, gmail.history().list(userId="me", startHistoryId=start, maxResults=2)
    while call is not None:
        page = call.execute()
        empty += "history" not in page
        seen += [one["message"]["id"] for record in page.get("history", []) for one in record["messagesAdded"]]
        call = gmail.history().list_next(call, page)
    assert seen == made
    assert bool(empty) == sparse


def test_an_expired_or_unknown_start_answers_404(gmail: Service, sandbox: Sandbox) -> None:
    start = gmail.getProfile(userId="me").execute()["historyId"]
    sandbox.expire_history()
    assert status_of(gmail.history().list(userId="me", startHistoryId=start)) == 404
    fresh = gmail.getProfile(userId="me").execute()["historyId"]
    assert "history" not in gmail.history().list(userId="me", startHistoryId=fresh).execute()
    assert status_of(gmail.history().list(userId="me", startHistoryId="99999999999999")) == 404
    assert status_of(gmail.history().list(userId="me", startHistoryId="soon")) == 400
