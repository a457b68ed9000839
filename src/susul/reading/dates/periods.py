"""Weeks, months, quarters and years in words: "next week", "awal bulan depan", "end of Q3", "second week of August".

"Next week" runs from its Monday to its Friday. A part of a period that is not said to be this one or the next ("end of
the month", "awal bulan") is the first that is not over yet.
"""

from __future__ import annotations

from datetime import date

from susul.reading.dates.calendar_periods import (
    Period,
    month,
    on_or_after,
    part,
    period,
    plus_days,
    plus_months,
    quarter,
    week_of_month,
    weekday_of_month,
    year,
)
from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.written import (
    day_number,
    day_of_month,
    is_marked,
    is_year,
    month_at,
    single_day,
    year_at,
)

_AHEAD = {"next": 1, "this": 0, "coming": 1, "last": -1}
_BEFORE = {f"modifiers.{name}_before": ahead for name, ahead in _AHEAD.items()} | {"modifiers.after_next_before": 2}
_AFTER = {f"modifiers.{name}_after": ahead for name, ahead in _AHEAD.items()} | {"modifiers.later_after": 0}
_LAST = -1
_QUARTERS = (1, 2, 3, 4, _LAST)
_LINKS = ("marks.filler", "marks.month")  # "end OF THE month", "akhir BULAN Juli"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WEEKS_OF_A_PROJECT, _WEEKS = 20, 52
_OF_SOMETHING = ("durations.counted_from", "unit", "month", "modifiers.this_after", "weekday")
_POINTED = tuple(f"modifiers.{name}_{side}" for name in (*_AHEAD, "later") for side in ("before", "after"))
_DAYS = 31  # a larger number beside a month is its year
_DAYS_OF_A_WEEK, _SUNDAY = 7, 6
_PERIODS = ("week", "weekend", "month", "quarter", "year")
Whole = tuple[Period, int]  # the period and the place after its words


def _ahead(scene: Scene, place: int, manners: dict[str, int]) -> int | None:
    for sense in scene.term(place).senses:
        if sense in manners:
            return manners[sense]
    return None


def modified_period(scene: Scene, place: int) -> Whole | None:
    """ "Next week", "minggu depan", "this quarter", "the week after next", "bulan Agustus depan"."""
    ahead = _ahead(scene, place, _BEFORE)
    noun = place + (ahead is not None)
    unit = scene.unit(noun)
    if unit not in _PERIODS or scene.has(noun, "marks.plural"):
        return None
    if ahead is not None:
        return _whole(scene, unit, ahead, noun + 1)
    if scene.has(noun + 1, "modifiers.after_next"):
        return _whole(scene, unit, 2, noun + 2)
    ahead = _ahead(scene, noun + 1, _AFTER)
    return None if ahead is None else _whole(scene, unit, ahead, noun + 2)


def _whole(scene: Scene, unit: str, ahead: int, stop: int) -> Whole | None:
    whole = period(unit, scene.today, ahead)
    return None if whole is None else (whole, stop)


def named_month(scene: Scene, place: int) -> Whole | None:
    """A month by its name, with a year or a modifier if there is one: the nearest that is not over."""
    ahead = _ahead(scene, place, _BEFORE)
    start = scene.skip(place + (ahead is not None), "marks.month")
    number = month_at(scene, start)
    if number is None or (scene.has(start, "month.everyday") and not scene.capital(start)):
        return None
    said, stop = year_at(scene, start + 1)
    if said is not None:
        return month(said, number), stop
    after = _ahead(scene, start + 1, _AFTER)
    back = scene.backwards or _LAST in (ahead, after)
    years = (scene.today.year, scene.today.year - 1) if back else (scene.today.year, scene.today.year + 1)
    candidates = [month(there, number) for there in years]
    fits = [whole for whole in candidates if (whole.last < scene.today if back else whole.last >= scene.today)]
    if not fits:
        return None
    return fits[0], start + 1 + (after is not None)


def named_quarter(scene: Scene, place: int) -> Whole | None:
    """ "Q3", "the third quarter of 2026", "kuartal III 2026"; "the last quarter of this year" is its fourth."""
    found = _quarter_number(scene, place)
    if found is None:
        return None
    number, stop = found
    of_its_year = 4 if number == _LAST else number
    said, after = year_at(scene, stop)
    if said is not None:
        return quarter(said, of_its_year), after
    yearly = next((whole for at in scene.places(stop, *_LINKS) if (whole := modified_period(scene, at))), None)
    if yearly and yearly[0].unit == "year":
        return quarter(yearly[0].first.year, of_its_year), yearly[1]
    if number == _LAST:
        return None  # "last quarter"
    this_year = quarter(scene.today.year, number)
    over = this_year.last < scene.today and not scene.backwards
    return (quarter(scene.today.year + 1, number) if over else this_year), stop


def _quarter_number(scene: Scene, place: int) -> tuple[int, int] | None:
    if scene.has(place, "marks.quarter"):
        number = _small(scene, place + 1)
        joined = number is not None and (scene.touching(place + 1) or not scene.is_number(place + 1))
        return (number, place + 2) if joined and number else None
    if scene.unit(place) == "quarter":
        ordinal = _ordinal(scene, place + 1)
        number = ordinal[0] if ordinal else _small(scene, place + 1)
        return (number, ordinal[1] if ordinal else place + 2) if number in _QUARTERS else None
    ordinal = _ordinal(scene, place)
    if ordinal and ordinal[0] in _QUARTERS and scene.unit(ordinal[1]) == "quarter":
        return ordinal[0], ordinal[1] + 1
    return None


def _small(scene: Scene, place: int) -> int | None:
    """One to four, in figures, as a word or as a Roman numeral."""
    number = scene.term(place).number
    number = scene.number(place, "numbers") or 0 if number < 0 else number
    return number if 1 <= number <= 4 else _ROMAN.get(scene.word(place))


def _ordinal(scene: Scene, place: int) -> tuple[int, int] | None:
    """ "First", "2nd", "ke-2", "last" (-1) and the place after it."""
    if scene.has(place, "modifiers.last_before", "durations.lately_after"):
        return _LAST, place + 1
    if scene.has(place, "marks.ordinal_prefix"):
        dash = scene.word(place + 1) == "-"
        number = scene.term(place + 1 + dash).number
        return (number, place + 2 + dash) if 1 <= number <= 5 else None
    day = day_number(scene, place)
    return (day[0], day[1]) if day and day[2] else None


def any_period(scene: Scene, place: int) -> Whole | None:
    """A period by any of its names."""
    return named_quarter(scene, place) or modified_period(scene, place) or named_month(scene, place)


def whole_period(scene: Scene, place: int) -> Found | None:
    """A period as a whole. A month's bare name needs a preposition, a year or a modifier to be one."""
    start = scene.unmarked(place)
    of_quarters = _quarter_in_company(scene, start, place)
    named = of_quarters or _month_in_company(scene, start)
    whole = of_quarters or modified_period(scene, start) or named
    if whole is None and _is_over_soon(scene, start):
        whole = _whole(scene, str(scene.unit(start)), 0, start + 1)
    if whole is None and scene.unit(start) == "weekend":
        whole = _whole(scene, "weekend", 0, start + 1)
        led = start > place or scene.has(place - 1, "preposition", "part") or scene.has(start, "marks.bare_period")
        if scene.has(start + 1, "durations.counted_from") or not led:
            return None  # "a great weekend"
    return None if whole is None else _of(scene, whole, by_name=whole is named)


def _is_over_soon(scene: Scene, start: int) -> bool:
    """ "Before the week is over": this one, though nothing says so."""
    ends = scene.unit(start) in _PERIODS and scene.has(start + 1, "marks.over")
    return ends and any(scene.preposition(at) == Preposition.BEFORE for at in (start - 1, start - 2))


def _of(scene: Scene, whole: Whole, *, by_name: bool) -> Found:
    return Found(
        whole[1],
        whole[0].first,
        whole[0].last,
        past=whole[0].last < scene.today,
        loose=whole[0].unit == "month" or (by_name and whole[0].unit == "quarter"),
        whole=True,
    )


def _quarter_in_company(scene: Scene, start: int, place: int) -> Whole | None:
    """A quarter; "the first quarter results" is none, "in the first quarter" and "Q1" are."""
    found = named_quarter(scene, start)
    told = found is not None and found[1] > start + 2
    by_name = scene.has(start, "marks.quarter") or scene.unit(start) == "quarter"
    return found if by_name or told or scene.has(place - 1, "preposition") else None


def _month_in_company(scene: Scene, place: int) -> Whole | None:
    found = named_month(scene, place)
    if found is None:
        return None
    name = next(at for at in range(place, found[1]) if scene.has(at, "month"))
    accompanied = found[1] > name + 1 or name > place
    if scene.has(name, "month.first_names") and not accompanied:
        return found if _is_no_person(scene, place, name, found[1]) else None
    spanning = scene.has(place - 1, "joiners.either", "joiners.both")
    attached = scene.has(place - 1, "preposition", "marks.again") or (
        spanning and scene.has(place - 2, "month", "unit") and scene.has(place - 3, "preposition")
    )
    return found if accompanied or (attached and scene.capital(name) and not _is_surname(scene, found[1])) else None


def _is_no_person(scene: Scene, place: int, name: int, stop: int) -> bool:
    """ "In April" is a month, "from April" may be a colleague."""
    if scene.has(name, "month.short") or scene.has(place - 1, "month.before_people"):
        return False
    attached = scene.has(place - 1, "preposition", "marks.again")
    return attached and scene.capital(name) and not _is_surname(scene, stop)


def _is_surname(scene: Scene, place: int) -> bool:
    return scene.capital(place) and scene.word(place).isalpha() and not scene.term(place).senses


def part_of_period(scene: Scene, place: int) -> Found | None:
    """ "Early next week", "pertengahan bulan depan", "end of July", "end of the month", "EOM"."""
    start = scene.unmarked(place)
    fused = scene.term(start).senses.get("fused_parts")
    if isinstance(fused, tuple):
        return _part(scene, str(fused[0]), _unsaid(scene, str(fused[1]), start, str(fused[0])), start + 1)
    name = scene.name(start, "part")
    if name is None:
        return None
    nouns = [*scene.places(start + 1, *_LINKS, signs="-")]
    whole = next((whole for noun in nouns if (whole := any_period(scene, noun))), None)
    if whole and day_number(scene, whole[1]) and scene.is_number(whole[1]):
        return None  # "beginning January 7th"
    if whole:
        loose = not any(scene.has(at, *_POINTED) or scene.term(at).number > _DAYS for at in range(start, whole[1]))
        return _part(scene, name, whole, whole[1], loose=loose)
    noun = next((noun for noun in nouns if scene.unit(noun)), nouns[-1])
    said, stop = year_at(scene, noun + (scene.unit(noun) == "year"))
    if said is not None and is_year(said):
        return _part(scene, name, (year(said), stop), stop)
    unit = scene.unit(noun)
    whole = _unsaid(scene, unit, noun, name) if unit and _part_alone(scene, start, noun) else None
    gone = whole is not None and unit == "year" and whole[0].first > scene.today
    return _part(scene, name, whole, noun + 1, loose=gone)


def _part_alone(scene: Scene, start: int, noun: int) -> bool:
    """Whether "end … week" without "this" or "next" is a day: "end of the week" is, "early weeks" is not."""
    return start < noun and not scene.has(noun + 1, "ordinals")


def _unsaid(scene: Scene, unit: str, noun: int, name: str) -> Whole | None:
    for ahead in (0, 1):
        whole = period(unit, scene.today, ahead)
        piece = whole and part(name, whole, scene.today)
        if whole and piece and piece[1] >= scene.today:
            return whole, noun + 1
    return None


def _part(scene: Scene, name: str, whole: Whole | None, stop: int, *, loose: bool = False) -> Found | None:
    piece = None if whole is None else part(name, whole[0], scene.today)
    if piece is None:
        return None
    return Found(stop, *piece, past=piece[1] < scene.today, loose=loose, whole=name != "end")


def calendar_week(scene: Scene, place: int) -> Found | None:
    """ "KW 24", "in week 48", "minggu ke-24": a week of the year as ISO 8601 counts them, the nearest not over.

    Small numbers without the word "calendar" count the weeks of something else.
    """
    start = scene.unmarked(place)
    told = scene.has(start, "marks.calendar_week")
    if not told and (scene.unit(start) != "week" or not scene.has(place - 1, "preposition")):
        return None
    at = start + 1 + scene.has(start + 1, "marks.ordinal_prefix")
    at += at > start + 1 and scene.word(at) == "-"
    term = scene.term(at)
    if not (1 if told else _WEEKS_OF_A_PROJECT) <= term.number <= _WEEKS or scene.has(at + 1, *_OF_SOMETHING):
        return None
    mondays = (date.fromisocalendar(scene.today.year + ahead, term.number, 1) for ahead in (0, 1))
    monday = next((day for day in mondays if plus_days(day, 4) >= scene.today), None)
    return None if monday is None else Found(at + 1, monday, plus_days(monday, 4), whole=True)


def week_of_date(scene: Scene, place: int) -> Found | None:
    """ "The week of 13 July", "w/c 13 July"."""
    start = scene.unmarked(place)
    if not scene.has(start, "marks.week_of"):
        return None
    first = scene.skip(start + 1, "weekday", signs=",")
    day = single_day(scene, first) or day_of_month(scene, first)
    if day is None:
        return None
    monday = on_or_after(plus_days(day.last, -5), 0)  # a Sunday belongs to the week that it opens
    return Found(day.stop, monday, plus_days(monday, 4), past=plus_days(monday, 4) < scene.today)


def ordinal_of_month(scene: Scene, place: int) -> Found | None:
    """ "The second week of August", "first Monday of next month", "minggu pertama Agustus"."""
    start = scene.unmarked(place)
    ordinal = _ordinal(scene, start)
    noun, after = (ordinal[1], ordinal[1] + 1) if ordinal else (start, start + 1)
    if ordinal is None and not scene.is_number(after):
        ordinal = _ordinal(scene, after)
        after = ordinal[1] if ordinal else after
    if ordinal is None or not (_is_week(scene, noun) or scene.has(noun, "weekday")):
        return None
    whole = _month_after(scene, after)
    if whole is None:
        return None
    return _nth(scene, noun, ordinal[0], whole)


def _is_week(scene: Scene, noun: int) -> bool:
    return scene.unit(noun) == "week" or scene.has(noun, "marks.week_of")


def _month_after(scene: Scene, place: int) -> Whole | None:
    place = scene.skip(place, "clock.morning", "clock.afternoon", "clock.evening")
    places = [*scene.places(place, *_LINKS, "preposition")]
    whole = next((whole for at in places if (whole := modified_period(scene, at) or named_month(scene, at))), None)
    if whole is None and scene.unit(places[-1]) == "month":
        whole = _whole(scene, "month", 0, places[-1] + 1)
    return whole if whole and whole[0].unit == "month" else None


def _nth(scene: Scene, noun: int, ordinal: int, whole: Whole) -> Found | None:
    if _is_week(scene, noun):
        piece = week_of_month(whole[0], ordinal)
        return None if piece is None else Found(whole[1], *piece, past=piece[1] < scene.today)
    number = scene.weekday(noun)
    day = None if number is None else weekday_of_month(whole[0], number, ordinal)
    return None if day is None else Found(whole[1], day, day, past=day < scene.today)


def day_of_named_month(scene: Scene, place: int) -> Found | None:
    """ "The 15th of next month", "tanggal 5 bulan depan"."""
    start = scene.unmarked(place)
    number = day_number(scene, start)
    if number is None:
        return None
    after = scene.places(number[1] + (scene.unit(number[1]) == "day"), *_LINKS)
    whole = next((whole for at in after if (whole := modified_period(scene, at))), None)
    if whole is None or whole[0].unit != "month":
        return None
    marked = number[2] or is_marked(scene, place, start)
    if not marked or number[0] > whole[0].last.day:
        return None
    day = whole[0].first.replace(day=number[0])
    return Found(whole[1], day, day, past=day < scene.today)


def period_then_day(scene: Scene, place: int) -> Found | None:
    """ "Bulan depan tanggal 5", "minggu depan tanggal 18-19", "awal bulan depan, tanggal 2".

    Ignored where the week or month has no such day, unless a comma parts the two.
    """
    found = part_of_period(scene, place) or ordinal_of_month(scene, place) or whole_period(scene, place)
    if found is None or found.first is None:
        return None
    mark = scene.skip(found.stop, signs=",")
    if not scene.has(mark, "marks.bare_date"):
        return None
    first, last = found.first, found.last
    if (last - first).days < _DAYS_OF_A_WEEK:
        first, last = plus_days(first, -first.weekday()), plus_days(last, _SUNDAY - last.weekday())
    elif first.month == last.month:
        first, last = first.replace(day=1), plus_days(plus_months(first.replace(day=1), 1), -1)
    else:
        return None
    written = single_day(scene, mark)
    seen = scene.seen_on(plus_days(first, -1))
    day = written or day_of_month(seen, mark)
    if day is None or day.first is None:
        return None
    if first <= day.first and day.last <= last:
        return Found(day.stop, day.first, day.last, past=day.last < scene.today)
    return None if written or mark > found.stop else Found(day.stop, day.first, day.last, ignored=True)
