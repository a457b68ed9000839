"""config.toml and policy.toml: every key typed, every mistake one sentence with the nearest right key."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.config import load_config, parse_config
from susul.errors import ConfigError
from susul.model import Kind
from susul.policy import default_tables, load_policy

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config(tmp_path / "config.toml")

    assert config.read.since_days == 90
    assert config.effective_policy() == load_policy()


def test_a_policy_key_is_overridden_alone() -> None:
    policy = parse_config({"policy": {"proposal": {"max_check_ins": 1}}}).effective_policy()

    assert policy.max_check_ins(Kind.PROPOSAL) == 1
    assert policy.proposal.lapses == load_policy().proposal.lapses


@pytest.mark.parametrize(
    ("data", "named", "hint"),
    [
        ({"ownr": {}}, "ownr", "owner"),
        ({"owner": {"nmae": "Rina"}}, "owner.nmae", "owner.name"),
        ({"google": {"api_rot": ""}}, "google.api_rot", "google.api_root"),
        ({"policy": {"proposal": {"max_checkins": 1}}}, "policy.proposal.max_checkins", ""),
        ({"owner": {"name": 7}}, "owner.name", ""),
        ({"owner": {"time_zone": "Asia/Jkarta"}}, "Asia/Jkarta", "Asia/Jakarta"),
        ({"policy": {"general": {"due_time": "nine"}}}, "due_time", ""),
        ({"policy": {"propsal": {}}}, "policy.propsal", "policy.proposal"),
        ({"policy": {"proposal": []}}, "policy", ""),
        ({"policy": {"proposal": {"status_check_after": []}}}, "policy.proposal.status_check_after", ""),
        ({"policy": {"proposal": {"status_check_after": [4, -1]}}}, "0 to 60", "status_check_after"),
        ({"policy": {"proposal": {"max_check_ins": -1}}}, "policy.proposal.max_check_ins: -1 is not from 0 to 60", ""),
        ({"policy": {"proposal": {"lapses": 10**9}}}, "policy.proposal.lapses: 1000000000 is not from 1 to 3650", ""),
        ({"policy": {"meeting": {"fixed_by_mail_minutes": 0}}}, "from 1 to 1440", ""),
        ({"read": {"since_days": 0}}, "read.since_days: 0 is not from 1 to 3650", ""),
        ({"read": {"since_days": 10**30}}, "since_days", ""),
        ({"owner": {"country": "Indonesia"}}, "Indonesia", "ID"),
        ({"owner": {"country": "IDN"}}, "IDN", "ID"),
        ({"owner": {"country": "XX"}}, "XX", ""),
        ({"owner": {"language": "xx"}}, "owner.language", "en"),
    ],
)
def test_a_mistake_is_named_with_its_path(data: dict[str, object], named: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(data)

    assert named in caught.value.sentence
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("data", "sentence", "hint"),
    [
        ({"owner": {"name": 7}}, 'owner.name must be a text in quotes, like "Rina", but it is the number 7.', ""),
        ({"owner": {"links": 3}}, "owner.links must be a list of texts", ""),
        ({"owner": {"links": ["a", 3]}}, "but it is a list with the number 3 in it.", ""),
        ({"owner": {"links": {"a": True}}}, "but it is a table with true in it.", ""),
        ({"owner": {"links": {"my-site": "x"}}}, "owner.links: the name 'my-site' may hold letters", "my_site"),
        ({"owner": {"extra": {"2nd": "x"}}}, "owner.extra: the name '2nd'", ""),
        ({"owner": {"headlin": "x"}}, "owner.headlin is not a known setting.", "owner.headline"),
        ({"owner": {"sign_off": ["x"]}}, "owner.sign_off must be a text in quotes", ""),
        ({"owner": {"sign_off": {"eng": "x"}}}, "owner.sign_off.eng is not a known setting.", "owner.sign_off.en"),
        (
            {"owner": {"formality": "formel"}},
            '"formal", "neutral" or "casual", but it is the text "formel"',
            '"formal"',
        ),
        ({"owner": {"formality": False}}, "owner.formality must be", ""),
        ({"owner": []}, "owner must be a table.", "[owner]"),
        ({"read": {"since_days": "90"}}, "read.since_days must be a whole number, like 3, but it is the text", ""),
        ({"read": {"since_days": 2.5}}, "but it is the number 2.5.", ""),
        (
            {"policy": {"general": {"due_time": "nine"}}},
            'a time in quotes, like "09:00", but it is the text "nine"',
            "",
        ),
        ({"policy": {"general": {"internal": "yes"}}}, "policy.general.internal must be true or false", ""),
        ({"policy": {"proposal": {"status_check_after": ["a"]}}}, "a list of whole numbers, like [4, 6, 10]", ""),
        ({"policy": {"proposal": {"lapses": True}}}, "policy.proposal.lapses must be a whole number", ""),
    ],
)
def test_a_wrong_type_is_told_in_plain_words(data: dict[str, object], sentence: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(data)

    assert caught.value.sentence.startswith("config.toml: ")
    assert sentence in caught.value.sentence
    assert hint in caught.value.hint
    assert "`" not in caught.value.sentence


@pytest.mark.parametrize("country", ["", "ID", "id", "GB", "US"])
def test_a_country_is_its_two_letters(country: str) -> None:
    assert parse_config({"owner": {"country": country}}).owner.country == country


def test_every_default_lies_in_its_range() -> None:
    assert parse_config({"policy": default_tables()}).effective_policy() == load_policy()


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        (
            "[policy.interview]\nmax_check_ins = 2\n\n[ policy . 'interview' ]  # again\nstatus_check_after = 7\n",
            "config.toml: [policy.interview] stands there twice, in lines 1 and 4.",
            "Move what stands under the second one to the first",
        ),
        (
            "[policy]\r\ninterview.max_check_ins = 2\r\n[policy.interview]\r\n",
            "config.toml: [policy.interview] stands there twice, in lines 2 and 3.",
            "Move what stands",
        ),
        (
            "[policy.task]\nlapses = 3\n[policy.proposal]\nlapses = 3\nmax_check_ins = 1\nlapses = 4\n",
            "config.toml: policy.proposal.lapses stands there twice, in lines 4 and 6.",
            "Delete one of the two lines",
        ),
        (
            "[policy.interview]\nmax_check_ins = 2\n[policy.proposal]\nlapses = 3\tw\n",
            "config.toml, line 4, isn't valid TOML: “lapses = 3 w”.",
            "A text needs quotes",
        ),
        ("[policy.interview\nmax_check_ins = 2\n", "line 1, isn't valid TOML: “[policy.interview”.", "config.toml"),
        ("[owner]\nname = ", "isn't valid TOML: Invalid value (at end of document).", "Correct "),
    ],
)
def test_what_is_no_toml_is_told_by_its_line_and_what_stands_there_twice(
    tmp_path: Path, text: str, sentence: str, hint: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode())

    with pytest.raises(ConfigError) as caught:
        load_config(path)

    assert caught.value.sentence.endswith(sentence)
    assert hint in caught.value.hint


@pytest.mark.parametrize("content", [b"a = " + b"[" * 10_000, b"a = " + b"9" * 10_000, b"a = '\xff'"])
def test_what_is_beyond_all_measure_is_no_toml(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)

    with pytest.raises(ConfigError, match="isn't valid TOML"):
        load_config(path)


@given(st.text(st.sampled_from("[]ab.=\"'#1 \n\r\t"), max_size=60))
def test_whatever_a_file_holds_it_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "config.toml"
    path.write_bytes(text.encode())

    with suppress(ConfigError):
        assert load_config(path) == parse_config({})


@pytest.mark.parametrize(
    ("data", "near"),
    [
        ({"interview": {"max_check_ins": 2}}, "policy.interview"),
        ({"time_zone": "Asia/Jakarta"}, "owner.time_zone"),
        ({"policy": {"proposal": {"thank_you_lapses": 2}}}, "policy.interview.thank_you_lapses"),
        ({"owner": {"labels": True}}, "gmail.labels"),
    ],
)
def test_a_setting_under_the_wrong_table_is_told_where_it_belongs(data: dict[str, object], near: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(data)

    assert caught.value.hint == f"Did you mean {near}?"


def test_a_file_that_is_not_toml_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[owner\n", "utf-8")

    with pytest.raises(ConfigError, match=r"isn't valid TOML"):
        load_config(path)


@pytest.mark.parametrize(
    ("wrong", "shown", "kept"),
    [
        ("signature = Jl. Melati 5", "“signature = Jl. Melati 5”", "config.toml, line 2, isn't valid TOML."),
        ("headline = 1\nheadline = 2", "owner.headline", "config.toml, line 3, isn't valid TOML."),
        ('signature = "Jl. Melati', "Melati", "config.toml, line 2, isn't valid TOML."),
        ('signature = """Jl. Melati', "valid TOML", "config.toml isn't valid TOML."),
        (
            'headline = ["Jl. Melati", 5]',
            "a list",
            'config.toml: owner.headline must be a text in quotes, like "Rina".',
        ),
        (
            'aliases = "Jl. Melati 5"',
            "Jl. Melati 5",
            'config.toml: owner.aliases must be a list of texts, like ["one", "two"].',
        ),
        (
            'links = { "Jl. Melati" = "x" }',
            "Jl. Melati",
            "config.toml: owner.links: a name may hold letters, digits and _ only, and no digit first.",
        ),
    ],
)  # fmt: skip
def test_the_journal_keeps_where_it_is_wrong_and_nothing_that_stands_there(
    tmp_path: Path, wrong: str, shown: str, kept: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[owner]\n{wrong}\n", "utf-8")

    with pytest.raises(ConfigError) as caught:
        load_config(path)

    assert shown in caught.value.sentence
    assert caught.value.kept_sentence == kept
