from __future__ import annotations

from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.sources.takeout.labels import labels_of, labels_without_header


@pytest.mark.parametrize(
    ("value", "labels"),
    [
        ("Inbox,Opened,Category Updates", {"INBOX", "CATEGORY_UPDATES"}),
        ("Sent,Archived", {"SENT"}),
        ("Terkirim, Diarsipkan", {"SENT"}),
        ("=?UTF-8?Q?Kotak_Masuk,Belum_dibaca,Penting?=", {"INBOX", "UNREAD", "IMPORTANT"}),
        ("Draf", {"DRAFT"}),
        ("Drafts,Spam,Trash,Chat", {"DRAFT", "SPAM", "TRASH", "CHAT"}),
        ("Sampah,Spam", {"TRASH", "SPAM"}),
        ("SENT,INBOX", {"SENT", "INBOX"}),
        ('Inbox,"Work, later",Susul/Ignore', {"INBOX", "Work, later", "Susul/Ignore"}),
        ("", set()),
        (",,", set()),
    ],
)
def test_gmails_labels_have_one_name_in_every_language_and_the_owners_keep_theirs(value: str, labels: set[str]) -> None:
    assert labels_of(value) == labels


@given(st.text(alphabet='ab,"\\ é', max_size=60))
def test_any_value_is_read_the_same_encoded_or_not(value: str) -> None:
    plain = " ".join(value.split())

    assert labels_of(Header(plain, "utf-8").encode().replace("\n", "")) == labels_of(plain)


def test_without_labels_only_the_owners_own_mail_is_known() -> None:
    own = ("Rina.W@gmail.com", "rina@example.com")

    assert labels_without_header("rinaw+jobs@googlemail.com", own) == {"SENT"}
    assert labels_without_header("budi@acme.example", own) == frozenset()
    assert labels_without_header("", own) == frozenset()
