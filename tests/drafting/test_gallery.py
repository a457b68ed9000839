"""The gallery: every template as a whole draft on an invented conversation, on one page that loads nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from susul import languages
from susul.drafting import Library
from susul.drafting.gallery import Shown, gallery, sample_case
from susul.model import Kind, Step
from susul.owner import Voice
from susul.policy import load_policy
from susul.report.gallery import page

LIBRARY = Library()
SHOWN = list(gallery(LIBRARY, load_policy()))
PAGE = page(SHOWN)
EXAMPLES = re.compile(r"@[\w.-]+\.example$")


class Read(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_template_is_shown_once() -> None:
    assert sorted(shown.name for shown in SHOWN) == sorted(LIBRARY.templates)


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.name)
def test_a_draft_in_the_gallery_is_whole(shown: Shown) -> None:
    draft = shown.draft
    facts = dict(shown.facts)

    assert draft.to
    assert all(EXAMPLES.search(person.email) for person in (*draft.to, *draft.cc, draft.sender))
    assert draft.text.startswith(facts["greeting"])
    assert facts["names"]
    assert "\n> " in draft.text
    assert facts["step"] == shown.step == shown.name.split("/")[1]


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("kind", Kind)
def test_every_language_has_a_conversation_of_every_kind(language: str, kind: Kind) -> None:
    case = sample_case(language, kind, Step.STATUS_CHECK)

    assert any(told.outgoing for told in case.told)
    assert case.people


def test_a_promise_stands_in_the_conversation_that_it_is_about() -> None:
    for shown in SHOWN:
        if "-promised" in shown.name:
            assert re.search("10 Juli|10 July", shown.draft.text.partition("\n>")[2])


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    read = Read(PAGE)
    names = {tag for tag, _ in read.tags}

    assert not names & {"script", "img", "link", "iframe", "object", "form"}
    assert all(str(attributes["href"]).startswith("#") for tag, attributes in read.tags if tag == "a")
    assert not {name for _, attributes in read.tags for name in attributes} & {"src", "srcset", "style", "onclick"}
    assert "url(" not in PAGE
    assert "@import" not in PAGE
    assert "default-src 'none'" in PAGE


def test_the_page_is_well_formed_and_its_contents_lead_to_every_draft() -> None:
    read = Read(PAGE)
    ids = [str(attributes["id"]) for _, attributes in read.tags if "id" in attributes]
    targets = [str(attributes["href"])[1:] for tag, attributes in read.tags if tag == "a"]

    assert read.open == []
    assert len(ids) == len(set(ids))
    assert set(targets) == set(ids)
    assert len(targets) == len(SHOWN) + len({(shown.language, shown.step) for shown in SHOWN})
    assert "prefers-color-scheme: dark" in PAGE


def test_whatever_templates_and_config_hold_is_text_on_the_page() -> None:
    evil = "<script>alert(1)</script>&amp;\"'"
    shown = SHOWN[0]
    worse = replace(
        shown,
        purpose=evil,
        name=f"{evil}/{shown.name}",
        facts=((evil, evil),),
        draft=replace(shown.draft, subject=evil, text=f"{evil}\n\nOn it wrote:\n> {evil}"),
    )

    read = Read(page([worse]))

    assert "script" not in {tag for tag, _ in read.tags}
    assert read.text.count(evil) == 7


def test_the_owners_voice_stands_beside_the_drafts() -> None:
    (shown,) = gallery(LIBRARY, load_policy(), ["en/nudge/any.1.j2"], Voice(headline="Brand designer"))

    assert ("headline", "Brand designer") in shown.facts


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.name)
def test_a_draft_in_the_gallery_says_what_it_is_about(shown: Shown) -> None:
    facts = dict(shown.facts)
    known = [facts.get(name, "").removeprefix("the ").lower() for name in ("role", "about", "asked", "event_title")]
    own_words = shown.draft.text.partition("\n> ")[0].lower()

    assert any(name and name in own_words for name in known)
