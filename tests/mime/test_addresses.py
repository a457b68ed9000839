from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.addresses import parse_addresses, plain_email
from susul.model import Address


def emails(header: str) -> list[str]:
    return [address.email for address in parse_addresses(header)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("hr@acme.example <hr@acme.example>", ["hr@acme.example"]),
        ("a@evil.example <b@good.example>", ["b@good.example"]),
        ('"a@evil.example" <b@good.example>', ["b@good.example"]),
        ("(a@evil.example) b@good.example", ["b@good.example"]),
        ("<a@evil.example <b@good.example>>", ["b@good.example"]),
        ('"x <a@evil.example>" <b@good.example>', ["b@good.example"]),
        ("b@good.example (Budi (the tall one) Santoso)", ["b@good.example"]),
        ("Rina <R.Wijaya@Example.COM>", ["r.wijaya@example.com"]),
        ("a@x.example, b@x.example;c@x.example", ["a@x.example", "b@x.example", "c@x.example"]),
        ("Team: A <a@x.example>, b@y.example;, c@z.example", ["a@x.example", "b@y.example", "c@z.example"]),
        ("undisclosed-recipients:;", []),
        ("HR: Acme <hr@acme.example>", ["hr@acme.example"]),
        ("<@relay.example,@other.example:u@x.example>", ["u@x.example"]),
        ("<a@x.example, B <b@y.example>", ["a@x.example", "b@y.example"]),
        ("mailto:a@x.example", ["a@x.example"]),
        ("<mailto:a@x.example>", ["a@x.example"]),
        ('"never closed <a@x.example>', ["a@x.example"]),
        ("Budi (never closed <a@x.example>", ["a@x.example"]),
        ("b@bücher.example", ["b@xn--bcher-kva.example"]),
        ("=?utf-8?q?Budi_=3Cbudi=40x.example=3E?=", ["budi@x.example"]),
        ("<a@x.example>,<b@y.example>", ["a@x.example", "b@y.example"]),
        (r'"Budi \" <evil@x.example>," <b@y.example>', ["b@y.example"]),
    ],
)
def test_the_address_is_what_stands_in_the_last_brackets_of_an_entry(header: str, expected: list[str]) -> None:
    assert emails(header) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Budi",
        "<>",
        "a@",
        "@x.example",
        "a b@x.example",
        "a@b@x.example",
        "josé@x.example",
        "a@x..example",
        "a@-x example",
        "a@x.example b@y.example",
        "a\x00b@x.example",
        "a@good\u200b.example",
        "</O=ACME/OU=FIRST/CN=BUDI>",
        '"john doe"@x.example',
        "a" * 400 + "@x.example",
    ],
)
def test_what_is_not_safely_an_address_is_none(header: str) -> None:
    assert parse_addresses(header) == ()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Tan, Mei Ling <t@x.example>", "Tan, Mei Ling"),
        ('"Doe, John" <t@x.example>', "Doe, John"),
        ("=?utf-8?Q?Tan,_Mei?= <t@x.example>", "Tan, Mei"),
        ("=?utf-8?q?Ca?= =?utf-8?q?f=C3?= =?utf-8?q?=A9?= <t@x.example>", "Café"),
        ('"=?utf-8?b?QnVkaQ==?=" <t@x.example>', "Budi"),
        ("t@x.example (Budi Santoso)", "Budi Santoso"),
        ("'Budi' <t@x.example>", "Budi"),
        (r'"Budi \"Bud\" S" <t@x.example>', "Budi Bud S"),
        ("Bu\u202edi\u200b\u2066 S <t@x.example>", "Budi S"),
        ("Bu\tdi\x07 <t@x.example>", "Bu di"),
        ("t@x.example <t@x.example>", ""),
        ("t@x.example", ""),
    ],
)
def test_a_name_is_decoded_and_holds_nothing_invisible(header: str, name: str) -> None:
    assert parse_addresses(header) == (Address(name, "t@x.example"),)


def test_a_name_with_an_unquoted_comma_is_one_mailbox_among_others() -> None:
    found = parse_addresses("Ani <ani@x.example>, Tan, Mei Ling <t@x.example>, z@z.example")

    assert [(address.name, address.email) for address in found] == [
        ("Ani", "ani@x.example"),
        ("Tan, Mei Ling", "t@x.example"),
        ("", "z@z.example"),
    ]


def test_a_very_long_header_never_yields_half_an_address() -> None:
    found = emails(", ".join(["abcdefgh@corporation.example"] * 20_000))

    assert set(found) == {"abcdefgh@corporation.example"}


def test_quotes_around_a_local_part_stay_only_where_it_needs_them() -> None:
    assert emails('"a..b"@x.example, "a.b"@x.example') == ['"a..b"@x.example', "a.b@x.example"]


HOSTILE = st.text(alphabet='ab@.<>",;:()\\ =?q\n\t\u202eé', max_size=80)


@given(HOSTILE)
def test_whatever_comes_out_is_an_address(header: str) -> None:
    for address in parse_addresses(header):
        assert plain_email(address.email) == address.email
        assert address.email == address.email.lower()
        assert address.email.isascii()
        assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in address.name)


@given(
    st.lists(
        st.tuples(st.text(alphabet='AZ az,.()<>:;@\\"', max_size=20), st.from_regex(r"[a-z]{1,9}", fullmatch=True))
    )
)
def test_well_quoted_mailboxes_come_back_one_for_one(people: list[tuple[str, str]]) -> None:
    def quoted(name: str) -> str:
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'

    header = ", ".join(f"{quoted(name)} <{local}@x.example>" for name, local in people)

    assert emails(header) == [f"{local}@x.example" for _, local in people]


@given(HOSTILE)
def test_a_display_name_never_changes_where_the_mail_goes(name: str) -> None:
    quoted = name.replace("\\", "").replace('"', "")

    assert emails(f'"{quoted}" <b@good.example>') == ["b@good.example"]


@pytest.mark.parametrize(
    "unit", ["<", '"', "(", "a@b,", "=?a?q?", ":", ",@", '\\"', "<a@x,", "<@,", "@", "=?utf-8?q?a?= ", "a:", "x,"]
)
def test_a_megabyte_of_anything_is_read_in_linear_time(unit: str) -> None:
    header = unit * (1_000_000 // len(unit)) + "@x.example;"
    started = time.process_time()

    parse_addresses(header)

    assert time.process_time() - started < 5
