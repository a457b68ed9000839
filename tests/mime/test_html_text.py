from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from susul.reading.html_text import html_to_text, parse_html, text_of
from susul.reading.html_tree import Tag


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<div dir="ltr">Dear Budi,<div><br></div><div>Thanks &amp; regards<br></div></div>',
            "Dear Budi,\n\nThanks & regards",
        ),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>one<li>two <b>bold</b></ul>end", "- one\n- two bold\n\nend"),
        ('See <a href="https://example.com/x">our site</a>.', "See our site."),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a  b\nc</pre>", "a b\nc"),
        ("a\n  b\tc&nbsp;d", "a b c d"),
        ("<html><head><title>T</title><style>p{}</style></head><body>text</body></html>", "text"),
        ("<head><body>never closed head", "never closed head"),
        ("<script>x()</script>text<!-- no --><![if !mso]> and<![endif]><!--[if mso]>no<![endif]-->", "text and"),
        ("<style><!-- p{} </style>text<!-- a -->", "text"),
        ("Jane <jane@example.com> wrote:", "Jane <jane@example.com> wrote:"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("before <!-- never closed", "before never closed"),
        ("<!DOCTYPE html><?xml version='1'?>x", "x"),
        ("<![foo[ x", "[foo[ x"),
        ("<<!x>![if a", "<![if a"),
        ("&#xD800;&#99999999999999999999;&#x1F600;", "\ufffd\ufffd😀"),
        ("invoice.html", "invoice.html"),
        ("https://example.com/a", "https://example.com/a"),
        ("", ""),
        (" \n ", ""),
        ('<img src="data:image/png;base64,AAAA">x', "x"),
        ("in\u200bter\u00adview", "interview"),
    ],
)
def test_html_reads_as_it_is_seen(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "color:red; DISPLAY : none !important",
        "visibility:hidden",
        "mso-hide:all",
        "max-height:0;overflow:hidden",
        "max-height: 0px",
        "opacity:0",
        "opacity:0.0;",
        "font-size:0",
        "font-size:0px;line-height:0",
    ],
)
def test_what_is_styled_away_is_not_read(style: str) -> None:
    assert html_to_text(f'<div style="{style}">hidden <b>too</b></div>seen') == "seen"


@pytest.mark.parametrize(
    "style", ["display:block", "opacity:0.9", "max-height:0.5em", "font-size:0.9em", "font-size:small"]
)
def test_what_is_only_made_small_is_read(style: str) -> None:
    assert html_to_text(f'<div style="{style}">seen</div>') == "seen"


def test_a_font_size_of_nothing_ends_where_another_is_set() -> None:
    cell = '<td style="font-size:0px">gone<div style="font-size:13px">seen</div></td>'

    assert html_to_text(f"<table><tr>{cell}</tr></table>") == "seen"


def test_the_hidden_attribute_hides() -> None:
    assert html_to_text("<p hidden>no</p>yes") == "yes"


def test_a_caller_can_cut_the_tree_before_reading_it() -> None:
    soup = parse_html('<div>new</div><div class="gmail_quote">old</div>')
    quote = soup.find(class_="gmail_quote")
    assert isinstance(quote, Tag)

    quote.extract()

    assert text_of(soup) == "new"
    assert text_of(quote) == "old"


def test_ten_thousand_nested_blocks_are_read() -> None:
    assert html_to_text("<div>" * 10_000 + "deep" + "</div>" * 10_000) == "deep"


def test_inline_images_do_not_count_towards_the_bound() -> None:
    assert html_to_text('<img src="data:image/png;base64,' + "A" * 2_000_000 + '">after') == "after"


@given(st.text())
def test_any_text_is_read(html: str) -> None:
    html_to_text(html).encode()


MARKUP = [
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<!",
        "<?",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
        "</",
        "<a",
        "href='",
        '"',
        "=",
    ),
    *(
        "<style>",
        "</style>",
        "<script>",
        "&",
        "&#",
        ";",
        "&#x",
        "a",
        "<td>",
        "<li>",
        "<br>",
        "<x@y>",
        "<title>",
        "</title>",
    ),
    *("<textarea>", "<html>", "</body>", "<svg>", "<![if", "]>", "\x00", "\ud800", " "),
]


@given(st.lists(st.sampled_from(MARKUP)))
def test_any_markup_is_read(pieces: list[str]) -> None:
    html_to_text("".join(pieces)).encode()


@pytest.mark.parametrize(
    "unit",
    [
        "<b>",
        "<div>x",
        "<a ",
        "<",
        "</",
        "<!--",
        "<!",
        "<?",
        "&#",
        "&",
        '<a b="',
        "<a =",
        "<style>",
        "<li>",
        "<br>",
        "<pre>\n",
        "<p>a<b>c</b>d",
        "<style></style ",
        "</style",
        "<p style='display :",
        "<x@y>",
        "<i><b></i>",
        "&nbsp;",
        "<title>",
    ],
)
def test_more_than_the_bound_of_anything_is_read_in_linear_time(unit: str) -> None:
    html = unit * (600_000 // len(unit))
    started = time.process_time()

    html_to_text(html)

    assert time.process_time() - started < 5


def test_closing_tags_deep_inside_do_not_make_it_quadratic() -> None:
    started = time.process_time()

    html_to_text("<b>" * 12_000 + "x</b>" * 12_000)

    assert time.process_time() - started < 5
