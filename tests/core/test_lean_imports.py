"""Libraries are loaded without what is never used of them, and work as before."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from susul.days import public_holidays
from susul.domains import registrable_domain
from susul.lean_imports import keep_apart, left_out


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after ``code``."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(told.stdout.split())


def test_one_country_is_loaded_and_not_all() -> None:
    found = loaded_by("from susul.days import public_holidays\nassert public_holidays('ID', 2026, True)")
    assert [name for name in found if name.startswith("holidays.countries.")] == ["holidays.countries.indonesia"]


def test_every_country_can_be_loaded_by_itself() -> None:
    from holidays.registry import COUNTRIES

    new_year = [code for _, code, *_ in COUNTRIES.values() if date(2026, 1, 1) in public_holidays(code, 2026, False)]
    assert len(new_year) > 150


def test_html_is_read_without_the_parts_that_nobody_uses() -> None:
    found = loaded_by(
        "from susul.reading.html_text import html_to_text\nassert html_to_text('<p>Yes</p>').strip() == 'Yes'"
    )
    assert "bs4" in found
    assert not found & {"soupsieve", "charset_normalizer"}


def test_google_is_reached_without_what_passwords_need() -> None:
    assert "pyparsing" not in loaded_by("import susul.sources.google.wire")


def test_what_is_left_out_can_be_imported_afterwards() -> None:
    with left_out("colorsys"):
        import colorsys

        assert not hasattr(colorsys, "rgb_to_hsv")
    import colorsys as whole

    assert whole.rgb_to_hsv(0, 0, 0) == (0, 0, 0)


def test_what_is_there_already_is_not_left_out() -> None:
    with left_out("sys"):
        import sys as same
    assert same is sys


def test_a_package_that_was_loaded_whole_stays_whole() -> None:
    import email.mime

    keep_apart(email, "mime")
    assert sys.modules["email.mime"] is email.mime


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@mail.bücher.example", "bücher.example"),
        ("a@mail.xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a@shop.xn--80ak6aa92e.xn--p1ai", "xn--80ak6aa92e.xn--p1ai"),  # a Russian suffix
        ("a@www.site.xn--55qx5d.cn", "site.xn--55qx5d.cn"),  # a Chinese suffix of two parts
        ("a@hr.toko.co.id", "toko.co.id"),
        ("a@xn--broken-.example", "xn--broken-.example"),
    ],
)
def test_organisations_with_foreign_letters(email: str, domain: str) -> None:
    assert registrable_domain(email) == domain
