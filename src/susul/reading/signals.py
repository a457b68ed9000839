"""What a message says: phrases found in the writer's own words, each with its quote and the day that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.model import Fact, Sense, Signal
from susul.reading import cues
from susul.reading.dates import Preposition
from susul.reading.phrases import Guard, Pattern, Phrase, Place, phrase_book
from susul.reading.quotations import is_quoted, quotations
from susul.reading.roles import mention_for, names_a_day
from susul.reading.sentences import Places, Prose, Sentence, places, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from susul.model import Window
    from susul.reading.dates import Mention

_LONGEST_QUOTE = 200
# How far a guard looks that asks about the whole message, or about what comes next.
_OPENING, _NEXT = 6000, 40
# A message that "says nothing else" is no longer than this many words.
_FEW_WORDS = 25
# A message that has said something in this many sentences is not searched for more of it.
_ENOUGH = 6
# How many words of it may stand outside the courtesy: a greeting, a name.
_GREETING = 12
# Beside any other fact a courtesy is only how a mail begins.
_SMALL_TALK = frozenset({Fact.THANKS, Fact.CLOSING, Fact.INTEREST})
_APPOINTMENT = frozenset({Sense.PROPOSED, Sense.FIXED, Sense.MOVED})

# In one sentence the left makes the right void: a request is put as a question, a postponement is regretted.
_OUTWEIGHS: dict[tuple[Fact, Sense], frozenset[Fact | tuple[Fact, Sense]]] = {
    (Fact.PROMISE, Sense.PLAIN): frozenset({(Fact.HOLD_OFF, Sense.WE_CONTACT)}),
    (Fact.PROMISE, Sense.HOLDING): frozenset({(Fact.HOLD_OFF, Sense.WE_CONTACT)}),
    (Fact.OFFER, Sense.PLAIN): frozenset(
        {Fact.INTEREST, (Fact.SCHEDULE, Sense.PROPOSED), (Fact.HOLD_OFF, Sense.WE_CONTACT)}
    ),
    (Fact.REJECTION, Sense.PLAIN): frozenset({Fact.OFFER, (Fact.SCHEDULE, Sense.PROPOSED)}),
    (Fact.OFFER, Sense.ACCEPTED): frozenset({Fact.REQUEST}),
    (Fact.REQUEST, Sense.PLAIN): frozenset({Fact.QUESTION}),
    (Fact.SCHEDULE, Sense.PROPOSED): frozenset({Fact.REQUEST, (Fact.PROMISE, Sense.HOLDING)}),
    (Fact.SCHEDULE, Sense.MOVED): frozenset(
        {Fact.QUESTION, Fact.REQUEST, Fact.REJECTION, Fact.ON_HOLD, (Fact.PROMISE, Sense.SLOW)}
    ),
    (Fact.SCHEDULE, Sense.CANCELLED): frozenset({Fact.REJECTION, Fact.REQUEST, Fact.ON_HOLD}),
    (Fact.SCHEDULE, Sense.NO_SHOW): frozenset({Fact.REJECTION}),
    (Fact.CHECK_BACK, Sense.ON): frozenset({Fact.HOLD_OFF, Fact.REQUEST, Fact.QUESTION, Fact.PROMISE}),
    (Fact.CHECK_BACK, Sense.AFTER): frozenset({Fact.HOLD_OFF, Fact.REQUEST, Fact.QUESTION, Fact.PROMISE}),
    (Fact.HOLD_OFF, Sense.SILENCE_IS_NO): frozenset({Fact.REJECTION, Fact.PROMISE, Fact.REQUEST, Fact.CHECK_BACK}),
    (Fact.HOLD_OFF, Sense.NO_FOLLOW_UP): frozenset({Fact.REQUEST, Fact.CHECK_BACK}),
    (Fact.WITHDRAWAL, Sense.PLAIN): frozenset(
        {Fact.REQUEST, Fact.REJECTION, Fact.APPLICATION, Fact.PROPOSAL, Fact.OFFER, (Fact.SCHEDULE, Sense.PROPOSED)}
    ),
    (Fact.APPLICATION, Sense.PLAIN): frozenset({Fact.REQUEST}),
    (Fact.ON_HOLD, Sense.PLAIN): frozenset({Fact.REJECTION, (Fact.PROMISE, Sense.SLOW)}),
    (Fact.INTEREST, Sense.KEEP_IN_TOUCH): frozenset({Fact.REQUEST, Fact.QUESTION, (Fact.HOLD_OFF, Sense.NO_FOLLOW_UP)}),
}


# Where a sentence says one fact in several senses, the first of these is meant.
_FIRST = (
    Sense.NO_SHOW,
    Sense.MOVED,
    Sense.CANCELLED,
    Sense.PROPOSED,
    Sense.FIXED,
    Sense.KEEP_IN_TOUCH,
    Sense.AFTER,
    Sense.ACCEPTED,
    Sense.COURTESY,
    Sense.PLAIN,
    Sense.SLOW,
    Sense.HOLDING,
)


@dataclass(frozen=True, slots=True)
class _Match:
    """One wording found in one sentence; ``start`` and ``end`` are places in the prose."""

    phrase: Phrase
    sentence: Sentence
    start: int
    end: int


def signals_in(
    text: str,
    mentions: Sequence[Mention],
    *,
    language: str,
    outgoing: bool,
    subject: str,
    attachments: Sequence[str],
    written_on: date,
    doubting: bool = True,
) -> tuple[Signal, ...]:
    """The signals of one message in the order in which they stand there.

    ``text`` is the writer's own words, ``mentions`` the days named in it, ``language`` the code of the language that
    the conversation is held in ("und" where unknown): all languages' phrases are tried, those of this one are
    preferred. ``outgoing``: the owner wrote it. ``doubting``: the words around a phrase are asked whether they leave
    its fact possible (``susul.reading.cues``). Never raises on any text.
    """
    prose = Prose(text)
    quoted = quotations(prose.text)
    strong = _strong_enough([m for m in _matches(prose, outgoing) if not is_quoted(m.start, m.end, quoted)])
    dated = _dated(strong, prose, mentions, written_on)
    if doubting:
        dated = _believed(dated, prose, mentions, outgoing)
    spoken = _unopposed(_one_each(dated, language), prose)
    attached = _attached(attachments, subject) if outgoing else ()
    said = {signal.fact for signal in spoken}
    return (*spoken, *(signal for signal in attached if signal.fact not in said))


def _matches(prose: Prose, outgoing: bool) -> Iterator[_Match]:
    """Every phrase found, once a sentence."""
    book, short = phrase_book(), len(words(prose.folded)) <= _FEW_WORDS
    said = dict.fromkeys(Fact, 0)
    for sentence in prose.sentences():
        possible = book.possible_in(sentence.words)
        if "?" in sentence.folded:
            possible = [*possible, *book.questions]
        wanted = [
            pattern
            for pattern in possible
            if said[pattern.phrase.fact] < _ENOUGH
            and pattern.phrase.by_owner in (None, outgoing)
            and (short or not pattern.phrase.alone)
        ]
        if wanted:
            found = list(_matches_in(sentence, wanted, prose))
            for fact in {match.phrase.fact for match in found if match.phrase.weight >= 1}:
                said[fact] += 1
            yield from found


def _matches_in(sentence: Sentence, possible: Sequence[Pattern], prose: Prose) -> Iterator[_Match]:
    said: set[str] = set()
    asked: dict[Guard, bool] = {}
    spots = places(sentence.folded)
    for pattern in possible:
        phrase = pattern.phrase
        if phrase.id not in said:
            match = pattern.wording.first_in(sentence, spots)
            if match and not any(
                _holds(guard, prose, sentence, match, spots, asked)
                for guard in phrase.guards
                if guard.keys is None or not guard.keys.isdisjoint(sentence.words)
            ):
                said.add(phrase.id)
                yield _Match(phrase, sentence, sentence.start + match[0], sentence.start + match[1])


def _holds(
    guard: Guard, prose: Prose, sentence: Sentence, span: tuple[int, int], spots: Places, asked: dict[Guard, bool]
) -> bool:
    """Whether a guard holds. ``asked`` keeps what was asked about the whole sentence, for its other matches."""
    if guard.where is Place.MESSAGE:
        if guard not in prose.answers:
            opening = prose.folded[:_OPENING]
            prose.answers[guard] = any(literal in opening for literal in guard.literals)
        return prose.answers[guard]
    if guard.where is Place.NEXT:
        return guard.holds_behind(prose.folded[sentence.end : sentence.end + _NEXT].lstrip())
    if guard.where is not Place.SENTENCE:
        return guard.holds(sentence, span, spots)
    if guard not in asked:
        asked[guard] = guard.holds(sentence, span, spots)
    return asked[guard]


def _strong_enough(found: Sequence[_Match]) -> list[_Match]:
    """The matches of the facts that are certain: by one full phrase, or by hints that add up to one.

    A hint of the same name in two languages ("sorry" is found by both) is one hint. Beside a full phrase hints say
    nothing.
    """
    weights: dict[Fact, dict[str, float]] = {}
    for match in found:
        hints, name = weights.setdefault(match.phrase.fact, {}), match.phrase.id.partition("/")[2]
        hints[name] = max(match.phrase.weight, hints.get(name, 0))
    sure = {fact for fact, hints in weights.items() if sum(hints.values()) >= 1}
    plain = {fact for fact, hints in weights.items() if max(hints.values()) >= 1}
    return [
        match
        for match in found
        if match.phrase.fact in sure and (match.phrase.weight >= 1 or match.phrase.fact not in plain)
    ]


def _dated(
    found: Sequence[_Match], prose: Prose, mentions: Sequence[Mention], written_on: date
) -> list[tuple[_Match, Signal]]:
    given_up = _given_up(found, prose, mentions, written_on)
    dated = []
    for match in found:
        others = mentions
        if match.phrase.fact is Fact.PROMISE:
            others = [m for m in mentions if (match.sentence.start, m.window) not in given_up]
        signal = _signal(match, prose, others, written_on)
        if signal is not None:
            dated.append((match, signal))
    return dated


def _given_up(
    found: Sequence[_Match], prose: Prose, mentions: Sequence[Mention], written_on: date
) -> set[tuple[int, Window]]:
    """The days of appointments called off, each with its sentence: no answer is promised for such a day."""
    called_off = [m for m in found if m.phrase.fact is Fact.SCHEDULE and m.phrase.sense is Sense.CANCELLED]
    signals = [(match, _signal(match, prose, mentions, written_on)) for match in called_off]
    return {(match.sentence.start, signal.window) for match, signal in signals if signal and signal.window}


def _signal(match: _Match, prose: Prose, mentions: Sequence[Mention], written_on: date) -> Signal | None:
    phrase = match.phrase
    mention = mention_for(
        phrase.fact, phrase.sense, prose, (match.start, match.end), match.sentence, mentions, written_on
    )
    fact, sense = phrase.fact, phrase.sense
    if mention is None and (phrase.dated or phrase.undated) and not names_a_day(prose, match.sentence, mentions):
        if phrase.undated is None:
            return None
        fact, sense = phrase.undated
    if sense is Sense.ON and mention and mention.preposition is Preposition.AFTER:
        sense = Sense.AFTER  # "write to me after Easter"
    return Signal(
        fact=fact,
        quote=_quote(prose, match),
        phrase=phrase.id,
        sense=sense,
        window=mention.window if mention else None,
        starts_at=mention.starts_at if mention and fact is Fact.SCHEDULE else None,
        ends_at=mention.ends_at if mention and fact is Fact.SCHEDULE else None,
    )


def _believed(
    dated: Sequence[tuple[_Match, Signal]], prose: Prose, mentions: Sequence[Mention], outgoing: bool
) -> list[tuple[_Match, Signal]]:
    """The matches whose sentence does not make their fact next to impossible, by the cues of the phrase's language."""
    days = cues.days_in(prose, mentions)

    def believes(match: _Match, signal: Signal) -> bool:
        weights = cues.weights(signal.phrase.partition("/")[0]).get(signal.fact)
        if weights is None:
            return True
        return weights.believes(cues.cues_of(cues.around(match.sentence, match.start, match.end, days), outgoing))

    return [(match, signal) for match, signal in dated if believes(match, signal)]


def _quote(prose: Prose, match: _Match) -> str:
    """The sentence as it was written; of a long one, the words around the match."""
    sentence = prose.text[match.sentence.start : match.sentence.end]
    if len(sentence) > _LONGEST_QUOTE:
        spare = max(0, _LONGEST_QUOTE - (match.end - match.start)) // 2
        start = max(match.sentence.start, match.start - spare)
        sentence = prose.text[start : min(match.sentence.end, start + _LONGEST_QUOTE)]
        if start > match.sentence.start:
            sentence = sentence.partition(" ")[2] or sentence
        if start + _LONGEST_QUOTE < match.sentence.end:
            sentence = sentence.rpartition(" ")[0] or sentence
    return " ".join(sentence.split())


def _rank(sense: Sense) -> int:
    return _FIRST.index(sense) if sense in _FIRST else len(_FIRST)


def _one_each(dated: Sequence[tuple[_Match, Signal]], language: str) -> list[tuple[_Match, Signal]]:
    """One signal a sentence and fact (hold-offs may differ in sense): no hint, the decisive sense, one with a date."""
    best: dict[tuple[int, Fact, Sense], tuple[_Match, Signal]] = {}

    def rank(pair: tuple[_Match, Signal]) -> tuple[bool, int, bool, bool, float, int, str]:
        match, signal = pair
        native = signal.phrase.startswith(f"{language}/")
        dated = signal.window is not None
        full = match.phrase.weight >= 1
        length = match.end - match.start
        return full, -_rank(signal.sense), dated, native, match.phrase.weight, length, signal.phrase

    for pair in dated:
        fact, sense = pair[1].fact, pair[1].sense
        key = (pair[0].sentence.start, fact, sense if fact is Fact.HOLD_OFF else Sense.PLAIN)
        if key not in best or rank(pair) > rank(best[key]):
            best[key] = pair
    return sorted(best.values(), key=lambda pair: (pair[0].start, pair[1].phrase))


def _unopposed(found: Sequence[tuple[_Match, Signal]], prose: Prose) -> list[Signal]:
    """What is left when a sentence's weightier facts have made the lighter ones void."""
    voided = {
        (match.sentence.start, outweighed)
        for match, signal in found
        for outweighed in _OUTWEIGHS.get((signal.fact, signal.sense), frozenset())
    }
    left = [
        (match, signal)
        for match, signal in found
        if voided.isdisjoint(((match.sentence.start, signal.fact), (match.sentence.start, (signal.fact, signal.sense))))
    ]
    meets = any(signal.starts_at and signal.sense in _APPOINTMENT for _, signal in left)
    busy = _says_more(left, prose)
    matters = any(signal.fact not in _SMALL_TALK for _, signal in left)
    return [
        signal
        for match, signal in left
        if not (match.phrase.alone and busy)
        and not (matters and signal.sense is Sense.COURTESY)
        and not (meets and _is_contact_in_passing(match, signal))
    ]


def _says_more(found: Sequence[tuple[_Match, Signal]], prose: Prose) -> bool:
    """Whether a message says more than a courtesy, some greeting and a name."""
    if any(not match.phrase.alone for match, _ in found) or len(words(prose.folded)) > _FEW_WORDS:
        return True
    courtesies = {match.sentence.start: len(words(match.sentence.folded)) for match, _ in found}
    return len(words(prose.folded)) - sum(courtesies.values()) > _GREETING


def _is_contact_in_passing(match: _Match, signal: Signal) -> bool:
    """ "I'll call you from the lobby" beside an appointment: no word on the matter is held back."""
    return signal.fact is Fact.HOLD_OFF and match.phrase.fact is Fact.PROMISE


def _attached(attachments: Sequence[str], subject: str) -> Iterator[Signal]:
    """What the names of the files say: "penawaran-kemasan.pdf", or a CV below a subject that speaks of applying."""
    book = phrase_book()
    about = frozenset(words(subject.lower()))
    for fact, names in book.attachments.items():
        needed = book.subjects.get(fact)
        if needed is not None and not needed & about:
            continue
        for name in attachments:
            if names & frozenset(words(name.lower())):
                yield Signal(fact=fact, quote=name, phrase=f"attachment/{fact.value}")
                break
