"""What Susul's HTML pages have in common: their policy, their colours, and words of strangers made harmless.

A page loads nothing from anywhere and runs no script: its own policy forbids both (CSP Level 3).
"""

from __future__ import annotations

from susul.reading.characters import visible

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Text on page or card has a contrast of 7 or more, soft text of 5 or more (WCAG 2.2, 1.4.3).
COLOURS = """
:root { color-scheme: light dark; --line: #dadce0; --soft: #5f6368; --page: #f6f8fc; --card: #fff; --ink: #202124; }
@media (prefers-color-scheme: dark) {
  :root { --line: #444746; --soft: #a5a9ae; --page: #131314; --card: #1e1f20; --ink: #e3e3e3; }
}
"""


def harmless(text: str, longest: int) -> str:
    """``text`` on one line, cut at ``longest``, without what hides, turns the direction or can't be encoded."""
    return " ".join(_shown(text, longest).split())


def harmless_lines(text: str, longest: int) -> str:
    """The same with its line ends kept."""
    return _shown(text, longest)


def _shown(text: str, longest: int) -> str:
    clean = visible(text[: 4 * longest]).encode("utf-8", "replace").decode()
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"
