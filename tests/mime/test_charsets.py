from __future__ import annotations

import base64
from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.charsets import codec_of, decode_text, decode_words, from_base64, one_line


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("Café".encode(), "us-ascii", "Café"),
        ("Café".encode("cp1252"), "iso-8859-1", "Café"),
        ("“Café”".encode("cp1252"), "iso-8859-1", "“Café”"),
        ("Café".encode("cp1252"), "", "Café"),
        ("Café".encode("cp1252"), "no-such-charset", "Café"),
        ("Café".encode("cp1252"), "unknown-8bit", "Café"),
        ("面接".encode("iso-2022-jp"), "iso-2022-jp", "面接"),
        ("面接".encode("shift_jis"), "Shift_JIS", "面接"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("Halo".encode("utf-16"), "utf-16", "Halo"),
        (b"Halo", "utf-16", "Halo"),
        ("\ufeffHalo".encode(), "utf-8", "Halo"),
        (b"\x81\xff", "", "\ufffdÿ"),
        (b"halo \xe9", "punycode", "halo é"),
        (b"+2AA-", "utf-7", "?"),
    ],
)
def test_text_is_utf_8_if_it_can_be_and_else_what_it_claims(data: bytes, declared: str, expected: str) -> None:
    assert decode_text(data, declared) == expected


@pytest.mark.parametrize("label", ["punycode", "idna", "unicode_escape", "rot13", "zlib", "hex", "x" * 999, "a\0b", ""])
def test_labels_that_no_mail_can_mean_are_no_codec(label: str) -> None:
    assert codec_of(label) is None


@given(st.text(), st.sampled_from(["utf-8", "iso-8859-1"]))
def test_encoded_words_come_back_whole_and_decoding_twice_is_harmless(text: str, charset: str) -> None:
    text = "".join(character for character in text if character.isprintable() and character not in "=?").strip()
    if charset == "iso-8859-1":
        text = text.encode("ascii", "ignore").decode()
    text = " ".join(text.split())
    encoded = Header(text, charset, maxlinelen=60).encode().replace("\n", "")

    once = decode_words(encoded)

    assert " ".join(once.split()) == text
    assert decode_words(once) == once


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?q?Hal=C3?= =?utf-8?q?=B3?= there", "Haló there"),
        ("=?utf-8?b?SGFsbw?=", "Halo"),
        ("=?x-none?q?Halo?=", "Halo"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8*en?q?Halo?=", "Halo"),
        ("=?utf-8?q?not closed", "=?utf-8?q?not closed"),
    ],
)
def test_encoded_words_of_all_makes_are_decoded(value: str, expected: str) -> None:
    assert decode_words(value) == expected


@given(st.binary())
def test_base64_needs_no_padding_and_takes_both_alphabets(data: bytes) -> None:
    assert from_base64(base64.urlsafe_b64encode(data).rstrip(b"=")) == data
    assert from_base64(base64.encodebytes(data)) == data


@given(st.binary(), st.text(max_size=20))
def test_any_bytes_give_text_that_can_be_stored(data: bytes, declared: str) -> None:
    decode_text(data, declared).encode()
    from_base64(data)


def test_a_header_line_keeps_no_controls_and_no_bidirectional_marks() -> None:
    assert one_line("Re:\r\n\t Hal\x00 \u202eabc\u202c  \u200ez") == "Re: Hal abc z"
