"""The subject of a draft: the thread's own for a reply, a plain one for a new thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from susul.drafting.cleaning import header_words
from susul.drafting.wording import Wording, reply_marks

if TYPE_CHECKING:
    from susul.drafting.facts import Facts
    from susul.model import Step

RE = "Re: "
LONGEST_MARK = 12  # characters, with a counter: "Re[12]"


def reply_subject(subject: str) -> str:
    """``subject`` as the thread has it (Gmail keeps threads together by it), with one "Re: " where it has none yet."""
    words = header_words(subject)
    return words if _is_marked(words) else RE + words


def _is_marked(subject: str) -> bool:
    head, colon, _ = subject[: LONGEST_MARK + 1].replace("：", ":").partition(":")
    mark = head.partition("[")[0].partition("(")[0].strip().lower()
    return bool(colon) and mark in reply_marks()


def new_subject(step: Step, facts: Facts, words: Wording) -> str:
    """The subject of a new thread, in the language of the draft."""
    topic = facts.role or facts.event_title or facts.about or facts.company
    pattern = str(words.subject[step.value] if topic else words.subject["unnamed"])
    return header_words(pattern.format(topic=topic))
