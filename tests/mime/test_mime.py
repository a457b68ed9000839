from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.model import Address, DeliveryReport, Message
from susul.reading.mime import EPOCH, from_gmail, from_rfc5322

HEADER = b"From: Budi <budi@acme.example>\r\nTo: rina@example.com\r\nSubject: Hal\r\n"


def read(raw: bytes) -> Message:
    return from_rfc5322(raw, id="m1", thread_id="t1", labels=frozenset({"INBOX"}))


def with_parts(content_type: str, *parts: str) -> bytes:
    body = "".join(f"--edge\r\n{part}\r\n" for part in parts)
    return (
        HEADER
        + f'Content-Type: {content_type}; boundary="edge"\r\n\r\npreamble\r\n{body}--edge--\r\nepilogue\r\n'.encode()
    )


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nHalo Rina"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Halo Rina</p>"


def test_the_envelope_is_decoded() -> None:
    raw = b"".join(
        [
            b"Message-ID: <[a@b]@outlook.example>\r\n",
            b"From: =?utf-8?q?Bud=C3=AD?= <Budi@Acme.example>\r\n",
            b'To: "Wijaya, Rina" <rina@example.com>,\r\n ani@example.com\r\nTo: extra@example.com\r\n',
            b"Cc: Team: c@x.example;\r\nBcc: d@x.example\r\nReply-To: HR <hr@acme.example>\r\n",
            b"Subject: =?utf-8?q?Re=3A_Hal=C3=B3?=\r\n =?utf-8?q?_there=0D=0ABcc=3A_x?=\r\n",
            b"In-Reply-To: <one@x>\r\nReferences: <zero@x>\r\n <one@x>\r\n <long\r\n er@x>\r\n",
            b"Date: Mon, 8 Jun 2026 09:00:00 +0700\r\n\r\nbody\r\n",
        ]
    )
    message = read(raw)

    assert message.message_id == "<[a@b]@outlook.example>"
    assert message.sender == Address("Budí", "budi@acme.example")
    assert [address.email for address in message.to] == ["rina@example.com", "ani@example.com", "extra@example.com"]
    assert message.cc == (Address("", "c@x.example"),)
    assert message.bcc == (Address("", "d@x.example"),)
    assert message.reply_to == (Address("HR", "hr@acme.example"),)
    assert message.subject == "Re: Haló there Bcc: x"
    assert message.in_reply_to == "<one@x>"
    assert message.references == ("<zero@x>", "<one@x>", "<longer@x>")
    assert message.sent_at == datetime(2026, 6, 8, 2, tzinfo=UTC)
    assert (message.id, message.thread_id, message.labels) == ("m1", "t1", frozenset({"INBOX"}))


def test_both_forms_of_the_text_are_kept() -> None:
    message = read(with_parts("multipart/alternative", PLAIN, HTML))

    assert (message.text, message.html) == ("Halo Rina", "<p>Halo Rina</p>")
    assert message.content_type == "multipart/alternative"
    assert message.attachments == ()


def test_text_is_found_at_any_depth_and_order() -> None:
    inner = "Content-Type: multipart/related; boundary=inner\r\n\r\n--inner\r\n" + HTML + "\r\n--inner--\r\n"
    image = "Content-Type: image/png\r\nContent-ID: <x>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"
    message = read(with_parts("multipart/mixed", image, PLAIN, inner, PLAIN.replace("Halo Rina", "footer")))

    assert message.text == "Halo Rina\nfooter"
    assert message.html == "<p>Halo Rina</p>"


def test_a_missing_end_and_a_missing_boundary_are_tolerated() -> None:
    whole = with_parts("multipart/mixed", PLAIN, HTML)

    assert read(whole.partition(b"--edge--")[0]).text == "Halo Rina"
    assert read(whole.replace(b'; boundary="edge"', b"")).text == "Halo Rina"
    assert "Halo Rina" in read(whole.replace(b'boundary="edge"', b'boundary="other"')).text


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r"])
def test_line_endings_make_no_difference(ending: bytes) -> None:
    assert read(with_parts("multipart/mixed", PLAIN).replace(b"\r\n", ending)).text == "Halo Rina"


def test_a_forwarded_message_is_not_the_senders_text() -> None:
    attached = "Content-Type: message/rfc822\r\n\r\nFrom: x@evil.example\r\nSubject: no\r\n\r\nsecret words"
    message = read(with_parts("multipart/mixed", PLAIN, attached))

    assert message.text == "Halo Rina"
    assert message.sender.email == "budi@acme.example"


def test_the_parts_of_a_digest_are_messages() -> None:
    assert read(with_parts("multipart/digest", "\r\nSubject: no\r\n\r\nnot mine")).text == ""


def test_attachments_are_known_by_their_names_and_not_read() -> None:
    names = [
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="CV Rina.pdf"\r\n\r\n%PDF',
        "Content-Type: application/pdf; name*=utf-8''Penawaran%20%C3%A9.pdf\r\n\r\n%PDF",
        "Content-Type: x/y\r\nContent-Disposition: x;filename*0*=utf-8''a%C3;filename*1*=%A9;filename*2=.doc\r\n\r\n",
        "Content-Type: x/y\r\nContent-Disposition: attachment; filename==?utf-8?q?Jad=C3=BAal.xls?=\r\n\r\n",
        "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=notes.txt\r\n\r\nnot mine",
        "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnot mine",
    ]
    message = read(with_parts("multipart/mixed", PLAIN, *names))

    assert message.attachments == ("CV Rina.pdf", "Penawaran é.pdf", "aé.doc", "Jadúal.xls", "notes.txt", "text/plain")
    assert message.text == "Halo Rina"


def test_a_body_that_only_carries_a_name_is_still_the_body() -> None:
    assert read(HEADER + b'Content-Type: text/plain; name="body.txt"\r\n\r\nHalo').text == "Halo"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("Content-Transfer-Encoding: base64", base64.encodebytes("Café".encode())),
        ("Content-Transfer-Encoding: BASE64 ", b"Q2Fmw6k"),
        ("Content-Transfer-Encoding: quoted-printable", b"Caf=C3=A9"),
        ("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable", b"Caf=E9"),
        ("Content-Type: text/plain; charset=us-ascii", "Café".encode()),
        ("Content-Type: text/plain; charset=cp-850", "Café".encode("cp850")),
        ("Content-Type: text/plain charset=utf-8", "Café".encode()),
        ("Content-Type: text", "Café".encode()),
        ("Content-Type: text/plain; charset=unknown-8bit", "Café".encode("cp1252")),
    ],
)
def test_charsets_and_encodings_of_all_makes_are_read(fields: str, body: bytes) -> None:
    assert read(HEADER + fields.encode() + b"\r\n\r\n" + body).text.strip() == "Café"


def test_html_may_name_its_own_charset() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">Привет'.encode("koi8-r")

    assert read(HEADER + b"Content-Type: text/html\r\n\r\n" + page).html.endswith("Привет")


def test_flowed_text_is_unflowed() -> None:
    raw = HEADER + b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nin \r\nterview\r\n> old\r\n"

    assert read(raw).text == "interview\n> old\n"


def test_a_delivery_report_names_the_recipient() -> None:
    status = (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        "Final-Recipient: rfc822; H@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    )
    message = read(with_parts("multipart/report; report-type=delivery-status", PLAIN, status))

    assert message.deliveries == (DeliveryReport("h@x.example", "failed", "5.1.1"),)
    assert "report-type=delivery-status" in message.headers["content-type"]


def test_an_invitation_sent_twice_is_one() -> None:
    event = "BEGIN:VEVENT\r\nUID:u@x\r\nDTSTART:20260609T070000Z\r\nEND:VEVENT"
    ics = f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n{event}\r\nEND:VCALENDAR"
    inline = f"Content-Type: text/calendar; method=REQUEST\r\n\r\n{ics}"
    attached = f'Content-Type: application/ics; name="invite.ics"\r\n\r\n{ics}'
    message = read(with_parts("multipart/mixed", PLAIN, inline, attached))

    assert [(part.method, part.uid) for part in message.calendar] == [("REQUEST", "u@x")]
    assert message.attachments == ("invite.ics",)


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nMIIB",
        b"Content-Type: application/octet-stream; name=smime.p7m\r\n\r\nMIIB",
        b"Content-Type: multipart/encrypted; boundary=edge\r\n\r\n--edge\r\n\r\nVersion: 1\r\n--edge--",
        b"\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA",
    ],
)
def test_what_is_encrypted_is_not_readable(body: bytes) -> None:
    assert not read(HEADER + body).readable


def test_what_is_only_signed_is_readable() -> None:
    signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIB"

    assert read(with_parts("multipart/signed", PLAIN, signature)).readable


def test_the_headers_that_tell_nature_are_kept_and_no_others() -> None:
    raw = HEADER + (
        b"Auto-Submitted:\r\n auto-replied\r\nLIST-ID: =?utf-8?q?L=C3=ADst?= <l.x>\r\nX-Secret: 1\r\n"
        b"Auto-Submitted: no\r\n\r\n"
    )

    assert read(raw).headers == {"auto-submitted": "auto-replied", "list-id": "Líst <l.x>"}


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        (b"Date: Mon, 8 Jun 2026 09:00:00 +0700 (WIB)", datetime(2026, 6, 8, 2, tzinfo=UTC)),
        (b"Date: 8 Jun 26 09:00 GMT", datetime(2026, 6, 8, 9, tzinfo=UTC)),
        (b"Date: Mon, 8 Jun 2026 09:00:00", datetime(2026, 6, 8, 9, tzinfo=UTC)),
        (
            b"Date: soon\r\nReceived: by a; Mon, 8 Jun 2026 09:00:00 +0000\r\nReceived: by b; x",
            datetime(2026, 6, 8, 9, tzinfo=UTC),
        ),
        (b"Date: Mon, 99 Jun 2026 09:00:00 +0700", EPOCH),
        (b"Date: Mon, 8 Jun 9999 23:00:00 -9900", datetime(9999, 6, 13, 2, tzinfo=UTC)),
        (b"X: y", EPOCH),
    ],
)
def test_the_time_is_aware_whatever_the_header_says(fields: bytes, at: datetime) -> None:
    assert read(HEADER + fields + b"\r\n\r\n").sent_at == at


def test_when_the_mailbox_took_it_is_more_reliable_than_its_date() -> None:
    at = datetime(2026, 6, 8, 9, tzinfo=UTC)
    raw = HEADER + b"Date: Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n"

    assert from_rfc5322(raw, id="", thread_id="", labels=frozenset(), received_at=at).sent_at == at


def test_a_sender_without_an_address_keeps_the_name_only() -> None:
    assert read(b"From: Budi\r\n\r\n").sender == Address("Budi", "")
    assert read(b"From: Budi\r\nSender: x@acme.example\r\n\r\n").sender == Address("", "x@acme.example")


def payload(mime_type: str, text: str = "", **more: Any) -> dict[str, Any]:
    data = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return {"mimeType": mime_type, "filename": "", "headers": [], "body": {"size": len(text), "data": data}} | more


def resource(root: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    return {
        "id": "18f",
        "threadId": "17a",
        "labelIds": ["INBOX", "Label_7"],
        "internalDate": "1780884000500",
        "payload": root,
    } | more


def test_a_gmail_resource_reads_as_its_bytes_do() -> None:
    headers = [
        {"name": "FROM", "value": "Budi <budi@acme.example>"},
        {"name": "To", "value": "rina@example.com"},
        {"name": "Subject", "value": "Hal"},
        {"name": "Content-Type", "value": 'multipart/mixed; boundary="edge"'},
    ]
    parts = [
        payload("text/plain", "Halo Rina"),
        payload("text/html", "<p>Halo Rina</p>"),
        {"mimeType": "application/pdf", "filename": "CV.pdf", "headers": [], "body": {"attachmentId": "A", "size": 9}},
        payload("message/rfc822", "", parts=[payload("text/plain", "not mine")]),
    ]
    found = from_gmail(resource(payload("multipart/mixed", headers=headers, parts=parts)), {"Label_7": "Susul/Ignore"})
    attached = 'Content-Type: application/pdf; name="CV.pdf"\r\n\r\n%PDF'
    rfc822 = "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nnot mine"
    same = read(with_parts("multipart/mixed", PLAIN, HTML, attached, rfc822))

    assert (found.id, found.thread_id) == ("18f", "17a")
    assert found.labels == {"INBOX", "Susul/Ignore"}
    assert found.sent_at == datetime(2026, 6, 8, 2, 0, 0, 500_000, tzinfo=UTC)
    for name in ("sender", "to", "subject", "text", "html", "attachments", "content_type", "headers", "readable"):
        assert getattr(found, name) == getattr(same, name), name


@pytest.mark.parametrize("body", [{"data": "SGFsbw"}, {"data": "SGFsbw=="}, {"data": "SGFsb-8_"}, {"data": "SGFsbw=a"}])
def test_padding_and_alphabet_of_gmails_base64_do_not_matter(body: dict[str, str]) -> None:
    assert from_gmail(resource({"mimeType": "text/plain", "body": body}), {}).text.startswith("Hal")


@pytest.mark.parametrize(
    "thin",
    [
        {},
        {"payload": None, "labelIds": None, "internalDate": None},
        {"payload": {}, "internalDate": "soon"},
        {"internalDate": "9" * 30},
    ],
)
def test_a_resource_without_a_payload_is_an_envelope_that_is_not_readable(thin: dict[str, Any]) -> None:
    message = from_gmail(thin, {})

    assert not message.readable
    assert message.sent_at == EPOCH


def test_text_that_gmail_keeps_elsewhere_counts_as_an_attachment() -> None:
    detached = {"mimeType": "text/html", "filename": "", "body": {"attachmentId": "A", "size": 99}}

    message = from_gmail(resource(payload("multipart/mixed", parts=[detached])), {})

    assert (message.html, message.attachments, message.readable) == ("", ("text/html",), False)


def test_header_values_that_gmail_decoded_already_read_the_same() -> None:
    headers = [{"name": "Subject", "value": "Haló"}, {"name": "From", "value": '"Tan, Mé" <t@x.example>'}]
    message = from_gmail(resource(payload("text/plain", "x", headers=headers)), {})

    assert message.subject == "Haló"
    assert message.sender == Address("Tan, Mé", "t@x.example")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "value", "data", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
LINE = st.text(
    alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=["Cc", "Zs"]), max_size=60
)


@given(st.lists(LINE, max_size=8), st.lists(LINE, max_size=3), LINE.map(str.strip))
def test_generated_mail_comes_back_as_it_was_written(lines: list[str], files: list[str], subject: str) -> None:
    mail = EmailMessage()
    mail["From"] = "Budi <budi@acme.example>"
    mail["Subject"] = subject
    text = "\n".join(lines)
    mail.set_content(text)
    mail.add_alternative(f"<p>{len(text)}</p>", subtype="html")
    names = [f"file {number}.pdf" for number, _ in enumerate(files)]
    for name, content in zip(names, files, strict=True):
        mail.add_attachment(content.encode(), maintype="application", subtype="pdf", filename=name)

    message = read(mail.as_bytes())

    assert message.text.strip("\n") == text.strip("\n")
    assert message.html.strip() == f"<p>{len(text)}</p>"
    assert list(message.attachments) == names
    assert " ".join(message.subject.split()) == " ".join(subject.split())
