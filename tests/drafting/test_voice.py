"""What the owner's config says of them, in their drafts: evidence first, then the config, then the language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from draft_cases import DEWI, LIAM, ME, OWNER, START, case_of, follow_up, written

from susul.config import parse_config
from susul.drafting import Library, compose
from susul.drafting.facts import gather
from susul.model import Kind, Step, Topic
from susul.owner import Formality, Voice
from susul.policy import load_policy

if TYPE_CHECKING:
    from pathlib import Path

    from susul.drafting.facts import Facts
    from susul.model import Address, Case

SILENT = case_of(written(1, ME, (LIAM,), "Brand refresh", "The paper is attached.", sign_off="Rina"))
CLOSED = case_of(written(1, ME, (LIAM,), "Brand refresh", "Hi Liam,\n\nHere it is.\n\nWarm regards,\nRina"))
DIAM = case_of(
    written(1, DEWI, (ME,), "Wawancara", "Kami tunggu kabarnya.\n\nDewi Lestari", sign_off="Dewi Lestari"),
    kind=Kind.INTERVIEW,
    language="id",
)


def facts(case: Case, to: Address, **owner: object) -> Facts:
    voice = parse_config({"owner": owner}).owner.voice
    step = follow_up(case, Step.STATUS_CHECK, to)
    return gather(case, step, replace(OWNER, voice=voice), case.language, START)


def test_without_config_nothing_is_said() -> None:
    found = facts(SILENT, LIAM)

    assert (found.headline, found.links, found.sign_off, found.formality, found.extra) == ("", (), "", "neutral", {})
    assert found == gather(SILENT, follow_up(SILENT, Step.STATUS_CHECK, LIAM), OWNER, "en", START)


def test_links_are_lines_and_those_of_a_table_have_names() -> None:
    listed = facts(SILENT, LIAM, links=["https://rina.example", " "])
    named = facts(SILENT, LIAM, links={"case_studies": "https://rina.example/work"}, extra={"phone": "+62\n21"})

    assert listed.links == ("https://rina.example",)
    assert named.links == ("Case studies: https://rina.example/work",)
    assert named.extra == {"case_studies": "https://rina.example/work", "phone": "+62 21"}


@pytest.mark.parametrize(
    ("chosen", "english", "indonesian"),
    [
        ("Cheers", "Cheers,", "Hormat saya,"),
        ("Salam hangat,", "Best regards,", "Salam hangat,"),
        ("Sunny greetings", "Sunny greetings,", "Sunny greetings,"),
        ({"en": "Cheers,", "id": "Salam hangat"}, "Cheers,", "Salam hangat,"),
        ({"id": "Salam hangat"}, "Best regards,", "Salam hangat,"),
        ("  ", "Best regards,", "Hormat saya,"),
    ],
)
def test_a_sign_off_closes_the_mails_of_its_language(chosen: object, english: str, indonesian: str) -> None:
    assert facts(SILENT, LIAM, sign_off=chosen).closing == english
    assert facts(DIAM, LIAM, sign_off=chosen).closing == indonesian


def test_the_conversations_own_closing_counts_for_more() -> None:
    assert facts(CLOSED, LIAM, sign_off="Cheers", formality="formal").closing == "Warm regards,"


def test_formality_counts_where_the_conversation_shows_no_tone() -> None:
    for formality, greeting, closing in (
        ("neutral", "Dear Liam Foster,", "Best regards,"),
        ("formal", "Dear Liam Foster,", "Best regards,"),
        ("casual", "Dear Liam Foster,", "Best regards,"),
    ):
        found = facts(SILENT, LIAM, formality=formality)
        assert (found.greeting, found.closing, found.formality) == (greeting, closing, formality)
    assert facts(CLOSED, LIAM, formality="casual").greeting == "Hi Liam,"
    assert facts(DIAM, DEWI, formality="formal").closing == "Hormat saya,"


def test_a_template_of_the_owners_can_say_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "en" / "decline" / "any.1.j2"
    path.parent.mkdir(parents=True)
    path.write_text(
        "{#- Mine. -#}\n{{ greeting }}\n\n{{ headline }}, {{ formality }}, {{ extra.phone }}.\n\n"
        "{% for link in links %}\n- {{ link }}\n{% endfor %}\n\n{{ sign_off }}\n",
        "utf-8",
    )
    voice = Voice("Brand designer", ("Work: https://x.example",), {"en": "Cheers"}, Formality.CASUAL, {"phone": "12"})
    case = replace(SILENT, topic=Topic(about="brand refresh"))
    step = follow_up(case, Step.DECLINE, LIAM)

    draft = compose(case, step, replace(OWNER, voice=voice), load_policy(), Library(tmp_path), START)

    own = draft.text.partition("\n\nOn ")[0]
    assert own == ("Dear Liam Foster,\n\nBrand designer, casual, 12.\n\n- Work: https://x.example\n\nCheers,\nRina")
