"""What the sandbox answers to readers: profile, labels, messages, threads, settings, attachments."""

from __future__ import annotations

import gzip
import http.client
import json
from base64 import urlsafe_b64decode
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import pytest
from googleapiclient.errors import HttpError
from sandbox_discovery import document, methods, query_parameters

from susul.sandbox.calendar_api import CalendarApi
from susul.sandbox.gmail_api import GmailApi
from susul.sandbox.gmail_drafts import DraftsApi
from susul.sandbox.quota import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from susul.sandbox import Sandbox

Service = Any


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def status_of(call: Any) -> int:
    with pytest.raises(HttpError) as caught:
        call.execute()
    return int(caught.value.status_code)


def test_every_route_is_a_method_of_the_discovery_document_with_its_parameters(sandbox: Sandbox) -> None:
    gmail = GmailApi(sandbox.mailbox)
    routes = [*gmail.routes(), *DraftsApi(sandbox.mailbox, gmail).routes(), *CalendarApi(sandbox.mailbox).routes()]
    assert len(routes) > 30
    for one in routes:
        api, _, name = one.name.partition(".")
        method = methods(api)[name]
        assert (one.method, one.template) == (method["httpMethod"], method["whole_path"])
        assert one.parameters == set(query_parameters(method)), one.name


def test_every_gmail_route_has_its_price(sandbox: Sandbox) -> None:
    gmail = GmailApi(sandbox.mailbox)
    names = {one.name.removeprefix("gmail.") for one in (*gmail.routes(), *DraftsApi(sandbox.mailbox, gmail).routes())}
    assert names == set(UNITS)


def test_the_profile_counts_the_mailbox(gmail: Service) -> None:
    profile = gmail.getProfile(userId="me").execute()
    assert (profile["emailAddress"], profile["messagesTotal"], profile["threadsTotal"]) == ("rina@example.com", 4, 3)
    assert int(profile["historyId"]) > 0


def test_another_user_is_refused(gmail: Service) -> None:
    assert status_of(gmail.getProfile(userId="someone@else.example")) == 403


def test_a_full_message_has_headers_parts_and_unpadded_bodies(gmail: Service, sandbox: Sandbox) -> None:
    message = gmail.messages().get(userId="me", id=sandbox.mailbox.message_id("invite")).execute()
    payload = message["payload"]
    assert payload["mimeType"] == "multipart/mixed"
    assert {"name": "Message-ID", "value": "<invite@sandbox.example>"} in payload["headers"]
    alternative, attached = payload["parts"]
    assert [part["partId"] for part in alternative["parts"]] == ["0.0", "0.1"]
    assert "=" not in alternative["parts"][0]["body"]["data"]
    assert decoded(alternative["parts"][0]["body"]["data"]).decode().startswith("Halo Rina,")
    assert (attached["filename"], "data" in attached["body"]) == ("surat.pdf", False)
    assert "&amp; tim" in message["snippet"]
    assert message["internalDate"] == "1780282800000"


def test_an_attachment_is_fetched_by_its_id(gmail: Service, sandbox: Sandbox) -> None:
    own = sandbox.mailbox.message_id("invite")
    body = gmail.messages().get(userId="me", id=own).execute()["payload"]["parts"][1]["body"]
    fetched = gmail.messages().attachments().get(userId="me", messageId=own, id=body["attachmentId"]).execute()
    assert decoded(fetched["data"]).startswith(b"%PDF")
    assert fetched["size"] == body["size"]
    assert status_of(gmail.messages().attachments().get(userId="me", messageId=own, id="nothing")) == 404


def test_the_four_formats_differ_as_documented(gmail: Service, sandbox: Sandbox) -> None:
    own = sandbox.mailbox.message_id("accept")

    def get(form: str, **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = gmail.messages().get(userId="me", id=own, format=form, **more).execute()
        return answer

    assert "payload" not in get("minimal")
    metadata = get("metadata", metadataHeaders=["subject", "To"])["payload"]
    assert sorted(one["name"] for one in metadata["headers"]) == ["Subject", "To"]
    assert "parts" not in metadata
    assert len(get("metadata")["payload"]["headers"]) > 5
    raw = message_from_bytes(decoded(get("raw")["raw"]))
    assert raw["In-Reply-To"] == "<invite@sandbox.example>"


def test_ids_that_are_unknown_or_malformed_are_told_apart(gmail: Service) -> None:
    assert status_of(gmail.messages().get(userId="me", id="00000000000000aa")) == 404
    assert status_of(gmail.threads().get(userId="me", id="00000000000000aa")) == 404
    assert status_of(gmail.messages().get(userId="me", id="not-an-id")) == 400


def test_a_thread_has_its_messages_oldest_first(gmail: Service, sandbox: Sandbox) -> None:
    thread = gmail.threads().get(userId="me", id=sandbox.mailbox.thread_id("interview"), format="minimal").execute()
    assert [one["labelIds"] for one in thread["messages"]] == [["INBOX", "Label_1", "UNREAD"], ["SENT"]]
    assert int(thread["historyId"]) == max(int(one["historyId"]) for one in thread["messages"])


def test_lists_page_through_everything_once(gmail: Service) -> None:
    seen, call = [], gmail.messages().list(userId="me", maxResults=1, includeSpamTrash=True)
    while call is not None:
        page = call.execute()
        seen += [one["id"] for one in page.get("messages", [])]
        call = gmail.messages().list_next(call, page)
    assert len(seen) == len(set(seen)) == 4
    assert seen == sorted(seen, reverse=True)


def test_a_thread_is_listed_once_however_many_of_its_messages_match(gmail: Service) -> None:
    first = gmail.threads().list(userId="me", maxResults=1).execute()
    second = gmail.threads().list(userId="me", maxResults=5, pageToken=first["nextPageToken"]).execute()
    assert len(first["threads"]) == len(second["threads"]) == 1
    assert "nextPageToken" not in second


def test_lists_need_not_be_newest_first(gmail: Service, sandbox: Sandbox) -> None:
    plain = [one["id"] for one in gmail.messages().list(userId="me").execute()["messages"]]
    sandbox.habits.unordered_lists = True
    mixed = [one["id"] for one in gmail.messages().list(userId="me").execute()["messages"]]
    assert mixed != plain
    assert sorted(mixed) == sorted(plain)


def test_repeated_label_ids_must_all_be_there(gmail: Service, sandbox: Sandbox) -> None:
    both = gmail.messages().list(userId="me", labelIds=["INBOX", "Label_1"]).execute()
    assert [one["id"] for one in both["messages"]] == [sandbox.mailbox.message_id("invite")]
    assert "messages" not in gmail.messages().list(userId="me", labelIds=["INBOX", "SENT"]).execute()


def test_spam_is_listed_only_on_request(gmail: Service) -> None:
    assert len(gmail.messages().list(userId="me").execute()["messages"]) == 3
    assert len(gmail.messages().list(userId="me", includeSpamTrash=True).execute()["messages"]) == 4
    assert len(gmail.messages().list(userId="me", labelIds=["SPAM"]).execute()["messages"]) == 1


def test_labels_are_made_changed_counted_and_deleted(gmail: Service, sandbox: Sandbox) -> None:
    made = gmail.labels().create(userId="me", body={"name": "Follow-up", "labelListVisibility": "labelShow"}).execute()
    assert status_of(gmail.labels().create(userId="me", body={"name": "follow-UP"})) == 409
    assert gmail.labels().patch(userId="me", id=made["id"], body={"name": "Susul"}).execute()["name"] == "Susul"
    own = sandbox.mailbox.message_id("invite")
    changed = gmail.messages().modify(userId="me", id=own, body={"addLabelIds": [made["id"]]}).execute()
    assert made["id"] in changed["labelIds"]
    assert gmail.labels().get(userId="me", id=made["id"]).execute()["messagesTotal"] == 1
    gmail.labels().delete(userId="me", id=made["id"]).execute()
    assert made["id"] not in gmail.messages().get(userId="me", id=own).execute()["labelIds"]
    names = [one["name"] for one in gmail.labels().list(userId="me").execute()["labels"]]
    assert "INBOX" in names
    assert "Susul" not in names


@pytest.mark.parametrize("label", ["SENT", "DRAFT", "Label_99"])
def test_sent_draft_and_unknown_labels_cannot_be_applied(gmail: Service, sandbox: Sandbox, label: str) -> None:
    own = sandbox.mailbox.message_id("invite")
    assert status_of(gmail.messages().modify(userId="me", id=own, body={"addLabelIds": [label]})) == 400


def test_a_thread_is_labelled_but_for_its_drafts(gmail: Service, sandbox: Sandbox) -> None:
    sandbox.owner_writes_draft({"reply_to": "accept", "to": "budi@acme.example", "text": "…"})
    own = sandbox.mailbox.thread_id("interview")
    changed = gmail.threads().modify(userId="me", id=own, body={"addLabelIds": ["STARRED"]}).execute()
    assert [("STARRED" in one["labelIds"]) for one in changed["messages"]] == [True, True, False]


def test_send_as_lists_the_primary_address_first_and_says_what_is_verified(gmail: Service) -> None:
    entries = gmail.settings().sendAs().list(userId="me").execute()["sendAs"]
    assert [one["sendAsEmail"] for one in entries] == ["rina@example.com", "rina@wijaya.example", "x@y.example"]
    assert [one.get("verificationStatus") for one in entries] == [None, "accepted", "pending"]
    assert entries[0]["isPrimary"]


def test_fields_cut_the_answer(gmail: Service, sandbox: Sandbox) -> None:
    wanted = "id,messages(id,payload(headers/name,parts/partId))"
    own = sandbox.mailbox.thread_id("interview")
    thread = gmail.threads().get(userId="me", id=own, fields=wanted).execute()
    assert set(thread) == {"id", "messages"}
    assert set(thread["messages"][0]) == {"id", "payload"}
    assert set(thread["messages"][0]["payload"]["headers"][0]) == {"name"}
    assert status_of(gmail.threads().get(userId="me", id=own, fields="id,(")) == 400


def test_a_long_question_comes_as_an_overridden_post(gmail: Service, sandbox: Sandbox) -> None:
    query = "{" + " ".join(f"from:nobody{n}@example.com" for n in range(200)) + " subject:proposal}"
    found = gmail.messages().list(userId="me", q=query).execute()
    assert [one["id"] for one in found["messages"]] == [sandbox.mailbox.message_id("offer")]
    assert (sandbox.log[-1].method, sandbox.log[-1].query["q"]) == ("GET", [query])


def test_gzip_is_used_when_asked_for(sandbox: Sandbox) -> None:
    connection = http.client.HTTPConnection(sandbox.api_root.removeprefix("http://"))
    headers = {"Authorization": f"Bearer {sandbox.token()['token']}", "Accept-Encoding": "gzip"}
    connection.request("GET", "/gmail/v1/users/me/labels", headers=headers)
    response = connection.getresponse()
    assert response.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(response.read()))["labels"]
    connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80"])
def test_a_page_that_rebinds_its_name_reaches_nothing(sandbox: Sandbox, host: str) -> None:
    connection = http.client.HTTPConnection(sandbox.api_root.removeprefix("http://"))
    connection.request("GET", "/sandbox/state", headers={"Host": host})
    response = connection.getresponse()
    assert (response.status, b"loopback" in response.read()) == (403, True)
    connection.close()


def test_insert_puts_a_reply_into_its_thread(gmail: Service, sandbox: Sandbox, reply: Callable[..., str]) -> None:
    own = sandbox.mailbox.thread_id("interview")
    made = gmail.messages().insert(userId="me", body={"raw": reply(), "threadId": own, "labelIds": ["INBOX"]}).execute()
    assert made["threadId"] == own
    other = gmail.messages().insert(userId="me", body={"raw": reply(subject="Lain"), "threadId": own}).execute()
    assert other["threadId"] == other["id"]


def test_trash_is_a_label_and_not_the_end(gmail: Service, sandbox: Sandbox) -> None:
    own = sandbox.mailbox.message_id("invite")
    assert "TRASH" in gmail.messages().trash(userId="me", id=own).execute()["labelIds"]
    assert own not in [one["id"] for one in gmail.messages().list(userId="me").execute()["messages"]]
    assert "TRASH" not in gmail.messages().untrash(userId="me", id=own).execute()["labelIds"]


def test_the_checker_itself_sees_a_wrong_answer() -> None:
    from sandbox_discovery import answer_problems, request_problems

    assert answer_problems("gmail", {"$ref": "Message"}, {"id": "1", "historyId": 5, "colour": "red"}) == [
        "$.historyId: 5 is no string uint64",
        "$.colour: unknown",
    ]
    assert request_problems("GET", "/gmail/v1/users/me/messages", {"limit": ["5"]})
    assert request_problems("GET", "/gmail/v1/users/me/inbox", {})
    assert document("gmail")["batchPath"] == "batch"
