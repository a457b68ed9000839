"""The bundled templates: every one of them, in both languages, on everything and on nothing known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from susul import languages
from susul.drafting import Library, TemplateFaultError, bundled_templates
from susul.drafting.preview import RICH, SPARSE, Preview, faults, kinds_of, previews, sample_facts
from susul.model import Kind, Step

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = Library()
LEAKS = re.compile(r"None|Undefined|\bnan\b|\{\{|\{%|\}\}|  | [,.;?!]|\.\.|^,|^\s*$\n\s*$", re.MULTILINE)
SHOWN = [*previews(LIBRARY), *previews(LIBRARY, placeholders=False)]


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: f"{shown.name}-{shown.kind}-{shown.sample}")
def test_a_template_is_a_short_mail_without_leaks(shown: Preview) -> None:
    assert 60 <= len(shown.text.split()) <= 130
    assert not LEAKS.search(shown.text)
    assert shown.text.split("\n")[0].endswith(",")
    assert shown.text.count("[…") <= 1
    assert shown.purpose


@pytest.mark.parametrize(
    "shown", [*previews(LIBRARY, placeholders=False)], ids=lambda s: f"{s.name}-{s.kind}-{s.sample}"
)
def test_no_placeholder_is_left_where_the_owner_turned_them_off(shown: Preview) -> None:
    assert "[" not in shown.text


@pytest.mark.parametrize("name", LIBRARY.templates)
def test_even_with_the_longest_facts_a_mail_stays_short(name: str) -> None:
    language, step, _ = name.split("/")
    for kind in kinds_of(name):
        facts = sample_facts(language, RICH, kind, step)
        role, company, about = (" ".join(["word"] * most) for most in (6, 5, 8))
        position = facts.position.replace(facts.role, role).replace(facts.company, company)
        longest = replace(
            facts,
            role=role,
            company=company,
            about=about,
            asked="nine words that they asked for some time ago",
            position=position,
            matter=position if facts.matter == facts.position else facts.matter.replace(facts.about, about),
            agenda=("one two three four five six seven eight nine ten",) * 3,
            greeting="Dear Ana Maria Lopez, Budi Agus Santoso and Claire Ann Tan,",
        )
        assert len(LIBRARY.render(name, longest).split()) <= 130


def test_every_language_has_the_same_templates() -> None:
    names = {
        code: {n.partition("/")[2] for n in LIBRARY.templates if n.startswith(f"{code}/")} for code in languages.codes()
    }
    assert len({frozenset(of_one) for of_one in names.values()}) == 1
    assert min(map(len, names.values())) > 50


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("kind", Kind)
def test_every_step_can_be_drafted_for_every_kind(language: str, step: Step, kind: Kind) -> None:
    assert LIBRARY.variants(language, step, kind)
    assert LIBRARY.variants(language, step, kind, ("promised", "passed", "again", "offer"))


EXTRA = {"site": "https://rina.example"}
REPEATED = [
    (Step.THANK_YOU, Kind.INTERVIEW, ()),
    (Step.RECAP, Kind.MEETING, ()),
    (Step.NUDGE, Kind.MEETING, ()),
    (Step.NUDGE, Kind.MEETING, ("passed",)),
    (Step.KEEP_IN_TOUCH, Kind.INTERVIEW, ()),
    (Step.KEEP_IN_TOUCH, Kind.PROPOSAL, ()),
    (Step.CHECK_BACK, Kind.APPLICATION, ()),
    (Step.CHECK_BACK, Kind.PROPOSAL, ()),
    *((Step.STATUS_CHECK, kind, ()) for kind in Kind),
    *((Step.STATUS_CHECK, kind, ("promised",)) for kind in Kind),
]


@pytest.mark.parametrize(("step", "kind", "occasions"), REPEATED)
@pytest.mark.parametrize("language", languages.codes())
def test_a_step_that_comes_again_has_three_texts(
    language: str, step: Step, kind: Kind, occasions: tuple[str, ...]
) -> None:
    assert len(LIBRARY.variants(language, step, kind, occasions)) >= 3


def test_a_status_check_after_a_promise_names_the_day() -> None:
    promised = [shown for shown in SHOWN if "-promised" in shown.name]
    assert promised
    assert all(re.search("Friday 10 July|Jumat, 10 Juli", shown.text) for shown in promised)


def test_a_rejection_reply_thanks_and_asks_for_feedback() -> None:
    replies = [shown for shown in SHOWN if "/rejection_reply/" in shown.name]
    assert replies
    for shown in replies:
        assert re.search("thank|terima kasih", shown.text, re.IGNORECASE)
        assert re.search("feedback|masukan", shown.text)


def test_keeping_in_touch_never_asks_for_news() -> None:
    for shown in SHOWN:
        if "/keep_in_touch/" in shown.name:
            assert not re.search("any news|any update|apakah sudah ada kabar", shown.text, re.IGNORECASE)


def test_a_recap_lists_the_agenda() -> None:
    for shown in SHOWN:
        if "/recap/" in shown.name and shown.sample == "rich":
            assert len(re.findall("^- ", shown.text, re.MULTILINE)) >= 3


def test_the_first_line_of_a_file_says_what_it_is_for() -> None:
    for path in bundled_templates().rglob("*.j2"):
        assert re.fullmatch(r"\{#- .{10,} -#\}", path.read_text("utf-8").splitlines()[0]), path


def test_the_owners_template_stands_in_place_of_the_bundled_one(tmp_path: Path) -> None:
    own = tmp_path / "en" / "nudge" / "any.2.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{#- Mine. -#}\n{{ greeting }}\n\nShall we meet? See {{ extra.site }}.\n", "utf-8")
    library = Library(tmp_path)
    name = "en/nudge/any.2.j2"

    text = library.render(name, replace(sample_facts("en", SPARSE, Kind.MEETING, "nudge"), extra=EXTRA))

    assert library.templates[name].own
    assert library.templates[name].purpose == "Mine."
    assert text == "Hello,\n\nShall we meet? See https://rina.example."
    assert library.variants("en", Step.NUDGE, Kind.MEETING) == [f"en/nudge/any.{n}.j2" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("{#- x -#}\n{{ greeting }}\n\n{{ greting }}\n", 4, "greting"),
        ("{#- x -#}\n{{ greeting }}\n{% if role %}\n", 3, "end of template"),
        ("{#- x -#}\n{{ greeting.__class__.__mro__ }}\n", 2, "unsafe"),
        ("{#- x -#}\n\n{{ extra.nothing }}\n", 3, "nothing"),
        ("{#- x -#}\n{% for i in range(99999) %}word {% endfor %}\n", 1, "too long"),
        ("{#- x -#}\n{{ 1 / 0 }}\n", 2, "division"),
        ("{#- x -#}\n{{ names.append('x') }}\n", 2, "append"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    own = tmp_path / "id" / "nudge" / "any.1.j2"
    own.parent.mkdir(parents=True)
    own.write_text(text, "utf-8")

    found = faults(Library(tmp_path))

    assert [fault.name for fault in found] == ["id/nudge/any.1.j2"]
    assert reason in found[0].reason
    assert found[0].line == line


def test_a_template_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(TemplateFaultError):
        LIBRARY.render("en/nudge/none.1.j2", sample_facts("en", SPARSE, Kind.MEETING, "nudge"))
