"""HTML made to be slow to parse, to walk over or to cut quotes out of, at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile_text import repeated

if TYPE_CHECKING:
    from hostile_text import Maker


def halves(first: str, second: str) -> Maker:
    """One half of the one, then one half of the other."""
    return lambda size: repeated(first)(size // 2) + repeated(second)(size // 2)


PAGES: dict[str, Maker] = {
    "open tags": repeated("<b>"),
    "open blocks": repeated("<div>x"),
    "open quotes": repeated("<blockquote>"),
    "open and closed": halves("<div>", "</div>"),
    "closed and never open": repeated("</div>"),
    "closed deep inside": halves("<b>", "x</b>"),
    "crossed tags": repeated("<i><b></i>"),
    "tables in tables": repeated("<table><tr><td>"),
    "lists in lists": repeated("<ul><li>x"),
    "quotes beside quotes": repeated("<blockquote type=cite>x</blockquote>"),
    "paragraphs then quotes": halves("<p>x", "</p><blockquote>x</blockquote>"),
    "paragraphs then signatures": halves("<p>x</p>", "<i class=gmail_signature>x</i>"),
    "quotes and words in turn": repeated("<blockquote type=cite>x</blockquote><p>yes #</p>"),
    "signatures": repeated("<div class=gmail_signature>x</div>"),
    "signatures in signatures": repeated("<div class=gmail_signature>x"),
    "borders": repeated('<div style="border-top:solid 1px">From: a@b Sent: c To: d '),
    "borders beside borders": repeated('<div style="border-top:1px">From: a@b Sent: c</div>'),
    "less than": repeated("<"),
    "less than before a greater than": repeated("<", end=">"),
    "open tag names": repeated("<a "),
    "open tag names before a greater than": repeated("<a ", end=">"),
    "open attributes": repeated('<a b="', end=">"),
    "attributes": repeated("b# ", "<a ", ">"),
    "attributes of one name": repeated("b=c ", "<a ", ">"),
    "an attribute": repeated("x ", '<a class="', '">'),
    "equal signs": repeated("=", "<a ", ">"),
    "slashes": repeated("/", "<a ", ">"),
    "quotes in a tag": repeated("\"'", "<a ", ">"),
    "closing tag names": repeated("</a ", end=">"),
    "comments": repeated("<!-- a -->"),
    "open comments": repeated("<!--"),
    "open comments before an end": repeated("<!--", end="-->"),
    "dashes in a comment": repeated("-", "<!--"),
    "declarations": repeated("<!a"),
    "sections": repeated("<![if"),
    "cdata": repeated("<![CDATA["),
    "instructions": repeated("<?"),
    "scripts": repeated("<script>x</script>"),
    "open scripts": repeated("<script>"),
    "script ends that never end": repeated("</script", "<script>"),
    "style ends with spaces": repeated("</style ", "<style>"),
    "titles": repeated("<title>"),
    "text areas": repeated("<textarea>"),
    "plaintext": repeated("<plaintext>x"),
    "references": repeated("&nbsp;"),
    "open references": repeated("&"),
    "numeric references": repeated("&#"),
    "references of huge numbers": repeated("&#99999999;"),
    "endless references": repeated("9", "&#"),
    "references of surrogates": repeated("&#xd800;&#x0;"),
    "long names of references": repeated("&" + "a" * 200),
    "hidden": repeated('<p style="display:none">x</p>'),
    "hidden in hidden": repeated('<p style="font-size:0">x'),
    "styles": repeated('<p style="display:#">x</p>'),
    "a style": repeated("display : ", '<p style="', '">x'),
    "a style of spaces": repeated(" ", '<p style="display:', 'x">x'),
    "a style of font sizes": repeated("font-size:1", '<p style="', '">x'),
    "a style of opacities": repeated("opacity:0.", '<p style="', '">x'),
    "line breaks": repeated("<br>"),
    "preformatted": repeated("\n", "<pre>"),
    "cells": repeated("<td>x</td>"),
    "unescaped addresses": repeated("<helen#@mosaic.example> "),
    "image data": repeated("A", '<img src="data:image/png;base64,', '">x'),
    "image data again and again": repeated("data:image/png;base64,AA "),
    "image data beginnings": repeated("data:aaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    "one word": repeated("x"),
    "spaces": repeated(" "),
    "zero width": repeated("\u200bx\u00ad"),
    "zeros": repeated("\0<b>"),
    "lone surrogates": repeated("\ud800<b>\udfff</b>"),
    "links": repeated('<a href="https://a.example/?#">x</a> '),
    "attribution and quote": repeated("<div>On Mon, 1 Jun 2026 Rina wrote:</div><blockquote>x</blockquote>"),
    "meta charsets": repeated("<meta charset=utf-7>"),
}
