"""Days by counting: "within 3 business days", "in 2-3 weeks", "dalam 1x24 jam", "2 minggu lagi", "3 days ago", "H+3".

Counted from the day of writing, or from a day that is named ("two days after Friday"). Counted from anything else
("3 days after the interview") it is no day that can be known. Without an anchor ("a two-week notice") it is a
duration, not a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from susul.reading.dates.calendar_periods import plus_days, plus_months
from susul.reading.dates.named import day_to_day, relative_day, weekday
from susul.reading.dates.scene import Found, Preposition, Scene
from susul.reading.dates.sentence import in_sentence
from susul.reading.dates.tense import is_told
from susul.reading.dates.written import day_of_month, single_day

MOST = {
    "minute": 1440,
    "hour": 2400,
    "day": 400,
    "business_day": 260,
    "week": 60,
    "fortnight": 30,
    "month": 40,
    "quarter": 12,
    "year": 20,
}
_SOME_DAY = 3  # years: nobody waits for a day that is told in so many
_LOOK_BACK = 6
_LOOK_FOR_THANKS = 30  # terms
_OCCASION = 5  # terms: as far behind "3 days after" as the day of what they are counted from may stand


@dataclass(frozen=True, slots=True)
class Count:
    """So many units: at least, at most, of what, and the place after the words."""

    least: int
    most: int
    unit: str
    stop: int


def count_at(scene: Scene, place: int) -> Count | None:
    """An amount with its unit: "3 business days", "2-3 weeks", "tiga (3) hari kerja", "1x24 jam"."""
    fused = scene.term(place).senses.get("fused")
    if isinstance(fused, tuple):
        return Count(int(fused[0]), int(fused[0]), str(fused[1]), place + 1)
    amount = _amount(scene, place) or _one_coming(scene, place)
    if amount is None:
        return None
    least, most, after = amount
    noun = scene.skip(after, "durations.adjectives", signs="-")
    unit = scene.unit(noun)
    if unit not in MOST or not 0 < most <= MOST[unit]:
        return None
    return _or_more(scene, Count(least, most, unit, noun + 1))


def _one_coming(scene: Scene, place: int) -> tuple[int, int, int] | None:
    """ "The next fortnight": one, as no other fortnight has a name."""
    coming = scene.unit(place) == "fortnight" and scene.has(place - 1, "durations.stretch")
    return (1, 1, place) if coming else None


def _or_more(scene: Scene, count: Count) -> Count:
    """ "A week or two"."""
    more = _figure(scene, count.stop + 1) if scene.has(count.stop, "joiners.either") else None
    if more is None or not count.most < more[0] <= MOST[count.unit] or scene.unit(more[1]):
        return count
    return Count(count.least, more[0], count.unit, more[1])


def _amount(scene: Scene, place: int) -> tuple[int, int, int] | None:
    vague = scene.term(place).senses.get("amounts")
    if isinstance(vague, tuple):
        return int(vague[0]), int(vague[1]), place + 1
    first = _figure(scene, place)
    if first is None or first[0] <= 0:
        return None
    by_the_day = _times_a_day(scene, first)
    if by_the_day:
        return by_the_day
    joined = scene.has(first[1], "joiners.range", "joiners.either")
    second = _figure(scene, first[1] + 1) if joined else None
    if second and second[0] > first[0]:
        return first[0], second[0], second[1]
    return first[0], first[0], first[1]


def _figure(scene: Scene, place: int) -> tuple[int, int] | None:
    """A number in figures or words, and the same number once more in brackets where it stands: "3 (three)"."""
    term = scene.term(place)
    number = term.number if term.number >= 0 else scene.number(place, "numbers")
    if number is None:
        return None
    if scene.word(place + 1) == "(" and scene.word(place + 3) == ")":
        again = scene.term(place + 2).number
        again = again if again >= 0 else scene.number(place + 2, "numbers") or -1
        return (number, place + 4) if again == number else None
    if scene.glue(place + 1, (".", ",", ":")):
        return None  # "2.5 weeks", "10:30 days"
    return number, place + 1


def _times_a_day(scene: Scene, first: tuple[int, int]) -> tuple[int, int, int] | None:
    """ "1 x 24 jam": so many times 24 hours."""
    hours = _figure(scene, first[1] + 1)
    if scene.word(first[1]) in ("x", "×") and hours and scene.unit(hours[1]) == "hour":
        return first[0] * hours[0], first[0] * hours[0], hours[1]
    return None


def moved(scene: Scene, day: date, count: int, unit: str) -> date:
    """``day`` and so many units on (back, if negative)."""
    if unit in ("minute", "hour"):
        return (scene.wrote_at + timedelta(**{f"{unit}s": count})).date()
    if unit == "business_day":
        return scene.days.after(day, count) if count >= 0 else scene.days.before(day, -count)
    if unit in ("month", "quarter", "year"):
        return plus_months(day, count * {"month": 1, "quarter": 3, "year": 12}[unit])
    return plus_days(day, count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def counted(scene: Scene, place: int) -> Found | None:
    """Days counted from now or from a day that is named; ``place`` is the marker ("within") or the amount."""
    limit, point = scene.has(place, "durations.limit"), scene.has(place, "durations.point")
    start = place + (limit or point)
    stretch = scene.has(scene.skip(start, "marks.filler"), "durations.stretch") or _coming(scene, start + 1)
    amount_at = scene.skip(start, "durations.around", signs="~") if limit or point or stretch else start
    if any(scene.has(at, "durations.lately_before") for at in range(start - 1, amount_at + 1)):
        return None
    count = count_at(scene, amount_at)
    if count is None or _is_rate(scene, place, count) or _is_length(scene, place, count):
        return None
    return (
        _behind_us(scene, count)
        or _on_top_of(scene, count)
        or _from_a_day(scene, count)
        or _from_now(scene, place, count, (limit, point, stretch))
    )


def _coming(scene: Scene, place: int) -> bool:
    """ "2 upcoming days"; "3 next week" is no stretch of three weeks."""
    return scene.has(place, "durations.stretch") and not scene.has(place, "modifiers.next_before")


def _is_rate(scene: Scene, place: int, count: Count) -> bool:
    """ "3 times in 2 weeks", "2 hari sekali", "dalam 3 tahun terakhir", "finished in 3 weeks": nothing to come."""
    back = range(place - 1, place - 1 - _LOOK_BACK, -1)
    hence = scene.has(count.stop, "durations.hence")
    done = not hence and any(scene.has(at, "durations.done") for at in back)
    rated = scene.has(place - 1, "durations.times") or scene.has(place - 2, "durations.times")
    return rated or done or scene.has(count.stop, "durations.lately_after", "recurring.after")


def _is_length(scene: Scene, place: int, count: Count) -> bool:
    """ "At most seven minutes", "two days' work", "in two years we doubled": how long, not until when."""
    if count.unit == "minute" and scene.has(place, "durations.lengths"):
        return True
    ago = scene.has(count.stop, "durations.ago")
    if count.unit == "year" and not ago and (count.most >= _SOME_DAY or "amounts" in scene.term(count.stop - 2).senses):
        return True
    if scene.word(count.stop) == "'" and scene.touching(count.stop):
        return not scene.has(count.stop + 1, "durations.at_times")
    return is_told(scene, place, count.stop) and not scene.has(count.stop, "durations.hence")


def _on_top_of(scene: Scene, count: Count) -> Found | None:
    """ "A week today", "a fortnight on Friday": so long after that day."""
    if count.unit not in ("week", "fortnight") or not scene.has(count.stop - 1, "durations.adding"):
        return None
    day = relative_day(scene, count.stop)
    if day is None and scene.preposition(count.stop) == Preposition.ON:
        day = weekday(scene, count.stop + 1)
    if day is None or day.first != day.last or day.last < scene.today:
        return None
    first, last = (moved(scene, day.last, many, count.unit) for many in (count.least, count.most))
    return Found(day.stop, first, last)


def _behind_us(scene: Scene, count: Count) -> Found | None:
    if not scene.has(count.stop, "durations.ago"):
        return None
    first, last = (moved(scene, scene.today, -many, count.unit) for many in (count.most, count.least))
    return Found(count.stop + 1, first, last, past=True)


def _from_a_day(scene: Scene, count: Count) -> Found | None:
    """ "Two days after Friday", "3 hari setelah tanggal 15 Juli"."""
    if not scene.has(count.stop, "durations.counted_from"):
        return None
    base = _day_at(scene, scene.skip(count.stop + 1, "marks.filler"))
    if base is None:
        return _occasion(scene, count.stop) or _occasion_just_over(scene, count)
    if count.unit in ("minute", "hour"):
        return None
    sign = -1 if scene.has(count.stop, "durations.backwards") else 1
    first, last = sorted(moved(scene, base.last, sign * many, count.unit) for many in (count.least, count.most))
    return Found(base.stop, first, last, past=last < scene.today)


def beside_a_day(scene: Scene, place: int) -> Found | None:
    """ "The day before the 15th", "the day after Friday"."""
    start = scene.unmarked(place)
    if scene.unit(start) != "day" or not scene.has(start + 1, "durations.counted_from"):
        return None
    if scene.preposition(start + 1) not in (Preposition.BEFORE, Preposition.AFTER):
        return None
    base = _day_at(scene, scene.unmarked(start + 2))
    if base is None or base.first != base.last:
        return None
    day = plus_days(base.last, -1 if scene.has(start + 1, "durations.backwards") else 1)
    return Found(base.stop, day, day, past=day < scene.today)


def _occasion(scene: Scene, place: int) -> Found | None:
    """ "3 days after the interview on Friday": no day that can be known, and not Friday, which is passed over."""
    if not scene.has(place, "preposition"):
        return None
    for at in range(place + 1, place + 1 + _OCCASION):
        if scene.ends_clause(at):
            return None
        day = _day_at(scene, at)
        if day:
            return Found(day.stop, day.last, day.last, ignored=True)
    return None


def _occasion_just_over(scene: Scene, count: Count) -> Found | None:
    """ "3 days after the interview", said in thanks for it: from the day of writing."""
    if not _just_over(scene, count.stop):
        return None
    first, last = (moved(scene, scene.today, many, count.unit) for many in (count.least, count.most))
    return Found(count.stop, first, last)


def _just_over(scene: Scene, place: int) -> bool:
    """Whether the occasion behind "after" was that day: those who write thank for it, and name no other day for it."""
    occasion = scene.skip(place + 1, "marks.filler")
    if scene.has(place, "durations.backwards") or not scene.has(occasion, "marks.occasion"):
        return False
    for at in range(place - 1, place - _LOOK_FOR_THANKS, -1):
        if scene.has(at, "tense.just_over"):
            return True
        if scene.has(at, "weekday", "month", "relative_days") and not scene.has(at, "tense.past"):
            return False
    return False


def _after_silence(scene: Scene, place: int, stop: int) -> bool:
    """ "If you hear nothing after fourteen days": counted from now."""
    lasting = scene.preposition(place - 1) == Preposition.AFTER or scene.has(place - 1, "durations.lasting")
    return lasting and in_sentence(scene, place, stop, "durations.silence")


def _day_at(scene: Scene, place: int) -> Found | None:
    found = (
        weekday(scene, place) or relative_day(scene, place) or single_day(scene, place) or day_of_month(scene, place)
    )
    return found if found and day_to_day(scene, place) is None else None


def _from_now(scene: Scene, place: int, count: Count, marked: tuple[bool, bool, bool]) -> Found | None:
    limit, point, stretch = marked
    point = point or _after_silence(scene, place, count.stop)
    hence = scene.has(count.stop, "durations.hence")
    if not (limit or point or hence or stretch):
        return None
    more = stretch and scene.has(count.stop, "durations.backwards")  # "two more days before we can tell"
    if not (hence or more) and (_from_something_else(scene, count.stop) or scene.word(count.stop) == "-"):
        return None  # "within 5 days of your start", "in 2 day-long sessions"
    first, last = (moved(scene, scene.today, many, count.unit) for many in (count.least, count.most))
    within = limit or stretch or _limited(scene, place) or scene.has(count.stop, "durations.stretch_after")
    if within:
        return Found(count.stop + hence, None, last, Preposition.WITHIN)
    return Found(count.stop + hence, first, last, Preposition.ON)


def _limited(scene: Scene, place: int) -> bool:
    return scene.has(place - 1, "durations.limit") or scene.has(place - 2, "durations.limit")


def _from_something_else(scene: Scene, stop: int) -> bool:
    return scene.has(stop, "durations.counted_from")


def _is_from_today(scene: Scene, stop: int) -> bool:
    """Whether "H+3" counts from today: not "H+7 Lebaran", and "H+3 setelah interview" only on its day."""
    if scene.has(stop, "durations.counted_from"):
        return _just_over(scene, stop)
    named = scene.word(stop).isalpha() and scene.capital(stop) and not scene.term(stop).senses
    return not (named or scene.has(stop, "marks.occasion", "feast", "season"))


def event_day(scene: Scene, place: int) -> Found | None:
    """ "H+3": so many days on, where no other event is said to be the day H."""
    if not scene.has(place, "marks.count") or scene.word(place + 1) != "+" or not scene.touching(place + 1):
        return None
    number = scene.term(place + 2).number
    work = scene.has(place + 3, "marks.work") or scene.unit(place + 3) == "business_day"
    stop = place + 3 + (work or scene.unit(place + 3) == "day")
    hence = scene.has(stop, "durations.hence")
    if not 0 < number <= MOST["day"] or not (hence or _is_from_today(scene, stop)):
        return None
    day = moved(scene, scene.today, number, "business_day" if work else "day")
    return Found(stop + hence, day, day)
