"""Dates that name their day: "15 July 2026", "July 15th", "15/07/2026", "2026-07-15", "tanggal 15", "13-15 July".

A date without a year is the nearest one to come, but up to two weeks back it is the one just gone: who writes "12 June"
on the 15th means three days ago. (``tense`` looks a few weeks further back, where nothing speaks of what is to come.)
In figures the day comes first, but in the United States.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from susul.reading.dates.calendar_periods import day_of, plus_days, plus_months
from susul.reading.dates.lexicon import PARAGRAPH
from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.sentence import is_moved

if TYPE_CHECKING:
    from datetime import date

_LONGEST_LIST = 4
_OPENING = "([,\"'“‘:*|;—–"  # before a date in figures, without a space
_SIGNS = ("/", ":", ".", "-")  # between the figures of a longer one
FEW_DAYS_AGO = 14
FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTH_FIRST = "US"  # the one country that writes month/day


@dataclass(frozen=True, slots=True)
class Written:
    """A day and a month as written, up to ``stop``."""

    stop: int
    day: int
    month: int
    year: int | None


def resolved(written: Written, scene: Scene) -> date | None:
    """The day that is meant, None where there is none."""
    if written.year is not None:
        return day_of(written.year, written.month, written.day)
    years = (scene.today.year - 1, scene.today.year, scene.today.year + 1)
    candidates = [day for year in years if (day := day_of(year, written.month, written.day))]
    if scene.backwards:
        return max((day for day in candidates if day < scene.today), default=None)
    earliest = plus_days(scene.today, -FEW_DAYS_AGO)
    return min((day for day in candidates if day >= earliest), default=None)


def day_number(scene: Scene, place: int) -> tuple[int, int, bool] | None:
    """A day of the month, the place after it, and whether it is an ordinal."""
    term = scene.term(place)
    if term.number >= 0:
        ordinal = scene.has(place + 1, "marks.ordinal_suffix") and scene.touching(place + 1)
        fits = 1 <= term.number <= 31 and len(term.word) <= 2
        return (term.number, place + 1 + ordinal, ordinal) if fits else None
    ordinal_word = scene.number(place, "ordinals")
    if ordinal_word is not None:
        return ordinal_word, place + 1, True
    number = scene.number(place, "numbers")
    return (number, place + 1, False) if number is not None and number <= 31 and scene.word(place) != "a" else None


def is_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def month_at(scene: Scene, place: int) -> int | None:
    month = scene.number(place, "month")
    return None if month is None else month + 1


def year_at(scene: Scene, place: int, *, short: bool = False) -> tuple[int | None, int]:
    """The year at ``place``, after a comma or an "of"; else None and ``place``. ``short``: two digits will do."""
    start = place
    place = scene.skip(place, signs=",-/.")
    place = scene.skip(place, "marks.filler") if place == start else place
    term = scene.term(place)
    if len(term.word) == 4 and is_year(term.number) and not _goes_on(scene, place):
        return term.number, place + 1
    if term.word in ("'", "’") and len(scene.word(place + 1)) == 2 and scene.is_number(place + 1):
        return 2000 + scene.term(place + 1).number, place + 2
    if short and len(term.word) == 2 and term.number >= 0 and (place == start or scene.touching(place)):
        return _short_year(scene, place, start)
    return None, start


def _short_year(scene: Scene, place: int, start: int) -> tuple[int | None, int]:
    number = scene.term(place).number
    joined = place > start  # "15-Jul-26" is a year, whatever it says; "15 Jul 26" only a near one
    near = abs(number - scene.today.year % 100) <= 3
    if _goes_on(scene, place) or scene.has(place + 1, "clock.am", "clock.pm") or not (joined or near):
        return None, start
    century = 1900 if number > scene.today.year % 100 + 20 else 2000
    return century + number, place + 1


def _goes_on(scene: Scene, place: int) -> bool:
    """Whether the number is the start of a longer figure: a clock, a price, a version."""
    return scene.glue(place + 1, (":", ".", ",")) and scene.is_number(place + 2)


def written_at(scene: Scene, place: int) -> Written | None:
    """A day and a month in words, in either order."""
    return _day_first(scene, place) or _month_first(scene, place)


def _day_first(scene: Scene, place: int) -> Written | None:
    day = day_number(scene, scene.unmarked(place))
    if day is None:
        return None
    named = day[1] + (day[2] and scene.unit(day[1]) == "day")  # "the 15th day of June"
    place = scene.skip(named, "marks.filler", "marks.month")
    if place == day[1] and scene.word(place) in ("-", "/", ".") and scene.touching(place):
        place += 1
    month = month_at(scene, place)
    if month is None or _is_hyphenated(scene, place):
        return None
    year, stop = year_at(scene, place + 1, short=True)
    everyday = scene.has(place, "month.everyday") and not (scene.capital(place) or year or day[2])
    return None if everyday else Written(stop, day[0], month, year)


def _is_hyphenated(scene: Scene, place: int) -> bool:
    """Whether the term is the head of a longer word: "Mar-a-Lago"."""
    dash = place + 1
    return scene.glue(dash, "-") and scene.word(dash + 1).isalpha()


def _month_first(scene: Scene, place: int) -> Written | None:
    month = month_at(scene, place)
    if month is None:
        return None
    after = scene.skip(place + 1, "marks.date", signs=".,/-")
    day = day_number(scene, after)
    if day is None or _is_clock_or_amount(scene, day[1]) or _is_in_a_code(scene, day[1]):
        return None
    year, stop = year_at(scene, day[1])
    if scene.has(place, "month.everyday") and not (scene.capital(place) or year or day[2]):
        return None
    return Written(stop, day[0], month, year)


def _is_in_a_code(scene: Scene, place: int) -> bool:
    """ "JUN12A"."""
    return scene.touching(place) and scene.word(place)[:1].isalpha()


def _is_clock_or_amount(scene: Scene, place: int) -> bool:
    """Whether the number before ``place`` is an hour or counts something: "in June 10:00", "May 3 weeks"."""
    return (scene.glue(place, (":", ".")) and scene.is_number(place + 1)) or scene.counts(place)


def in_figures(scene: Scene, place: int, *, sure: bool) -> Written | None:
    """A date in figures. Without a year only where the words around it make it ``sure`` to be one."""
    start = place
    numbers = [scene.term(place)]
    signs: list[str] = []
    while len(numbers) < 3 and scene.glue(place + 1, ("/", "-", ".")) and scene.is_number(place + 2):
        signs.append(scene.word(place + 1))
        numbers.append(scene.term(place + 2))
        place += 2
    if numbers[0].number < 0 or len(numbers) < 2 or len(set(signs)) > 1 or not _stands_alone(scene, start, place):
        return None
    if len(numbers) == 2 and sure and signs == ["."] and scene.word(place + 1) == "." and scene.touching(place + 1):
        ends = not (scene.touching(place + 2) and scene.word(place + 2).isalnum())
        return _day_and_month(scene, [term.word for term in numbers], place + 2) if ends else None  # "03.08."
    if len(numbers) == 2:
        return _day_and_month(scene, [term.word for term in numbers], place + 1) if sure and signs == ["/"] else None
    return _full(scene, [term.word for term in numbers], place + 1, sure=sure)


def _stands_alone(scene: Scene, start: int, last: int) -> bool:
    """Whether the figures are not a piece of a phone number, a version, a path or a sum."""
    before, after = scene.word(start - 1), scene.word(last + 1)
    glued_before = scene.touching(start) and before not in _OPENING
    glued_after = scene.touching(last + 1) and (after[0].isalnum() or after in "-/:_+@#%")
    continued = scene.glue(last + 1, (".", ",")) and scene.is_number(last + 2)
    return not (glued_before or glued_after or continued)


def _day_and_month(scene: Scene, words: list[str], stop: int, year: int | None = None) -> Written | None:
    if max(map(len, words)) > 2:
        return None
    first, second = int(words[0]), int(words[1])
    month_first = scene.days.country == MONTH_FIRST
    if year is not None and (first if month_first else second) > 12:
        month_first = not month_first  # "06/29/2026" in London can be nothing else
    day, month = (second, first) if month_first else (first, second)
    return Written(stop, day, month, year) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _full(scene: Scene, words: list[str], stop: int, *, sure: bool) -> Written | None:
    lengths = tuple(map(len, words))
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        year, month, day = map(int, words)
        return Written(stop, day, month, year) if is_year(year) else None
    if lengths[2] == 4 and is_year(int(words[2])):
        return _day_and_month(scene, words[:2], stop, int(words[2]))
    slashed = scene.word(stop - 2) == "/"
    if lengths[2] == 2 and (sure or slashed):
        year = int(words[2])
        century = 1900 if year > scene.today.year % 100 + 20 else 2000
        return _day_and_month(scene, words[:2], stop, century + year)
    return None


def single_day(scene: Scene, place: int, *, joined: bool = False) -> Found | None:
    """One date, in words or in figures; ``joined``: words beside it make it one end of a span."""
    start = scene.unmarked(place)
    sure = joined or start > place or _attached(scene, place) or scene.has(start + 3, "clock.at")
    written = written_at(scene, place) or in_figures(scene, start, sure=sure)
    if written is None:
        return None
    day = resolved(written, scene)
    return None if day is None else _found(written, day)


def _found(written: Written, day: date) -> Found:
    return Found(written.stop, day, day, loose=written.year is None, repeatable=written.year is None)


def _attached(scene: Scene, place: int) -> bool:
    return scene.has(place - 1, "preposition", "marks.date", "marks.day", "weekday")


def day_range(scene: Scene, place: int) -> Found | None:
    """Several days of one month: "13-15 July", "between 3 and 5 August", "July 13-15, 2026"."""
    if not scene.joined(place):
        return None
    between, carried = scene.has(place, "joiners.between"), span_preposition(scene, place)
    place = scene.skip(place, "joiners.between", "joiners.from", "marks.filler")
    pair = _days_then_month(scene, place, between) or _month_then_days(scene, place)
    if pair is None:
        return None
    first, last = pair
    start, end = resolved(first, scene), resolved(last, scene)
    if start is None or end is None or not 0 <= (end - start).days <= 62:
        return None
    if any(is_moved(scene, place, joiner) for joiner in range(place, last.stop)):
        return _found(last, end)
    return Found(last.stop, start, end, carried, loose=last.year is None, repeatable=last.year is None)


def span_preposition(scene: Scene, place: int) -> Preposition:
    """What the first word of a span says: "between" is some day of it, "from" all of them."""
    if scene.has(place, "joiners.between"):
        return Preposition.ON
    return Preposition.FROM if scene.has(place, "joiners.from") else Preposition.BARE


def _days_then_month(scene: Scene, place: int, between: bool) -> tuple[Written, Written] | None:
    day = day_number(scene, place)
    if day is None or not _joins(scene, day[1]):
        return None
    last = _day_first(scene, day[1] + 1)
    if last is None or last.day < day[0] or (scene.has(day[1], "joiners.both") and not (between or last.day > day[0])):
        return None
    return Written(last.stop, day[0], last.month, last.year), last


def _month_then_days(scene: Scene, place: int) -> tuple[Written, Written] | None:
    first = _month_first(scene, place)
    if first is None or first.year is not None or not _joins(scene, first.stop):
        return None
    day = day_number(scene, scene.unmarked(first.stop + 1))
    if day is None or day[0] <= first.day or month_at(scene, day[1]) is not None or _is_clock_or_amount(scene, day[1]):
        return None
    year, stop = year_at(scene, day[1])
    return Written(stop, first.day, first.month, year), Written(stop, day[0], first.month, year)


def _joins(scene: Scene, place: int) -> bool:
    return scene.has(place, "joiners.range", "joiners.either", "joiners.both")


def day_of_month(scene: Scene, place: int) -> Found | None:
    """A day without its month: "tanggal 15", "the 15th"; with "next month" read elsewhere."""
    start = scene.unmarked(place)
    marked = is_marked(scene, place, start)
    number = day_number(scene, start)
    if number is None or not (marked or _is_ordinal_day(scene, place, start, number)):
        return None
    sign = scene.word(number[1])
    spread = marked and sign == "-"  # "tanggal 16-17"
    if not spread and scene.glue(number[1], _SIGNS):
        return None
    if scene.counts(number[1]) or scene.has(number[1], "month") or _is_in_a_list(scene, number[1]):
        return None
    day = next_day_of_month(scene, number[0], today=scene.has(number[1], "modifiers.this_after"))
    if day is None:
        return None
    several = _and_the_next(scene, number[1], day, marked=marked)
    glued = spread and scene.touching(number[1] + 1)
    return several or (None if glued else Found(number[1], day, day, loose=True))


def is_marked(scene: Scene, place: int, start: int) -> bool:
    """Whether "tanggal" stands before the number at ``start``, at ``place`` or right before it."""
    return any(scene.has(mark, "marks.bare_date") for mark in range(place - 1, start))


def _is_in_a_list(scene: Scene, place: int) -> bool:
    """ "Tanggal 3, 4 dan 5 Agustus": the month behind the last is that of all."""
    for _ in range(_LONGEST_LIST):
        after = scene.skip(place, "joiners.both", "joiners.either", "joiners.range", signs=",")
        number = day_number(scene, after) if after > place else None
        if number is None:
            return False
        place = number[1]
        if scene.has(scene.skip(place, "marks.filler"), "month"):
            return True
    return False


def _and_the_next(scene: Scene, joiner: int, day: date, *, marked: bool) -> Found | None:
    """ "The 16th and 17th", "tanggal 16-17": the days between the two."""
    if not _joins(scene, joiner):
        return None
    second = day_number(scene, joiner + 1)
    if second is None or not (second[2] or (marked and scene.is_number(joiner + 1))):
        return None
    apart = second[0] - day.day
    follows = scene.ends_clause(second[1]) or (bool(scene.term(second[1]).senses) and not scene.counts(second[1]))
    last = day_of(day.year, day.month, second[0])
    if last is None or apart <= 0 or not follows or (apart > 1 and scene.has(joiner, "joiners.both")):
        return None
    figures = scene.word(second[1]) in _SIGNS and scene.touching(second[1] + 1)
    if figures or scene.has(second[1], "month", "unit", "preposition"):
        return None
    return Found(second[1], day, last, loose=True)


def moved_day(scene: Scene, place: int) -> Found | None:
    """ "Dipindah dari tanggal 15 ke 17", "moved from the 15th to the 17th": the day that takes the other's place."""
    start = scene.unmarked(scene.skip(place, "joiners.from"))
    first = day_number(scene, start)
    if first is None or not (first[2] or is_marked(scene, place, start)) or not is_moved(scene, place, first[1]):
        return None
    second = day_number(scene, scene.unmarked(first[1] + 1))
    if second is None or scene.counts(second[1]) or scene.has(second[1], "month"):
        return None
    day = next_day_of_month(scene, second[0])
    return None if day is None else Found(second[1], day, day, loose=True)


def _is_ordinal_day(scene: Scene, place: int, start: int, number: tuple[int, int, bool]) -> bool:
    """ "the 15th" and "on the 15th" are days, "the 15th floor" is not."""
    attached = start > place or scene.has(place - 1, "preposition", "marks.date")
    figures = scene.is_number(start)
    follows = (
        scene.ends_clause(number[1])
        or scene.word(number[1]) == PARAGRAPH
        or scene.has(number[1], "marks.after_day", "marks.by_after")
    )
    return figures and number[2] and attached and follows


def next_day_of_month(scene: Scene, number: int, *, today: bool = False) -> date | None:
    """The nearest such day to come (backwards: gone) that exists. Today, if it may be, is otherwise called so."""
    steps = (0, -1, -2) if scene.backwards else (0, 1, 2)
    first = scene.today.replace(day=1)
    for step in steps:
        there = plus_months(first, step)
        day = day_of(there.year, there.month, number)
        if day and (day < scene.today if scene.backwards else day > scene.today or (today and day == scene.today)):
            return day
    return None
