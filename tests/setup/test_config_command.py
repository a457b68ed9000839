"""``susul config``: what is in force and where it comes from; and the lines of a TOML file."""

from __future__ import annotations

import json
import tomllib
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.account import Identity, keep_identity
from susul.settings import all_settings, as_toml
from susul.store import open_store
from susul.toml_source import comments_of, entries, lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Ask

RINA = Identity(
    "rina@rinawijaya.example", ("rina@studio.example",), "Rina Wijaya", "Rina\nIllustrator", "Asia/Makassar"
)


def told(ask: Ask) -> dict[str, dict[str, Any]]:
    code, out, err = ask("config", "--json")
    assert code == 0, err
    return {one["key"]: one for one in json.loads(out)["settings"]}


def write(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(text, "utf-8")


def test_without_a_file_all_is_default_or_from_the_system(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Jakarta")

    found = told(ask)

    assert set(found) == {setting.path for setting in all_settings()}
    assert (found["owner.time_zone"]["value"], found["owner.time_zone"]["source"]) == ("Asia/Jakarta", "system")
    assert (found["owner.country"]["value"], found["owner.country"]["source"]) == ("ID", "time zone")
    assert (found["owner.language"]["value"], found["owner.language"]["source"]) == ("id", "country")
    assert found["policy.proposal.max_check_ins"]["source"] == "policy.toml"
    assert found["read.since_days"]["source"] == "default"


def test_a_written_value_has_its_line(own_home: Path, ask: Ask) -> None:
    write(own_home, '# my file\n\n[owner]\nname = "Rina"\n\n[policy.proposal]\nmax_check_ins = 2\n')

    found = told(ask)

    assert (found["owner.name"]["value"], found["owner.name"]["line"]) == ("Rina", 4)
    assert (found["policy.proposal.max_check_ins"]["value"], found["policy.proposal.max_check_ins"]["line"]) == (2, 7)
    assert found["policy.proposal.max_check_ins"]["default"] == 3
    assert "config.toml line 7" in ask("config", "policy.proposal.max_check_ins")[1]


def test_what_the_account_told_is_named_as_such(own_home: Path, ask: Ask) -> None:
    write(own_home, '[owner]\nname = "R. Wijaya"\n')
    with closing(open_store(own_home / "state.sqlite3")) as store:
        keep_identity(store, RINA)

    found = told(ask)

    assert (found["owner.name"]["value"], found["owner.name"]["source"]) == ("R. Wijaya", "config.toml")
    assert (found["owner.aliases"]["value"], found["owner.aliases"]["source"]) == (["rina@studio.example"], "account")
    assert (found["owner.time_zone"]["value"], found["owner.time_zone"]["source"]) == ("Asia/Makassar", "calendar")
    assert found["owner.country"]["value"] == "ID"


def test_a_section_alone_is_shown(ask: Ask) -> None:
    out = ask("config", "policy.proposal")[1]

    assert "max_check_ins" in out
    assert "[owner]" not in out


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("owner.tme_zone", "owner.time_zone"),
        ("due_time", "policy.general.due_time"),
        ("policy.propsal", "policy.proposal"),
        ("zzz", "susul config"),
    ],
)
def test_an_unknown_key_is_an_error_with_the_nearest_right_one(ask: Ask, key: str, hint: str) -> None:
    code, out, err = ask("config", key)

    assert (code, out) == (2, "")
    assert hint in err


def test_a_wrong_file_is_one_sentence(own_home: Path, ask: Ask) -> None:
    write(own_home, "[owner]\nnmae = 1\n")

    code, _, err = ask("config")

    assert code == 2
    assert "Did you mean owner.name?" in err


def test_a_state_that_cannot_be_read_is_said_and_the_rest_is_shown(own_home: Path, ask: Ask) -> None:
    own_home.mkdir()
    (own_home / "state.sqlite3").write_bytes(b"no database" * 100)

    code, out, err = ask("config")

    assert code == 0
    assert "state.sqlite3" in err
    assert "due_time" in out


SAMPLE = """
# lost: a blank line follows

# about the table
[a.b]   # beside it
x = "# no comment" # one
long = [
  1, # in it
  2,
] # two
text = '''
y = 3
'''
'q k' = 1
c.d = 2
inline = { e = 1 }
"""


def test_keys_have_their_lines_and_comments() -> None:
    assert lines_of(SAMPLE) == {
        "a.b": 5,
        "a.b.x": 6,
        "a.b.long": 7,
        "a.b.text": 11,
        "a.b.q k": 14,
        "a.b.c": 15,
        "a.b.c.d": 15,
        "a.b.inline": 16,
        "a.b.inline.e": 16,
    }
    comments = comments_of(SAMPLE)
    assert (comments["a.b"], comments["a.b.x"], comments["a.b.long"]) == ("about the table beside it", "one", "two")
    assert comments["a.b.text"] == ""


@given(st.text(max_size=300))
def test_no_text_stops_the_reader_of_lines(text: str) -> None:
    count = text.count("\n") + 1

    assert all(1 <= entry.line <= count for entry in entries(text))


VALUES = st.recursive(
    st.booleans() | st.integers(-999, 999) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_what_is_written_as_toml_is_read_as_the_same(value: Any) -> None:
    assert tomllib.loads(f"x = {as_toml(value)}") == {"x": value}
    assert lines_of(f"# a\nx = {as_toml(value)}")["x"] == 2
