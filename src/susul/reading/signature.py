"""What stands below a writer's own words: signatures, lines of the device, legal text, footers of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.reading.attribution import is_rule
from susul.reading.names import Names, bare
from susul.reading.sentences import words as spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from susul.reading.quote_words import QuoteWords

LONGEST_SIGNATURE = 20  # lines that are not blank, below a "--"
LINES_NEAR_END = 60  # legal text, footers and signatures are looked for no further up
SHORT_BLOCK = 4  # lines of a signature that holds no address, number or title
LOOKED_AT = 16  # lines from the end among which a name is searched
LONGEST_DEVICE_LINE = 120

_CONTACT = re.compile(r"\+?\d[\d ().-]{6,}\d|https?://|www\.|\b[\w.+-]{1,64}@[\w-]{1,64}\.|\S \| \S|\S • \S|\S · \S")
# What stands in a plain text for the logo of a signature.
_IMAGE = re.compile(r"\[(?:cid|image|inline image)\s?:[^\]]{1,300}\]", re.IGNORECASE)
_SPELLED = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass(frozen=True, slots=True)
class Signed:
    """One run of own lines: its words, and what was cut below them."""

    words: tuple[str, ...]
    signature: tuple[str, ...]
    sign_off: str


def signed(run: Sequence[str], names: Names, words: QuoteWords, *, first: bool) -> Signed:
    """``run`` without its signature. ``first``: the message begins with it, so a warning may stand on top."""
    lines = trimmed(run)
    if first:
        lines = _below_warning(lines, words)
    near = max(0, len(lines) - LINES_NEAR_END)
    above, lines = lines[:near], lines[near:]
    alone = first and not above
    lines, footer = _without_footers(lines, words, alone=alone)
    lines, below = _above_delimiter(lines, names, words, alone=alone)
    lines, device = _without_device_lines(lines, words)
    lines, block, name = _without_name_block(lines, names, words)
    if not name:
        name = names.in_signature(trimmed(below))
    return Signed(tuple(trimmed([*above, *lines])), tuple(trimmed([*block, *device, *below, *footer])), name)


def unsigned(run: Sequence[str]) -> Signed:
    """``run`` as it is."""
    return Signed(tuple(trimmed(run)), (), "")


def trimmed(lines: Sequence[str]) -> list[str]:
    """``lines`` without blank ones at either end."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return list(lines[start:end])


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, line in enumerate(lines):
        if line.strip():
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(lines)


def _below_warning(lines: list[str], words: QuoteWords) -> list[str]:
    """Mail systems put "this mail comes from outside" above the writer's first words."""
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    if end < len(lines) and _is_disclaimer(lines[:end], words, topmost=True):
        return trimmed(lines[end:])
    return lines


def _without_footers(lines: list[str], words: QuoteWords, *, alone: bool) -> tuple[list[str], list[str]]:
    """Legal text and footers of lists end a message. ``alone``: nothing stands above ``lines``."""
    for start, end in _paragraphs(lines):
        cut = next((at for at in range(start, end) if _is_footer(lines[at], words)), None)
        if cut is None and _is_disclaimer(lines[start:end], words, topmost=alone and start == 0):
            cut = start
        if cut is not None:
            cut = cut - 1 if cut and is_rule(lines[cut - 1]) else cut
            return lines[:cut], lines[cut:]
    return lines, []


def _is_footer(line: str, words: QuoteWords) -> bool:
    return line[:120].lstrip(" *-—–_>[(|").lower().startswith(words.footer_starts)


def _is_disclaimer(paragraph: Sequence[str], words: QuoteWords, *, topmost: bool) -> bool:
    """Two marks of legal text in a paragraph; one where it begins like legal text below other words."""
    known = paragraph[0][:120].lstrip(" *-—–_>[(").lower().startswith(words.disclaimer_starts)
    if known and not topmost:
        return True
    head = " ".join(paragraph[:60])[:4000].lower()
    if not known and len(head) < 150:
        return False
    if words.disclaimer_words.isdisjoint(spelled(head)):
        return False
    marks = len({found.group() for found in words.disclaimer_anchors.finditer(head)})
    return marks >= (4 if topmost and not known else 3)


def _above_delimiter(lines: list[str], names: Names, words: QuoteWords, *, alone: bool) -> tuple[list[str], list[str]]:
    """The usual delimiter is "-- " (RFC 3676, 4.3); a drawn line counts where a signature or a footer follows it."""
    for at, line in enumerate(lines):
        mark = line.strip(" *")
        if mark == "--" and _count(lines[at + 1 :]) <= LONGEST_SIGNATURE:
            return lines[:at], lines[at + 1 :]
        if mark and is_rule(line) and (at > 0 or not alone):
            closed = at > 0 and names.closing(lines[at - 1])[0]
            if closed or _ends_message(trimmed(lines[at + 1 :]), words, drawn=mark[0] == "_"):
                return lines[:at], lines[at + 1 :]
    return lines, []


def _count(lines: Sequence[str]) -> int:
    return sum(1 for line in lines[: LONGEST_SIGNATURE * 4] if line.strip())


def _ends_message(below: Sequence[str], words: QuoteWords, *, drawn: bool) -> bool:
    """Whether a footer or a signature follows a line; a ``drawn`` one (underscores) stands over less plain ones too."""
    if not below or _count(below) > LONGEST_SIGNATURE:
        return not below
    top = " ".join(below[:3])[:1000].lower()
    if any(phrase in top for phrase in words.footer_starts):
        return True
    if any(_is_sentence(line) for line in below):
        return False
    return _has_contact(below, words) or (drawn and len(below) <= SHORT_BLOCK)


def _without_device_lines(lines: list[str], words: QuoteWords) -> tuple[list[str], list[str]]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_device_line(lines[end - 1], words)):
        end -= 1
    return lines[:end], trimmed(lines[end:])


def _is_device_line(line: str, words: QuoteWords) -> bool:
    """Whether ``line`` is what a device adds ("Sent from my iPhone"), in the words of any mail program, or a logo."""
    if _IMAGE.fullmatch(line.strip()):
        return True
    if len(line) > LONGEST_DEVICE_LINE:
        return False
    spoken = _SPELLED.findall(line.lower())
    low = " ".join(spoken)
    named = not words.devices.isdisjoint(spoken[:8])
    if low.startswith(words.sent_from):
        joking = low.startswith(words.sent_from_anything) and len(spoken) <= 9 and set(line).isdisjoint(",;.!?")
        return named or joking
    if low.startswith(words.sent_through):
        return named and len(spoken) <= 6
    if not named or len(spoken) > 12:
        return False
    return not words.sent_words.isdisjoint((spoken[0], spoken[-1])) or (len(spoken) <= 5 and "from" in spoken[:2])


def _is_sentence(line: str) -> bool:
    """Prose is mostly lower case; names, titles and addresses are not."""
    spoken = line[:300].split()
    small = sum(1 for word in spoken if word[:1].islower())
    return (len(spoken) >= 5 and small * 2 > len(spoken)) or line.rstrip().endswith("?")


def _without_name_block(lines: list[str], names: Names, words: QuoteWords) -> tuple[list[str], list[str], str]:
    """Closing words, name and what follows, cut where what follows is a signature; else only the name is read."""
    near = [at for at in range(max(0, len(lines) - LOOKED_AT * 3), len(lines)) if lines[at].strip()][-LOOKED_AT:]
    for position in range(len(near) - 1, -1, -1):
        at = near[position]
        closed, name = names.closing(lines[at])
        if closed:
            return _cut_below(lines, near[position:], names, words, name=name)
    return _cut_at_own_name(lines, near, names, words)


def _cut_below(
    lines: list[str], near: list[int], names: Names, words: QuoteWords, *, name: str
) -> tuple[list[str], list[str], str]:
    """``near[0]`` is the line with the closing words, which may hold the name as well."""
    rest = near[1:]
    signs = bool(name)
    if not name and rest:
        name = names.read(lines[rest[0]])
        signs = bool(name) or names.is_group(lines[rest[0]])
        rest = rest[1:]
    if not signs:
        return lines, [], ""
    stop = _block_end(lines, rest, words)
    if stop is None:
        return lines, [], name
    start = near[0]
    while start and (not lines[start - 1].strip() or names.closing(lines[start - 1])[0]):
        start -= 1
    return [*lines[:start], *lines[stop:]], lines[start:stop], name


def _cut_at_own_name(
    lines: list[str], near: list[int], names: Names, words: QuoteWords
) -> tuple[list[str], list[str], str]:
    """No closing words: the sender's own name on a line of its own will do."""
    for position in range(len(near) - 1, -1, -1):
        at = near[position]
        name = names.own(lines[at])
        if not name:
            continue
        stop = _block_end(lines, near[position + 1 :], words)
        if stop is not None and position > 0:
            return [*lines[:at], *lines[stop:]], lines[at:stop], name
        return lines, [], name if position == len(near) - 1 else ""
    return lines, [], ""


def _block_end(lines: Sequence[str], below: Sequence[int], words: QuoteWords) -> int | None:
    """Where the signature ends whose lines below the name are ``below``; None where they are no signature.

    A postscript or a sentence ends it: those are the writer's words again.
    """
    block: list[int] = []
    for at in below:
        if _is_sentence(lines[at]) or lines[at].strip(" *").lower().startswith(words.postscripts):
            break
        block.append(at)
    if not block:
        return None
    directly = bool(lines[block[0] - 1].strip()) and block[-1] - block[0] == len(block) - 1
    return block[-1] + 1 if _is_block([lines[at] for at in block], words, directly=directly) else None


def _is_block(block: Sequence[str], words: QuoteWords, *, directly: bool) -> bool:
    """``directly``: no blank line stands between the name and the last line of ``block``."""
    if _has_contact(block, words):
        return True
    return (
        directly and len(block) <= SHORT_BLOCK and all(len(line) <= 50 and bare(line)[:1].isupper() for line in block)
    )


def _has_contact(block: Sequence[str], words: QuoteWords) -> bool:
    """Whether a line holds an address, a number, a title or a company."""
    return any(_CONTACT.search(line[:200]) or words.title_words.search(line[:200].lower()) for line in block)
