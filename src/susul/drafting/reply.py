"""Composes the draft of a step: recipients, subject, thread headers, text and HTML as Gmail itself would make them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.drafting.cleaning import header_words, many_lines, one_line
from susul.drafting.facts import Facts, gather, names_a_day, offers_a_past_day, owner_name
from susul.drafting.markup import lines_to_html, to_html
from susul.drafting.quote import quoted_html, quoted_text
from susul.drafting.subjects import new_subject, reply_subject
from susul.drafting.variants import first_fresh, in_turn
from susul.drafting.wording import language_of, wording
from susul.model import Address, Case, Draft, Fact, FollowUp, Nature, Step, Told
from susul.owner import Owner, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from susul.drafting.templates import Library
    from susul.policy import Policy

MOST_REFERENCES = 40
NEW_LINE = "\n"
LONGEST_ID = 900  # characters: an id can't be folded, and a line holds 998


def compose(
    case: Case,
    follow_up: FollowUp,
    owner: Owner,
    policy: Policy,
    library: Library,
    now: datetime,
    template: str = "",
) -> Draft:
    """The draft for ``follow_up``. ``now`` is any aware time; days and hours in the draft are the owner's.

    ``template`` names the one to write it with, in place of the one whose turn it is. Raises TemplateFaultError where a
    template can't be rendered, LookupError where there is none.
    """
    language = language_of(case.language, owner.language)
    words = wording(language)
    replied = _replied(case, follow_up)
    facts = gather(case, follow_up, owner, language, now, placeholders=policy.general.placeholders)
    if template:
        body = library.render(template, facts)
    else:
        occasions = tuple(_occasions(case, follow_up, owner))
        names = in_turn(library.variants(language, follow_up.step, case.kind, occasions), case, follow_up)
        body = first_fresh(names, lambda name: library.render(name, facts), case)
    sender = _sender(case, replied, owner)
    signature = _below(body, facts, _signature(facts, case, owner, sender))
    to, cc = _recipients(follow_up, owner)
    quote = _quote(case, follow_up, owner)
    return Draft(
        thread=replied.message.thread_id if replied else None,
        sender=sender,
        to=to,
        cc=cc,
        subject=reply_subject(_thread_subject(case, replied)) if replied else new_subject(follow_up.step, facts, words),
        in_reply_to=_message_id(replied.message.message_id) if replied else "",
        references=_references(replied) if replied else (),
        text=_text(body, signature, quote),
        html=_html(body, signature, quote),
    )


def own_words(draft: Draft, case: Case, follow_up: FollowUp, owner: Owner) -> str:
    """What ``draft`` says above the quoted message, signature included; it ends with a line break."""
    quote = _quote(case, follow_up, owner)
    return draft.text.removesuffix(f"\n\n{quote[0]}\n").rstrip() + NEW_LINE if quote else draft.text


def reworded(draft: Draft, text: str, case: Case, follow_up: FollowUp, owner: Owner) -> Draft:
    """``draft`` with ``text`` in place of its own words; the quoted message stays below."""
    own = many_lines(text).strip()
    html = f'<div dir="ltr">{to_html(own)}</div>'
    quote = _quote(case, follow_up, owner)
    if quote is None:
        return replace(draft, text=own + NEW_LINE, html=html)
    return replace(draft, text=f"{own}\n\n{quote[0]}\n", html=f"{html}<br>{quote[1]}")


def _quote(case: Case, follow_up: FollowUp, owner: Owner) -> tuple[str, str] | None:
    """The quoted message as text and as HTML; None where the draft quotes none."""
    replied = _replied(case, follow_up) if follow_up.quotes else None
    words = wording(language_of(case.language, owner.language))
    return (quoted_text(replied, owner, words), quoted_html(replied, owner, words)) if replied else None


def _replied(case: Case, follow_up: FollowUp) -> Told | None:
    if follow_up.reply_to is None:
        return None
    return next((told for told in case.told if told.message.id == follow_up.reply_to), None)


def _thread_subject(case: Case, replied: Told) -> str:
    """The replied message's subject; where a machine wrote it ("Automatic reply: …"), the last one of a person's."""
    if replied.reading.nature is Nature.PERSON:
        return replied.message.subject
    thread = (t for t in reversed(case.told) if t.message.thread_id == replied.message.thread_id)
    return next((t.message.subject for t in thread if t.reading.nature is Nature.PERSON), replied.message.subject)


def _occasions(case: Case, follow_up: FollowUp, owner: Owner) -> Iterator[str]:
    """What is special about this step, the most telling first."""
    if follow_up.step is Step.STATUS_CHECK and names_a_day(case, follow_up):
        yield "promised"
    if follow_up.time_passed or offers_a_past_day(case, follow_up, owner):
        yield "passed"
    if follow_up.step is Step.DECLINE and _was_offered(case):
        yield "offer"
    if follow_up.ordinal > 0:
        yield "again"


def _was_offered(case: Case) -> bool:
    return any(s.fact is Fact.OFFER for told in case.told if not told.outgoing for s in told.reading.signals)


def _sender(case: Case, replied: Told | None, owner: Owner) -> Address:
    """The alias that the owner last wrote from in the thread, else the one they were written to there."""
    thread = [t for t in case.told if replied is not None and t.message.thread_id == replied.message.thread_id]
    for told in (thread, case.told):
        used = [_own(one.message.sender.email, owner) for one in reversed(told) if one.outgoing]
        asked = [_own(a.email, owner) for one in reversed(told) for a in (*one.message.to, *one.message.cc)]
        alias = next((email for email in [*used, *asked] if email), "")
        if alias:
            return Address(header_words(owner_name(case, owner, alias)), alias)
    first = owner.addresses[0] if owner.addresses else ""
    return Address(header_words(owner_name(case, owner, first)), first)


def _own(email: str, owner: Owner) -> str:
    """The owner's address that ``email`` is a spelling of; empty where it is none."""
    if email.lower() in owner.addresses:
        return email.lower()
    return next((own for own in owner.addresses if canonical(own) == canonical(email)), "")


def _recipients(follow_up: FollowUp, owner: Owner) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    seen: set[str] = set()

    def kept(addresses: Iterable[Address]) -> Iterator[Address]:
        for address in addresses:
            key = canonical(address.email)
            if address.email and not owner.is_me(address.email) and key not in seen:
                seen.add(key)
                yield Address(header_words(address.name), address.email.strip().lower())

    to = tuple(kept(follow_up.to))
    return to, tuple(kept(follow_up.cc))


def _message_id(value: str) -> str:
    """``value`` where it can stand in a header as one id (RFC 5322, 3.6.4); empty where it can't."""
    words = value.split()
    return words[0] if len(words) == 1 and _is_id(words[0]) else ""


def _is_id(word: str) -> bool:
    inner = word[1:-1]
    wrapped = word.startswith("<") and word.endswith(">") and bool(inner) and not set(inner) & set("<>")
    return wrapped and len(word) <= LONGEST_ID and word.isascii() and word.isprintable()


def _references(replied: Told) -> tuple[str, ...]:
    """The ids of the conversation, the replied message's last; of very many, the first and last (RFC 5322, 3.6.4)."""
    message = replied.message
    before = message.references or (message.in_reply_to,)
    ids = [identity for value in (*before, message.message_id) if (identity := _message_id(value))]
    unique = tuple(dict.fromkeys(reversed(ids)))[::-1]
    if len(unique) <= MOST_REFERENCES:
        return unique
    half = MOST_REFERENCES // 2
    return (*unique[:half], *unique[-half:])


def _below(body: str, facts: Facts, signature: str) -> str:
    """``signature`` with the gap above it: none below a closing line, else an empty line."""
    closes = bool(facts.closing) and body.endswith(facts.closing)
    return f"{'' if closes else NEW_LINE}{NEW_LINE}{signature}" if signature else ""


def _signature(facts: Facts, case: Case, owner: Owner, sender: Address) -> str:
    """The owner's signature; without one, the name as the owner signs in this conversation."""
    if owner.signature.strip():
        return many_lines(owner.signature).strip()
    names = (sender.name, facts.owner_name)
    known = {word for name in names for word in name.lower().split()}
    signed = (one_line(t.reading.sign_off) for t in reversed(case.told) if t.outgoing)
    own = (name for name in signed if known & set(name.lower().split()))
    return next(own, "") or facts.owner_name or sender.name


def _text(body: str, signature: str, quote: tuple[str, str] | None) -> str:
    own = f"{body}{signature}".strip()
    return f"{own}\n\n{quote[0]}\n" if quote else f"{own}\n"


def _html(body: str, signature: str, quote: tuple[str, str] | None) -> str:
    gap = "<div><br></div>" if signature.startswith("\n\n") else ""
    signed = f"{gap}<div>{lines_to_html(signature.strip())}</div>" if signature else ""
    own = f'<div dir="ltr">{to_html(body)}{signed}</div>'
    return f"{own}<br>{quote[1]}" if quote else own
