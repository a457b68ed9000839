from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.reading.mime import from_gmail, from_rfc5322

if TYPE_CHECKING:
    from susul.model import Message

MEGABYTE = 1_000_000


def read(raw: bytes) -> Message:
    return from_rfc5322(raw, id="", thread_id="", labels=frozenset())


def storable(message: Message) -> bool:
    words = [
        message.subject,
        message.text,
        message.html,
        message.sender.name,
        *message.attachments,
        *message.headers.values(),
    ]
    return all(word.encode() is not None for word in words) and message.sent_at.utcoffset() is not None


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message(raw: bytes) -> None:
    assert storable(read(raw))


PIECES = [
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Type: multipart/alternative; boundary=c\n",
    b"\n",
    b"\r\n",
    b"--b\n",
    b"--c\n",
    b"--b--\n",
    b"--c--\n",
    b"Content-Type: text/html; charset=zlib\n",
    b"Content-Type: message/rfc822\n",
    b"Content-Type: text/calendar; method=\n",
    b"BEGIN:VCALENDAR\n",
    b"BEGIN:VEVENT\n",
    b"END:VEVENT\n",
    b"UID:;:\n",
    b"Content-Type: message/delivery-status\n",
    b"Content-Transfer-Encoding: base64\n",
    b"=\xff\n",
    b"Message-ID: <[x]@y>\n",
    b"From: =?\xff?q?x?= <\xe9@x>\n",
    b"Subject: =?utf-8?b?/w?=\n",
    b"Date: Mon, 32 Foo 99999 25:61 +9999\n",
    b" folded\n",
    b"Content-Disposition: attachment; filename*0*=''%; filename*99999=x; filename=\"\\\n",
    b"text\n",
    b"From x\n",
    b": y\n",
    b"Content-Type: multipart/mixed\n",
    b"Content-Type: /\n",
    b"Content-Type: text/plain; format=flowed; charset=utf-7\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_order_of_mime_lines_is_a_message(lines: list[bytes]) -> None:
    assert storable(read(b"".join(lines)))


VALUE: st.SearchStrategy[object] = st.none() | st.text(max_size=20) | st.integers()
NODE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "mimeType": st.sampled_from(
            ["text/plain", "text/html", "multipart/mixed", "text/calendar", "message/rfc822", "", None]
        ),
        "filename": st.none() | st.text(max_size=5),
        "headers": st.none()
        | st.lists(st.fixed_dictionaries({}, optional={"name": st.text(max_size=9), "value": st.text()})),
        "body": st.none()
        | st.fixed_dictionaries({}, optional={"data": st.none() | st.text(), "attachmentId": st.text()}),
    },
)


@given(NODE, st.lists(NODE, max_size=3), VALUE)
def test_any_gmail_resource_is_a_message(root: dict[str, Any], parts: list[dict[str, Any]], date: object) -> None:
    assert storable(from_gmail({"payload": {**root, "parts": parts}, "internalDate": date}, {}))


def test_two_thousand_nested_multiparts_are_read_to_the_bottom() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000))

    assert read(nested + b"\ndeep").text == "deep"


def test_a_deep_gmail_payload_is_read_to_the_bottom() -> None:
    node: dict[str, Any] = {"mimeType": "text/plain", "body": {"data": "ZGVlcA"}}
    for _ in range(2000):
        node = {"mimeType": "multipart/mixed", "parts": [node]}

    assert from_gmail({"payload": node}, {}).text == "deep"


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        (b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n\nx\n"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n", b"--c\n"),
        (b"Content-Type: multipart/mixed\n\n", b"--b\nContent-Type: multipart/mixed\n\n"),
        (b"Subject: ", b"x"),
        (b"Subject: ", b"=?a?q?"),
        (b"Subject: x\n", b" \n"),
        (b"", b"a:\n"),
        (b"", b"To: x@y.example\n"),
        (b"References: ", b"<"),
        (b"Received: ", b";"),
        (b"Date: ", b"1 "),
        (b"Content-Type: text/plain", b";a=b"),
        (b"Content-Type: text/plain", b";a*1*="),
        (b"Content-Type: text/plain", b'\\"'),
        (b"Content-Type: text/plain; format=flowed\n\n", b"> \n"),
        (b"Content-Type: text/plain; charset=punycode\n\n", b"\xffa-"),
        (b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n", b"=\n"),
        (b"Content-Type: message/delivery-status\n\n", b"Action: failed\n\n"),
        (b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n", b"BEGIN:VEVENT\n"),
        (b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n", b"ATTENDEE;CN=x:mailto:a@b.example\n"),
        (b"", b"\0"),
        (b"", b"From x\n"),
    ],
)
def test_a_megabyte_of_anything_is_read_in_linear_time(start: bytes, unit: bytes) -> None:
    raw = start + unit * (MEGABYTE // len(unit))
    begun = time.process_time()

    read(raw)

    assert time.process_time() - begun < 5
