"""The days that a mail names: where in its text they stand, what they mean, and how they are put together.

``mentions`` finds them. It abstains where it is unsure, for a wrong day is worse than none: habits ("every Monday"),
names ("Good Friday"), durations ("a two-week notice"), days counted from something else ("3 days after the
interview") and figures that may be anything are no mentions. The choices where words leave one are documented where
they are made: written dates in ``written``, weekdays in ``named``, weeks and months in ``periods`` and
``calendar_periods``, counts in ``counted``, times of day in ``clock``, what lies behind in ``tense``; ``readers`` tries
them all and joins what belongs together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.model import Window
from susul.reading.dates.clock import Times, instants, times_after, times_at
from susul.reading.dates.context import Read, is_in_doubt, takes_the_place_of
from susul.reading.dates.idle import is_idle
from susul.reading.dates.lexicon import Lexicon, lexicon, terms
from susul.reading.dates.places import neighbourhoods
from susul.reading.dates.readers import day_end, near_cores, spanned
from susul.reading.dates.remains import cut_short
from susul.reading.dates.scene import Found, Preposition, Scene, padded
from susul.reading.dates.tense import BACK, DEADLINES, is_habit, lies_behind, pointing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from susul.days import BusinessDays

__all__ = ["Mention", "Preposition", "mentions"]

# Outside these years there is no mail, and inside them no arithmetic leaves the calendar.
_FIRST_YEAR, _LAST_YEAR = 1970, 2190
_LEAD = 5  # terms: as far before a date as its preposition may stand
_TO_NOW = frozenset({Preposition.BY, Preposition.WITHIN, Preposition.UNTIL, Preposition.BEFORE})


@dataclass(frozen=True, slots=True)
class Mention:
    """Days named in a text.

    ``text[start:end]`` is ``quote``, without the preposition. ``window`` holds local days as written; for "by",
    "within", "until" and "before" it starts at once. "Before Friday" ends on the Friday named, "before August" on its
    first day. ``past``: said to lie behind, or wholly before the day of writing. ``starts_at`` and ``ends_at`` are in
    the owner's zone; a time beside a window of several days is on its last.
    """

    start: int
    end: int
    quote: str
    window: Window
    preposition: Preposition
    past: bool
    starts_at: datetime | None
    ends_at: datetime | None


def mentions(
    text: str, written_at: datetime, zone: ZoneInfo, days: BusinessDays, preferred: str = "und"
) -> tuple[Mention, ...]:
    """The days named in ``text``, in order and without overlap.

    ``written_at`` is the mail's aware instant; days are counted from its date in ``zone``, the owner's. ``preferred``
    is the code of the language that wins where two read the same words differently. Never raises; linear in the length
    of ``text``.
    """
    if not _FIRST_YEAR <= written_at.year <= _LAST_YEAR:
        return ()
    local = written_at.astimezone(zone)
    words = lexicon(preferred)
    found: list[Mention] = []
    for start, end in neighbourhoods(text, words):
        stretch = terms(text, start, end, words)
        scene = Scene(text, padded(stretch), local, local.date(), days, words.verbs)
        found += (mention for mention, _ in _read(scene, near_cores(stretch), words, zone))
    return tuple(found)


def _read(scene: Scene, near: Sequence[bool], words: Lexicon, zone: ZoneInfo) -> list[tuple[Mention, Read]]:
    place, habit_stop, spoilt = 0, -1, -1
    before: Times | None = None
    read: list[tuple[Mention, Read]] = []
    while place < len(near):
        term = scene.term(place)
        if not near[place] or (term.number < 0 and not term.senses):
            place += 1
            continue
        found = spanned(scene, place)
        if found and (found.ignored or place == spoilt or _is_piece(scene, place, found, before, words)):
            place = spoilt = max(found.stop, place + 1)
            continue
        if found is None:
            if before is None or place >= before.stop:
                before = times_at(scene, place, words.zones) or before
            place += 1
            continue
        if is_habit(scene, place, found, habit_stop):
            habit_stop = found.stop
        elif not is_idle(scene, place, found):
            mention, stop = _mention(scene, place, found, before, words, zone)
            scene.named = None if mention.past else found
            found = replace(found, stop=stop)
            _add(read, mention, Read(place, found), scene)
        elif not found.past:
            scene.named = found  # "not this Friday, but the one after"
        place, before = max(found.stop, place + 1), None
    return read


def _add(read: list[tuple[Mention, Read]], mention: Mention, new: Read, scene: Scene) -> None:
    """Add a mention to those ``read``, unless the one before it leaves it in doubt; it may take that one's place."""
    earlier = read[-1][1] if read and not read[-1][0].past else None
    if earlier and takes_the_place_of(scene, earlier, new):
        read.pop()
    if earlier is None or not is_in_doubt(scene, earlier, new):
        read.append((mention, new))


def _is_piece(scene: Scene, place: int, found: Found, before: Times | None, words: Lexicon) -> bool:
    led = before is not None and not found.whole and _leads_to(scene, before, place)
    figures = scene.is_number(found.stop)
    timed = figures and times_after(scene, place, found.stop, words.zones) is not None
    return cut_short(scene, place, found, led_by_time=led, timed=timed)


def _mention(
    scene: Scene, place: int, found: Found, before: Times | None, words: Lexicon, zone: ZoneInfo
) -> tuple[Mention, int]:
    preposition = _preposition(scene, place, found)
    behind = lies_behind(scene, place, found, preposition)
    if behind:
        found = spanned(replace(scene, backwards=True), place) or found
    found = _pointed(scene, found)
    end = _day_end_behind(scene, found)
    if end:
        found, preposition = replace(found, stop=end), Preposition.BY  # "tomorrow EOD", "Friday by close of business"
    if preposition is Preposition.BEFORE and scene.has(found.stop, "marks.over"):
        found, preposition = replace(found, stop=found.stop + 1), Preposition.BY  # "before the week is over"
    after = times_after(scene, place, found.stop, words.zones)
    times = after or (before if before and _leads_to(scene, before, place) else None)
    if times:
        preposition = _with_time(scene, times, found, preposition)
    stop = after.stop if after else found.stop
    first = scene.term(times.start if times and not after else place)
    last = scene.term(stop - 1).end
    starts_at, ends_at = instants(times, found.last, zone) if times else (None, None)
    window = _window(scene, found, preposition)
    moved_back = window.ends_on < scene.today
    one_day = found.first == found.last and window.ends_on > scene.today
    past = found.past or moved_back or (behind and not one_day)
    quote = scene.text[first.start : last]
    return Mention(first.start, last, quote, window, preposition, past, starts_at, ends_at), stop


def _day_end_behind(scene: Scene, found: Found) -> int:
    """The place after an end of day that belongs to the day before it; 0 where there is none, or it has its own day."""
    if scene.has(found.stop, "marks.day_end"):
        return found.stop + 1
    led = scene.preposition(found.stop) in (Preposition.BY, Preposition.BEFORE)
    at = scene.unmarked(found.stop + 1)
    end = day_end(scene, at) if led and scene.has(at, "marks.day_end") else None
    return at + 1 if end and end.stop == at + 1 else 0


def _preposition(scene: Scene, place: int, found: Found) -> Preposition:
    """What attaches the date; a deadline's word wins over the "on" behind it ("paling lambat pada hari Jumat")."""
    if scene.has(found.stop, "marks.by_after") and not _names_a_day(scene, found.stop + 1):
        return Preposition.BY
    attached = Preposition.BARE
    for at in range(place - 1, place - 1 - _LEAD, -1):
        name = scene.preposition(at)
        if name and name != Preposition.ON:
            attached = Preposition(name)
            break
        if not (name or scene.has(at, "marks.filler")):
            break
        attached = Preposition.ON if name else attached
    if found.preposition is Preposition.BARE or attached in DEADLINES:
        return attached
    return found.preposition


def _names_a_day(scene: Scene, place: int) -> bool:
    """Whether a day begins here: in "data bulan Juli paling lambat Kamis" the deadline is Thursday."""
    day = spanned(scene, scene.skip(place, "preposition", "marks.date"))
    return day is not None and not day.ignored


def _pointed(scene: Scene, found: Found) -> Found:
    """The date with the word behind it that points to it: "15 Juni lalu", "3 Agustus mendatang"."""
    said = pointing(scene, found)
    if not said or found.weekday is not None or found.first is None:
        return found
    return replace(found, stop=found.stop + 1, past=found.past or said == BACK)


def _leads_to(scene: Scene, times: Times, place: int) -> bool:
    """Whether nothing but small words stands between the time and the date: "at 3pm on Friday"."""
    between = range(times.stop, place)
    small = ("preposition", "marks.filler")
    return (
        times.stop <= place
        and not scene.name(place, "part")
        and len(between) <= 3
        and all(scene.has(at, *small) or scene.word(at) in (",", "(") for at in between)
    )


def _with_time(scene: Scene, times: Times, found: Found, preposition: Preposition) -> Preposition:
    """ "By 5pm on Friday" and "Friday before noon" are deadlines, whatever attaches the day."""
    start = found.stop if times.start >= found.stop else times.start - 1
    names = [scene.preposition(at) for at in range(start, min(times.start + 1, times.stop))]
    deadline = next((Preposition(name) for name in names if name in (Preposition.BY, Preposition.BEFORE)), None)
    return deadline if deadline and preposition in (Preposition.ON, Preposition.BARE) else preposition


def _window(scene: Scene, found: Found, preposition: Preposition) -> Window:
    last = found.last
    if preposition is Preposition.BEFORE and found.whole and found.first:
        last = max(found.first, scene.today)
    if found.first is None or preposition in _TO_NOW:
        return Window(None, last)
    begun = found.first < scene.today <= last
    return Window(scene.today if begun else found.first, last)
