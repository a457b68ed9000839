from __future__ import annotations

import mailbox
import time
import tracemalloc
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from susul.errors import UsageError
from susul.sources.takeout import Takeout, read_mailboxes, read_mbox

if TYPE_CHECKING:
    from pathlib import Path

OWNER = ("rina@example.com",)
SEPARATOR = "From 1765432109876543210@xxx Mon Jun 08 02:00:00 +0000 2026\n"
DAY = "Mon, 8 Jun 2026 09:00:00 +0700"


def mail(number: int, body: str = "Halo\n", **fields: str) -> str:
    named = {"From": "Budi <budi@acme.example>", "Message-ID": f"<{number}@x>", "Date": DAY} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }
    return SEPARATOR + "".join(f"{name}: {value}\n" for name, value in named.items() if value) + f"\n{body}\n"


def read(tmp_path: Path, *content: str | bytes, since: datetime | None = None) -> Takeout:
    paths = []
    for number, text in enumerate(content):
        paths.append(tmp_path / f"{number}.mbox")
        paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_mailboxes(paths, OWNER, since=since)


def test_each_message_comes_with_its_thread_and_labels(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    path.write_text(
        mail(1, X_GM_THRID="1700000000000000001", X_Gmail_Labels="Terkirim,Susul/Ignore")
        + mail(2, X_GM_THRID="1700000000000000001", X_Gmail_Labels="Inbox")
    )

    found = read_mbox(path, OWNER, since=None)

    assert [message.thread_id for message in found.messages] == ["1700000000000000001"] * 2
    assert {frozenset({"SENT", "Susul/Ignore"}), frozenset({"INBOX"})} == {message.labels for message in found.messages}
    assert found.skipped == {}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_make_no_difference(tmp_path: Path, ending: str) -> None:
    text = (mail(1, "one\n") + mail(2, "two\n")).replace("\n", ending)

    assert {message.text.strip() for message in read(tmp_path, text).messages} == {"one", "two"}


def test_quoted_lines_are_unquoted_and_sentences_stay_in_their_mail(tmp_path: Path) -> None:
    body = ">From me\n>>From you\n\nFrom here on it is simple.\nNote: x\n\nFrom now\n\nFrom 10:30 until noon we talk.\n"
    found = read(tmp_path, mail(1, body.replace("From 10:30 until", ">From 10:30 until")) + mail(2))

    first = next(message for message in found.messages if message.message_id == "<1@x>")
    assert len(found.messages) == 2
    assert first.text.strip() == body.replace(">From", "From", 1).replace(">>From", ">From").strip()


def test_mail_without_labels_is_sent_mail_if_the_owner_wrote_it(tmp_path: Path) -> None:
    found = read(tmp_path, mail(1) + mail(2, From="Rina <RINA+x@example.com>"))

    assert sorted(message.labels for message in found.messages) == sorted([frozenset(), frozenset({"SENT"})])


def test_the_same_mail_in_two_places_is_taken_once_with_both_labels(tmp_path: Path) -> None:
    first, second = mail(1, X_Gmail_Labels="Inbox"), mail(1, X_Gmail_Labels="Inbox,Kerja")
    found = read(tmp_path, first + first, second)

    assert [message.labels for message in found.messages] == [{"INBOX", "Kerja"}]


def test_another_mail_under_a_message_id_that_is_taken_is_not_lost(tmp_path: Path) -> None:
    found = read(tmp_path, mail(1, "one\n") + mail(1, "two\n") + mail(1, "two\n"))

    assert sorted(message.text.strip() for message in found.messages) == ["one", "two"]
    assert len({message.id for message in found.messages}) == 2


def test_ids_are_the_same_at_every_reading(tmp_path: Path) -> None:
    text = mail(1) + mail(2, Message_ID="", Subject="no id")

    assert [m.id for m in read(tmp_path, text).messages] == [m.id for m in read(tmp_path, text, text).messages]


def test_what_is_older_than_asked_for_is_left_out_and_not_counted(tmp_path: Path) -> None:
    text = mail(1) + mail(2, Date="Mon, 1 Jan 2024 09:00:00 +0700")

    found = read(tmp_path, text, since=datetime(2026, 1, 1, tzinfo=UTC))

    assert ([message.message_id for message in found.messages], found.skipped) == (["<1@x>"], {})


def test_the_separator_dates_a_mail_that_has_no_date(tmp_path: Path) -> None:
    assert read(tmp_path, mail(1, Date="")).messages[0].sent_at == datetime(2026, 6, 8, 2, tzinfo=UTC)


def test_items_that_are_no_mail_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, SEPARATOR + "\n" + SEPARATOR + "just words\n\n" + mail(1))

    assert len(found.messages) == 1
    assert found.skipped == {"empty mail": 1, "mail without a header": 1}


def test_a_truncated_file_gives_what_it_holds(tmp_path: Path) -> None:
    found = read(tmp_path, (mail(1) + mail(2, "Content that goes on\n"))[:-20])

    assert {message.message_id for message in found.messages} == {"<1@x>", "<2@x>"}


def test_an_empty_file_is_an_empty_mailbox(tmp_path: Path) -> None:
    assert read(tmp_path, b"", b"\n\n") == Takeout(())


@pytest.mark.parametrize("content", [b"PK\x03\x04 zip", b"Subject: an eml\n\nhello\n", b"\x1f\x8b", b"\0" * 5000])
def test_a_file_that_is_no_mbox_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageError, match="is not an mbox file"):
        read(tmp_path, content)


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.mbox can't be read: No such file"):
        read_mbox(tmp_path / "none.mbox", OWNER, since=None)
    with pytest.raises(UsageError, match="can't be read"):
        read_mbox(tmp_path, OWNER, since=None)


def test_mbox_files_of_the_standard_library_are_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "std.mbox")
    for number in range(3):
        message = EmailMessage()
        message["From"] = "rina@example.com"
        message["Date"] = DAY
        message["Message-ID"] = f"<{number}@x>"
        message.set_content(f"From the start\n\nFrom {number}\n")
        box.add(mailbox.mboxMessage(message))
    box.close()

    found = read_mbox(tmp_path / "std.mbox", OWNER, since=None)

    assert {message.text.strip() for message in found.messages} == {f"From the start\n\nFrom {n}" for n in range(3)}
    assert {message.sent_at for message in found.messages} == {datetime(2026, 6, 8, 2, tzinfo=UTC)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            [SEPARATOR, "From x\n", "From: a@x.example\n", "\n", ">From y\n", "text\n", "Date: no\n", "\r", "é"]
        )
    )
)
def test_any_mbox_is_read(tmp_path: Path, lines: list[str]) -> None:
    found = read(tmp_path, "From start@x.example Mon Jun 08 02:00:00 2026\n" + "".join(lines))

    assert all(message.thread_id and message.id for message in found.messages)


def test_two_thousand_messages_are_read_quickly(tmp_path: Path) -> None:
    attachment = (
        "--b\nContent-Type: text/plain\n\nHalo\n--b\nContent-Type: application/pdf; name=a.pdf\n"
        "Content-Transfer-Encoding: base64\n\n" + ("QUJD" * 18 + "\n") * 300 + "--b--\n"
    )
    path = tmp_path / "big.mbox"
    path.write_text("".join(mail(n, attachment, Content_Type="multipart/mixed; boundary=b") for n in range(2000)))
    started = time.process_time()

    found = read_mbox(path, OWNER, since=None)

    assert len(found.messages) == 2000
    assert time.process_time() - started < 5


def test_only_one_message_at_a_time_is_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    path.write_text("".join(mail(n, "Halo Rina, apa kabar?\n" * 4000) for n in range(60)))
    tracemalloc.start()
    try:
        read_mbox(path, OWNER, since=datetime(2030, 1, 1, tzinfo=UTC))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < path.stat().st_size / 4


@pytest.mark.parametrize(
    "cut",
    [
        b"From 1 Mon Jul 06 02:00:00 2026\nFrom: helen@mosaic.example\nSubject: Hel",
        (
            b"From 1 Mon Jul 06 02:00:00 2026\nFrom: helen@mosaic.example\n"
            b'Content-Type: multipart/mixed;\n boundary="b1"\n\n--b1\nContent-Type: text/plain\n\nHello the'
        ),
    ],
)
def test_a_file_that_ends_inside_its_last_mail_says_so(tmp_path: Path, cut: bytes) -> None:
    path = tmp_path / "cut.mbox"
    path.write_bytes(cut)

    takeout = read_mbox(path, (), since=None)

    assert len(takeout.messages) == 1
    assert takeout.skipped == {"mail cut off at the end of the file": 1}
