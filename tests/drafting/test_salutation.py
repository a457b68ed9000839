"""Who is greeted how: by the owner's own way, by how people sign, and neutrally where the thread does not tell."""

from __future__ import annotations

import pytest
from draft_cases import ME, case_of, written
from hypothesis import given
from hypothesis import strategies as st

from susul.drafting.greetings import read_greeting
from susul.drafting.salutation import Salutation, salute
from susul.drafting.wording import wording
from susul.model import Address

EN, ID = wording("en"), wording("id")
CLAIRE = Address("Claire Tan", "claire.tan@arunika.example")
BUDI = Address("Budi Santoso", "budi.santoso@arunika.example")
SARI = Address("Sari Anggraini", "sari@cakradigital.example")


def greeted(language: str, *mails: tuple[str, Address, str, str], to: tuple[Address, ...] = (SARI,)) -> Salutation:
    """The salutation after ``mails``: "from" or "to", the other person, the text, how its writer signs."""
    told = [
        written(n, who if way == "from" else ME, (ME,) if way == "from" else (who,), "Subject", text, sign_off=sign_off)
        for n, (way, who, text, sign_off) in enumerate(mails, 1)
    ]
    return salute(case_of(*told, language=language), to, wording(language))


@pytest.mark.parametrize(
    ("language", "text", "greeting", "you"),
    [
        ("id", "Yth. Ibu Sari,\n\nSaya ingin melamar.", "Yth. Ibu Sari,", "Ibu"),
        ("id", "Kepada Yth.\nIbu Sari Anggraini\n\nSaya ingin melamar.", "Yth. Ibu Sari,", "Ibu"),
        ("id", "Halo Mas Sari,\n\nTerima kasih.", "Halo Mas Sari,", "Mas"),
        ("id", "Mbak Sari,\n\nTolong siapkan laporan.", "Yth. Mbak Sari,", "Mbak"),
        ("id", "Selamat pagi Bu Sari,\n\nBisa, Bu.", "Yth. Ibu Sari,", "Ibu"),
        ("id", "Dear Ibu Sari,\n\nTerima kasih.", "Dear Ibu Sari,", "Ibu"),
        ("id", "Yth. Bapak/Ibu Sari,\n\nTerima kasih.", "Yth. Bapak/Ibu Sari,", "Bapak/Ibu"),
        ("en", "Dear Ms Anggraini,\n\nI would like to apply.", "Dear Ms Anggraini,", "you"),
        ("en", "Hi Sari,\n\nThank you.", "Hi Sari,", "you"),
        ("en", "Good morning Sari,\n\nThank you.", "Hello Sari,", "you"),
    ],
)
def test_the_owners_own_form_of_address_comes_back(language: str, text: str, greeting: str, you: str) -> None:
    found = greeted(language, ("to", SARI, text, "Rina"))

    assert (found.greeting, found.you) == (greeting, you)


def test_a_first_name_signed_is_the_name_greeted() -> None:
    assert greeted("en", ("from", SARI, "Hello,\n\nThanks.\n\nSari", "Sari")).greeting == "Dear Sari,"


def test_who_calls_the_owner_by_first_name_is_called_so_too() -> None:
    assert greeted("en", ("from", SARI, "Hi Rina,\n\nThanks.", "Sari Anggraini")).greeting == "Hi Sari,"


def test_who_is_formal_is_greeted_with_the_full_name() -> None:
    assert greeted("en", ("from", SARI, "Dear Ms Wijaya,\n\nThanks.", "Sari Anggraini")).greeting == (
        "Dear Sari Anggraini,"
    )


def test_a_title_comes_from_anybody_in_the_thread() -> None:
    mail = ("from", BUDI, "Yth. Ibu Rina,\n\nSilakan hubungi Ibu Sari untuk jadwalnya.", "Budi Santoso")
    assert greeted("id", mail) == Salutation("Yth. Ibu Sari,", "Ibu", ("Ibu Sari",), formal=True)


@pytest.mark.parametrize(
    ("language", "shown", "text", "greeting"),
    [
        (
            "id",
            "Dr. Hadi Wiratma, M.Si.",
            "Assalamualaikum Wr. Wb.\n\nYth. Bapak Hadi Wiratma,\n\nMohon waktunya.",
            "Yth. Bapak Hadi Wiratma,",
        ),
        (
            "id",
            "Dr. Hadi Wiratma, M.Si.",
            "Yth. Bapak Dr. Hadi Wiratma, M.Si.,\n\nMohon waktunya.",
            "Yth. Bapak Hadi Wiratma,",
        ),
        ("id", "Prof. Dr. Ir. Hadi Wiratma, M.Sc., Ph.D.", "Yth. Prof. Hadi,\n\nMohon waktunya.", "Yth. Prof. Hadi,"),
        ("id", "H. Hadi Wiratma S.Kom", "Selamat pagi Pak Hadi,\n\nMohon waktunya.", "Yth. Bapak Hadi,"),
        ("id", "Dra. Endang Palupi, M.Pd.", "Salam sejahtera,\n\nBu Endang,\n\nMohon waktunya.", "Yth. Ibu Endang,"),
        (
            "id",
            "Hadi Wiratma, SE",
            "Kepada Yth. Bapak Hadi Wiratma SE\n\nMohon waktunya.",
            "Kepada Yth. Bapak Hadi Wiratma,",
        ),
        ("en", "Dr. Meera Patel, Ph.D.", "Dear Dr Patel,\n\nMay I ask you something?", "Dear Dr Patel,"),
        ("en", "Prof. Wei Lin", "Dear Prof. Lin,\n\nMay I ask you something?", "Dear Prof. Lin,"),
        ("en", "Meera Patel, CFA", "Hi Meera,\n\nMay I ask you something?", "Hi Meera,"),
        ("en", "Patel, Meera, MBA", "May I ask you something?", "Dear Meera Patel,"),
        ("en", "Dr. Meera Patel, Ph.D.", "May I ask you something?", "Dear Dr. Meera Patel,"),
        ("id", "Dr. Hadi Wiratma, M.Si.", "Mohon waktunya.", "Yth. Dr. Hadi Wiratma,"),
    ],
)
def test_titles_and_degrees_leave_the_name_as_it_is(language: str, shown: str, text: str, greeting: str) -> None:
    person = Address(shown, "office-4711@kampus.example")

    assert greeted(language, ("to", person, text, "Rina"), to=(person,)).greeting == greeting


def test_a_line_of_thanks_below_a_greeting_is_not_a_name() -> None:
    found = read_greeting("Hello,\n\nThanks,\nthis helps.", EN.salutation)

    assert found is not None
    assert found.forms == ()


def test_without_a_title_in_the_thread_none_is_guessed() -> None:
    found = greeted("id", ("from", SARI, "Yth. Ibu Rina,\n\nTerima kasih.", "Sari Anggraini"))
    assert (found.greeting, found.you) == ("Yth. Bapak/Ibu Sari Anggraini,", "Bapak/Ibu")


def test_the_local_part_is_never_a_name() -> None:
    nameless = Address("", "john.smith@acme.example")
    assert greeted("en", to=(nameless,)).greeting == "Hello,"
    assert greeted("id", to=(nameless,)).greeting == "Yth. Bapak/Ibu,"


@pytest.mark.parametrize(
    "name", ["HR Team", "Recruitment", "no-reply@acme.example", "{{ config }}", "<b>Eva</b>", "ACME 24"]
)
def test_a_desk_or_a_hostile_name_is_not_greeted_by_it(name: str) -> None:
    assert greeted("en", to=(Address(name, "x@acme.example"),)).greeting == "Hello,"


def test_a_group_greeting_of_the_owners_is_kept_for_a_desk() -> None:
    desk = Address("Ellery Press Careers", "careers@ellerypress.example")
    assert greeted("en", ("to", desk, "Dear Ellery Press team,\n\nMy CV.", ""), to=(desk,)).greeting == (
        "Dear Ellery Press team,"
    )


def test_two_are_both_named() -> None:
    mails = (
        ("from", CLAIRE, "Hi Rina,\n\nYou will meet Budi and me.", "Claire Tan"),
        ("to", CLAIRE, "Hi Claire,\n\nI look forward to meeting you and Budi.", "Rina"),
    )
    found = greeted("en", *mails, to=(CLAIRE, BUDI))
    assert (found.greeting, found.you) == ("Hi Claire and Budi,", "you both")


def test_a_first_name_beside_a_full_name_is_no_greeting() -> None:
    said = ("from", SARI, "Hi Rina,\n\nThat works.", "Sari")
    found = greeted("en", said, to=(SARI, CLAIRE))
    assert (found.greeting, found.you) == ("Hello both,", "you both")


def test_two_are_called_you_as_each_of_them_is() -> None:
    found = greeted("id", ("to", SARI, "Halo Mbak Sari dan Mas Budi,\n\nTerima kasih.", ""), to=(SARI, BUDI))
    assert (found.greeting, found.you) == ("Halo Mbak Sari dan Mas Budi,", "Mas dan Mbak")


def test_two_with_titles_are_both_named_in_indonesian() -> None:
    mails = (
        ("to", SARI, "Yth. Ibu Sari dan Bapak Budi,\n\nTerima kasih.", ""),
        ("to", BUDI, "Yth. Bapak Budi,\n\nBaik.", ""),
    )
    found = greeted("id", *mails, to=(SARI, BUDI))
    assert (found.greeting, found.you) == ("Yth. Ibu Sari dan Bapak Budi,", "Bapak dan Ibu")


def test_where_one_of_several_is_unknown_nobody_is_named() -> None:
    assert greeted("en", to=(CLAIRE, Address("", "x@acme.example"))).greeting == "Hello both,"
    assert greeted("id", to=(CLAIRE, Address("", "x@acme.example"))).greeting == "Yth. Bapak dan Ibu,"


def test_four_are_greeted_together() -> None:
    four = tuple(Address(f"Anna Berg{'abcd'[n]}", f"a{n}@acme.example") for n in range(4))
    assert greeted("en", to=four).greeting == "Hello everyone,"


def test_another_persons_name_in_the_owners_greeting_is_not_taken() -> None:
    found = greeted(
        "en", ("to", SARI, "Dear Claire,\n\nThank you.", ""), ("from", SARI, "Hi Rina,\n\nI am Sari.", "Sari")
    )
    assert found.greeting == "Hi Sari,"


def test_a_sentence_is_no_greeting() -> None:
    assert read_greeting("First of all,\nthank you.", EN.salutation) is None
    assert read_greeting("Thank you for the mail.", EN.salutation) is None
    assert read_greeting("", ID.salutation) is None


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=40), st.sampled_from(["en", "id"]))
def test_whatever_they_write_a_greeting_is_one_plain_line(text: str, name: str, sign_off: str, language: str) -> None:
    person = Address(name, "x@acme.example")
    mails = (("to", person, text, ""), ("from", person, text, sign_off))
    for to in ((person,), (person, CLAIRE)):
        found = greeted(language, *mails, to=to)
        assert found.greeting.endswith(",")
        assert "\n" not in found.greeting
        assert len(found.greeting) > 3
        assert not set(found.greeting) & set("{}<>")
        assert found.you
