"""Days by name: weekdays, "tomorrow", "lusa", and their ranges.

* A weekday alone is its next occurrence, strictly after the day of writing; "this Friday" may be today.
* "Next Friday" is the Friday of next week, the later of its two readings; said on a weekend, that of the coming week.
* Where weekday and date disagree ("Friday, 23 July", a Thursday), both days are the window, and the later one ends it.
* "Monday to Friday" is when an office is open, not a date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from susul.reading.dates.calendar_periods import before, day_of, on_or_after, plus_days, week
from susul.reading.dates.periods import day_of_named_month, modified_period
from susul.reading.dates.scene import PARTS_OF_DAY, Found, Preposition, Scene
from susul.reading.dates.sentence import is_moved
from susul.reading.dates.tense import DEADLINES
from susul.reading.dates.written import (
    day_number,
    day_range,
    in_figures,
    next_day_of_month,
    resolved,
    single_day,
    span_preposition,
    written_at,
)

if TYPE_CHECKING:
    from datetime import date

MONDAY, FRIDAY = 0, 4
_SLIP = 3  # days: a weekday that is further from its date than this is taken for a slip of the pen and left out
_GONE, _NEAR = 150, 345  # days: as far back and ahead as a weekday may choose the year
_BEGUN = 300  # days: a span whose first day is further ahead has begun, and that day lies behind
_WEEK = 7  # days
_WEEKS_MORE = {"week": 1, "fortnight": 2}
_STANDING_BEFORE = (
    "modifiers.next_before",
    "modifiers.this_before",
    "modifiers.coming_before",
    "modifiers.last_before",
)
_STANDING_AFTER = tuple(f"modifiers.{name}_after" for name in ("next", "this", "coming", "last", "later"))


def relative_day(scene: Scene, place: int) -> Found | None:
    """ "Tomorrow", "lusa", "the day after tomorrow"."""
    start = scene.unmarked(place)
    ahead = scene.number(start, "relative_days")
    if ahead is None:
        return None
    day = plus_days(scene.today, ahead)
    more = _weeks_more(scene, start + 1)
    if ahead >= 0 and more:
        return Found(start + 2, plus_days(day, 7 * more), plus_days(day, 7 * more))  # "tomorrow week"
    over = ahead < 0 or scene.has(start, "tense.past")  # "tadi pagi" is today, and over
    return Found(scene.behind_part_of_day(start + 1), day, day, past=over)


def _weeks_more(scene: Scene, place: int) -> int:
    """ "Tomorrow week", "Friday fortnight"."""
    return _WEEKS_MORE.get(scene.unit(place) or "", 0) if scene.has(place, "durations.adding") else 0


def weekday(scene: Scene, place: int) -> Found | None:
    """A weekday with what belongs to it: "next Friday", "Jumat depan", "Friday 3 July", "Tuesday next week"."""
    coming = _is_coming(scene, place)
    marked = coming or scene.has(place, "marks.day")
    start = place + marked + (coming and scene.has(place + 1, "marks.day"))
    before_it = next((sense for sense in _STANDING_BEFORE if scene.has(start, sense)), "")
    name = start + bool(before_it)
    number = scene.weekday(name)
    if number is None:
        return None
    dated = _dated(scene, name, number)
    if dated:
        return dated
    if not (marked or before_it or _stands_by_itself(scene, name)):
        return None
    found = _of_week(scene, name, number) or _modified(scene, name, number, before_it)
    return replace(found, loose=False, weekday=None) if coming else found


def _is_coming(scene: Scene, place: int) -> bool:
    """ "Besok Senin", which need not be tomorrow."""
    name = scene.skip(place + 1, "marks.day")
    return scene.has(place, "marks.coming_day") and scene.has(name, "weekday") and not scene.has(name, "weekday.weak")


def gone_weekday(scene: Scene, place: int) -> Found | None:
    """ "Kemarin Senin", which need not be yesterday."""
    name = scene.unmarked(place + 1)
    number = scene.weekday(name)
    if number is None or not scene.has(place, "marks.gone_day") or scene.has(name, "weekday.weak"):
        return None
    if scene.has(name + 1, *_STANDING_AFTER) or _dated(scene, name, number):
        return None
    day = before(scene.today, number)
    return Found(scene.behind_part_of_day(name + 1), day, day, past=True)


def eve(scene: Scene, place: int) -> Found | None:
    """ "Malam Minggu ini" is a Saturday; without "ini" or "besok" it may be any, and the weekday is not meant."""
    number = scene.weekday(place + 1)
    led = scene.is_number(place - 1) or scene.has(place - 1, "clock.at", "weekday", "relative_days")
    if not scene.has(place, "marks.eve") or number is None or led or _dated(scene, place + 1, number):
        return None
    found = _modified(scene, place + 1, number, "")
    day = plus_days(found.last, -1)
    return Found(found.stop, day, day, past=found.past, ignored=found.loose or day < scene.today)


def _stands_by_itself(scene: Scene, name: int) -> bool:
    """Whether the word is a weekday without a date: abbreviations and words that mean a week too need company."""
    if scene.has(name, "weekday.weak"):
        return (
            scene.capital(name)
            and scene.has(name - 1, "preposition")
            and len(scene.word(name)) > 2
            and not _cents(scene, name)
        )
    attached = scene.has(name - 1, "preposition", "joiners.either", "joiners.both", "joiners.range", "marks.day_end")
    if scene.has(name, "weekday.short"):
        timed = scene.capital(name) and (scene.ends_clause(name + 1) or scene.has(name + 1, "clock.at"))
        alone = scene.has(name, "marks.clear_weekday") and (scene.ends_clause(name + 1) or scene.ends_clause(name - 1))
        return attached or timed or alone or scene.is_part_of_day(name + 1)
    if scene.has(name, "unit"):
        if scene.has(name - 1, "joiners.range") and scene.has(name - 2, "weekday") and not scene.has(name - 2, "unit"):
            return True  # "Sabtu-Minggu ini"
        modified = scene.has(name + 1, *_STANDING_AFTER)
        return scene.is_part_of_day(name + 1) or (attached and scene.capital(name) and not modified)
    return True


def _cents(scene: Scene, name: int) -> bool:
    """Whether the abbreviation is one of those that never stand without a date, not even after a preposition."""
    return not scene.has(name - 1, "clock.at", "joiners.either") and scene.text[scene.term(name).start :][:3].isupper()


def _modified(scene: Scene, name: int, number: int, before_it: str) -> Found:
    after_it = next((sense for sense in _STANDING_AFTER if scene.has(name + 1, sense)), "")
    stop = name + 1 + (bool(after_it) and not before_it)
    stop = scene.behind_part_of_day(stop)
    if stop == name + 2 and not after_it and not before_it:
        after_it = next((sense for sense in _STANDING_AFTER if scene.has(stop, sense)), "")
        stop += bool(after_it)
    manner = (before_it or after_it).removeprefix("modifiers.").partition("_")[0]
    day = _occurrence(scene, number, manner)
    more = 0 if manner else _weeks_more(scene, stop)
    alone = scene.ends_clause(stop + 1) or scene.has(stop + 1, "tense.present", "marks.after_day")
    if more > 1 or (more and alone):
        day = plus_days(day, 7 * more)  # "Tuesday week", "Thursday fortnight"
        return Found(stop + 1, day, day)
    return Found(
        stop,
        day,
        day,
        past=manner == "last",
        loose=not manner,
        weekday=number if not manner or manner == "this" else None,
    )


def _occurrence(scene: Scene, number: int, manner: str) -> date:
    if manner == "next":
        return plus_days(week(scene.today, 1).first, number)
    if manner == "this" and not scene.backwards:
        return on_or_after(scene.today, number)
    if manner == "last" or scene.backwards:
        return before(scene.today, number)
    return on_or_after(plus_days(scene.today, 1), number)


def _of_week(scene: Scene, name: int, number: int) -> Found | None:
    """ "Friday of next week", "Jumat minggu depan"."""
    after = scene.places(name + 1, *PARTS_OF_DAY, "marks.filler", signs="(")
    whole = next((whole for at in after if (whole := modified_period(scene, at))), None)
    if whole is None or whole[0].unit != "week":
        return None
    day = plus_days(whole[0].first, number)
    stop = scene.behind_bracket(whole[1])
    return Found(stop, day, day, past=day < scene.today)


def week_then_weekday(scene: Scene, place: int) -> Found | None:
    """ "Next week on Tuesday", "minggu depan hari Selasa", "next week, by Friday"."""
    whole = modified_period(scene, scene.unmarked(place))
    if whole is None or whole[0].unit != "week":
        return None
    name = scene.skip(whole[1], "marks.day", "marks.filler", "preposition", signs=",(-–")
    number = scene.weekday(name)
    if number is None or _dated(scene, name, number):
        return None
    day = plus_days(whole[0].first, number)
    stop = scene.behind_bracket(scene.behind_part_of_day(name + 1))
    between = (scene.preposition(at) for at in range(whole[1], name))
    attached = next((Preposition(said) for said in between if said in DEADLINES), Preposition.BARE)
    return Found(stop, day, day, attached, past=day < scene.today)


def _dated(scene: Scene, name: int, number: int) -> Found | None:
    """The weekday's date, where one stands beside it: "Jumat, 24 Juli 2026", "Friday the 3rd", "Senin (15/6)"."""
    place = scene.behind_part_of_day(name + 1)
    place = scene.skip(place, "marks.filler", signs=",.(-–/")
    spread = day_range(scene, place)
    if spread:
        return replace(spread, stop=scene.behind_bracket(spread.stop))
    written = written_at(scene, place) or in_figures(scene, place, sure=True)
    if written is None:
        return day_of_named_month(scene, place) or _dated_by_number(scene, place, number)
    day = resolved(written, scene)
    if day is None:
        return None
    if written.year is None and day.weekday() != number:
        day = _matching_year(scene, day, number)
    first, last = _reconciled(day, number)
    loose = written.year is None
    return Found(scene.behind_bracket(written.stop), first, last, loose=loose, repeatable=loose)


def _matching_year(scene: Scene, day: date, number: int) -> date:
    """The same day of a near year in which it is the weekday that it is said to be; else the day itself.

    "Wednesday 6 May", said in June, is last month's if that was a Wednesday and next year's is none.
    """
    years = (scene.today.year, scene.today.year + 1, scene.today.year - 1)
    same = (found for year in years if (found := day_of(year, day.month, day.day)))
    return next((day for day in same if day.weekday() == number and -_GONE <= (day - scene.today).days < _NEAR), day)


def _reconciled(day: date, number: int) -> tuple[date, date]:
    ahead = (number - day.weekday()) % 7
    other = plus_days(day, ahead if ahead <= _SLIP else ahead - 7)
    return min(day, other), max(day, other)


def _dated_by_number(scene: Scene, place: int, number: int) -> Found | None:
    """ "Friday the 3rd", "Senin tanggal 15", "Monday 21": the next month in which it fits."""
    day = day_number(scene, place)
    marked = scene.has(place - 1, "marks.date")
    if day is None or not (marked or (day[2] and scene.is_number(place))):
        return None
    if scene.counts(day[1]) or scene.has(day[1], "month") or scene.word(day[1]) in (":", "/"):
        return None
    candidate = next_day_of_month(scene, day[0], today=True)
    if candidate and candidate.weekday() != number:
        candidate = next_day_of_month(scene.seen_on(candidate), day[0])
    if candidate is None or candidate.weekday() != number:
        return None
    return Found(scene.behind_bracket(day[1]), candidate, candidate, loose=True)


def day_to_day(scene: Scene, place: int) -> Found | None:
    """From one day to another, or one of two: "Monday to Wednesday", "28 December - 3 January", "besok atau lusa"."""
    if not scene.joined(place):
        return None
    between = scene.has(place, "joiners.between")
    start = scene.skip(place, "joiners.between", "joiners.from")
    first = _last_of_list(scene, start) or relative_day(scene, start) or single_day(scene, start, joined=between)
    if first is None or first.first is None:
        return None
    joiner = first.stop
    joined = scene.has(joiner, "joiners.range", "joiners.either") or (between and scene.has(joiner, "joiners.both"))
    if not joined:
        return None
    if is_moved(scene, place, joiner):
        return weekday(scene, joiner + 1) or relative_day(scene, joiner + 1) or single_day(scene, joiner + 1)
    if first.loose and first.weekday is None and (first.first - scene.today).days > _BEGUN:
        return None  # a span that has begun: its first day lies behind
    second = _second_day(scene, joiner + 1, first)
    if second is None or not 0 <= (second.last - first.first).days <= 62:
        return None
    if second.ignored:
        return second
    if (
        first.weekday == MONDAY
        and second.weekday is not None
        and second.weekday >= FRIDAY
        and scene.has(joiner, "joiners.range")
    ):
        return replace(second, ignored=True)
    carried, begins = span_preposition(scene, place), begins_beside(scene, joiner, first, second)
    return Found(second.stop, begins, second.last, carried, loose=first.loose and second.loose)


def begins_beside(scene: Scene, joiner: int, first: Found, second: Found) -> date:
    """The first of two weekdays, in the week that is said behind the other: "Thursday or Friday next week"."""
    named = scene.weekday(scene.unmarked(joiner + 1))
    begins = first.first or first.last
    ahead = (second.last - first.last).days
    if first.weekday is None or named is None or second.weekday is not None or first.weekday >= second.last.weekday():
        return begins
    return plus_days(begins, ahead - ahead % _WEEK)


def _second_day(scene: Scene, place: int, first: Found) -> Found | None:
    plain = weekday(scene, place)
    if plain and plain.weekday is None and not plain.loose:
        return plain
    after = scene.seen_on(first.last)
    if plain and plain.last <= first.last and scene.has(place - 1, "joiners.either") and first.weekday is not None:
        return replace(
            plain, last=first.last, ignored=True
        )  # "Thursday or Friday", said on a Thursday: this week or next?
    return (
        weekday(after, place) or relative_day(scene, place) or single_day(scene.seen_on(first.last), place, joined=True)
    )


def _last_of_list(scene: Scene, place: int) -> Found | None:
    """The last of weekdays in a row, from the first's day on: "Wednesday, Thursday" (or Friday)."""
    first = found = weekday(scene, place)
    while found and found.weekday is not None and scene.word(found.stop) == ",":
        following = weekday(scene.seen_on(found.last), found.stop + 1)
        if following is None or following.weekday is None:
            break
        found = following
    if first is None or found is None or (found is not first and not scene.has(found.stop, "joiners.either")):
        return first
    return replace(found, first=first.first)


def with_relative(scene: Scene, found: Found) -> Found:
    """A weekday with its place in brackets: "Monday (today)"."""
    said = relative_day(scene, found.stop + 1) if scene.word(found.stop) == "(" else None
    if said is None or found.weekday != said.last.weekday() or scene.word(said.stop) != ")":
        return found
    return replace(said, stop=said.stop + 1)


def with_weekday(scene: Scene, found: Found) -> Found:
    """A day with the weekday behind it: "besok, Jumat", "15 July (Friday)"; ignored where they say different days."""
    sign = scene.word(found.stop) if scene.word(found.stop) in (",", "(") else ""
    sign = "." if scene.word(found.stop) == "." and scene.has(found.stop - 1, "month.short") else sign
    name = scene.skip(found.stop + bool(sign), "marks.day", "preposition")
    number = scene.weekday(name)
    if (
        number is None
        or found.first is None
        or scene.has(name, "unit")
        or (sign == "," and scene.has(found.stop - 1, "weekday"))
        or _dated(scene, name, number)
        or scene.has(name + 1, *_STANDING_AFTER)
    ):
        return found
    stop = name + 1 + (sign == "(" and scene.word(name + 1) == ")")
    if found.first < found.last:
        day = on_or_after(found.first, number)
        return (
            replace(found, stop=stop, first=day, last=day, whole=False)
            if day <= found.last and sign in ("", ".")
            else found
        )
    if found.last.weekday() == number:
        return replace(found, stop=stop)
    return found if sign == "," else replace(found, stop=stop, ignored=True)
