"""The life of drafts: whatever the owner, the others, time and trouble do in whatever order, no draft comes to harm.

A small part of it runs with every test; ``make life`` runs it at length.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from life_account import Trouble
from life_letters import MANNERS
from life_of_drafts import Life
from life_world import COLLEAGUE, ELSEWHERE, HERE, PRIVATE, TICK

from susul.model import Step
from susul.owners_word import About, Word
from susul.reconcile import Status

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_MATTERS = 5
STEPS_OF_A_LIFE = 50

KINDS = st.sampled_from(("proposal", "application", "request", "project", "interview", "meeting"))
LANGUAGES = st.sampled_from(("en", "id"))
WHICH = st.integers(0, 7)
TIMES = st.sampled_from(
    (timedelta(minutes=7), timedelta(hours=5), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(21))
)
FAULTS = st.sampled_from(
    (
        "429", "403_rate", "403_quota", "401", "400", "500", "502", "503", "500_after", "503_after", "drop_before",
        "drop_after", "timeout_before", "timeout_after", "html_200", "empty_200", "truncated_200", "history_expired",
        "sync_expired", "missing_part",
    )
)  # fmt: skip
WRITES = "(POST|PUT|DELETE) .*/drafts"
PLACES = st.sampled_from((HERE, HERE, ELSEWHERE, COLLEAGUE, PRIVATE))
MEANWHILE = st.sampled_from(("answer", "edit", "discard", "send", "begin", "trash"))
ASKED = st.sampled_from((Step.STATUS_CHECK, Step.THANK_YOU, Step.DECLINE, Step.KEEP_IN_TOUCH, Step.NUDGE))


class LifeOfDrafts(RuleBasedStateMachine):
    """Each rule is something that happens; ``which`` chooses among what is there."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()
        self.world = self.life.world

    def teardown(self) -> None:
        self.life.close()

    @initialize(first=KINDS, second=KINDS, time=TIMES)
    def it_begins(self, first: str, second: str, time: timedelta) -> None:
        self.world.begins(first, "en")
        self.world.passes(time)
        self.world.begins(second, "id")

    def happens(self, what: str) -> None:
        self.done[what] += 1
        self.world.passes(TICK)

    def matter(self, which: int) -> Any:
        return self.world.matters[which % len(self.world.matters)]

    def draft(self, which: int) -> str:
        lying = self.world.lying()
        return lying[which % len(lying)]

    def some_matter(self) -> bool:
        return bool(self.world.matters)

    def some_draft(self) -> bool:
        return bool(self.world.lying())

    def some_event(self) -> bool:
        return any(matter.events for matter in self.world.matters)

    def some_thread(self) -> bool:
        return any(matter.threads for matter in self.world.matters)

    # Runs

    @precondition(some_matter)
    @rule()
    def sync(self) -> None:
        self.happens("sync")
        self.life.syncs()

    @precondition(some_matter)
    @rule(time=TIMES)
    def sync_later(self, time: timedelta) -> None:
        self.happens("sync later")
        self.world.passes(time)
        self.life.syncs()

    @precondition(some_matter)
    @rule()
    def sync_twice(self) -> None:
        self.happens("sync twice")
        self.life.syncs_twice()

    @precondition(some_matter)
    @rule(kind=FAULTS, nth=st.integers(1, 9), times=st.sampled_from((1, 1, 3, None)), writes=st.booleans())
    def sync_in_a_fault(self, kind: str, nth: int, times: int | None, writes: bool) -> None:
        self.happens("sync in a fault")
        place = {"match": WRITES} if writes and "expired" not in kind else {}
        nth = nth % 2 + 1 if writes else nth
        self.world.sandbox.fail(kind, nth=nth, times=times, delay=0.0, wait=1.0, **place)
        self.life.syncs(Trouble(faulty=True))

    @precondition(some_matter)
    @rule(nth=st.integers(1, 14), after=st.booleans())
    def sync_killed_at_a_call(self, nth: int, after: bool) -> None:
        self.happens("sync killed at a call")
        self.life.syncs(Trouble(dies_after=nth) if after else Trouble(dies_before=nth))

    @precondition(some_matter)
    @rule(nth=st.integers(1, 14), after=st.booleans())
    def sync_killed_at_a_commit(self, nth: int, after: bool) -> None:
        self.happens("sync killed at a commit")
        self.life.syncs(Trouble(dies_after_commit=nth) if after else Trouble(dies_before_commit=nth))

    @precondition(some_matter)
    @rule(nth=st.integers(1, 14), what=MEANWHILE, which=WHICH)
    def sync_while_something_happens(self, nth: int, what: str, which: int) -> None:
        self.happens("sync while something happens")
        self.life.syncs(Trouble(meanwhile_at=nth, meanwhile=lambda: self._meanwhile(what, which)))

    @precondition(some_matter)
    @rule(time=TIMES)
    def scan(self, time: timedelta) -> None:
        self.happens("scan")
        self.world.passes(time)
        self.life.scans()

    @precondition(some_thread)
    @rule(which=WHICH, thread=WHICH, step=ASKED, nth=st.sampled_from((0, 0, 0, 4, 6, 7, 8)))
    def ask_for_a_draft(self, which: int, thread: int, step: Step, nth: int) -> None:
        self.happens("ask for a draft")
        matter = self.matter(which)
        if matter.threads:
            self.life.asks_for(matter.threads[thread % len(matter.threads)], step, Trouble(dies_after=nth))

    def _meanwhile(self, what: str, which: int) -> None:
        self.world.passes(timedelta(seconds=2))
        self.life.notices()
        if what == "answer":
            self.world.answers(self.matter(which), "answer", ELSEWHERE if which % 2 else HERE, which)
        elif what == "begin":
            self.world.begins_draft(self.matter(which), which)
        elif self.some_draft():
            draft_id = self.draft(which)
            deeds: dict[str, Callable[[str], None]] = {
                "edit": self.world.edits, "discard": self.world.discards, "send": self.world.sends,
                "trash": self.world.trashes,
            }  # fmt: skip
            deeds[what](draft_id)

    # The owner

    @precondition(lambda self: len(self.world.matters) < MOST_MATTERS)
    @rule(kind=KINDS, language=LANGUAGES)
    def begin_a_matter(self, kind: str, language: str) -> None:
        self.happens("begin a matter")
        self.world.begins(kind, language)

    @rule(time=TIMES)
    def wait(self, time: timedelta) -> None:
        self.happens("wait")
        self.world.passes(time)

    @precondition(some_draft)
    @rule(which=WHICH)
    def edit(self, which: int) -> None:
        self.happens("edit")
        self.world.edits(self.draft(which))

    @precondition(some_draft)
    @rule(which=WHICH)
    def edit_the_subject(self, which: int) -> None:
        self.happens("edit the subject")
        self.world.edits(self.draft(which), subject=f"Another subject {self.world.written}")

    @precondition(some_draft)
    @rule(which=WHICH)
    def open_a_draft(self, which: int) -> None:
        self.happens("open a draft")
        self.world.opens(self.draft(which))

    @precondition(some_draft)
    @rule(which=WHICH, edited=st.booleans())
    def send(self, which: int, edited: bool) -> None:
        self.happens("send edited" if edited else "send")
        draft_id = self.draft(which)
        self._is_known(draft_id)
        if edited:
            self.world.edits(draft_id)
        self.world.sends(draft_id)

    @precondition(some_draft)
    @rule(which=WHICH)
    def discard(self, which: int) -> None:
        self.happens("discard")
        self.world.discards(self.draft(which))

    @precondition(some_draft)
    @rule(which=WHICH)
    def trash(self, which: int) -> None:
        self.happens("trash")
        self.world.trashes(self.draft(which))

    @precondition(lambda self: self.world.bin)
    @rule()
    def undo_a_discard(self) -> None:
        self.happens("undo a discard")
        was = self.world.bin[-1][2]
        self.world.undiscards(known_as_gone=was is None or self._is_gone(was.rfc822_id))

    @precondition(lambda self: len(self.world.box.drafts.message_of) > len(self.world.lying()))
    @rule(which=WHICH)
    def take_out_of_trash(self, which: int) -> None:
        self.happens("take out of trash")
        binned = sorted(set(self.world.box.drafts.message_of) - set(self.world.lying()))
        draft_id = binned[which % len(binned)]
        gone = self._is_gone(self.world.message(draft_id).rfc_id)
        self.world.untrashes(draft_id, known_as_gone=gone)

    def _is_gone(self, rfc822_id: str) -> bool:
        row = self.life.rows.get(rfc822_id)
        return row is not None and row.status in (Status.DISCARDED, Status.SENT, Status.TOUCHED, Status.WITHDRAWN)

    def _is_known(self, draft_id: str) -> None:
        laid = self.world.laid.get(draft_id)
        row = self.life.rows.get(laid.rfc822_id) if laid else None
        if laid and (row is None or row.draft_id != draft_id):
            laid.sure = False

    @precondition(some_matter)
    @rule(which=WHICH, thread=WHICH)
    def write(self, which: int, thread: int) -> None:
        self.happens("write")
        self.world.writes(self.matter(which), thread)

    @precondition(some_thread)
    @rule(which=WHICH, thread=WHICH)
    def begin_a_draft(self, which: int, thread: int) -> None:
        self.happens("begin a draft")
        self.world.begins_draft(self.matter(which), thread)

    @precondition(some_thread)
    @rule(which=WHICH, thread=WHICH, name=st.sampled_from(("Susul/Ignore", "Susul/Snooze")), on=st.booleans())
    def label(self, which: int, thread: int, name: str, on: bool) -> None:
        self.happens("label" if on else "take a label off")
        matter = self.matter(which)
        if matter.threads:
            matter.news += 1
            self.world.labels(matter.threads[thread % len(matter.threads)], name, on=on)

    @precondition(some_matter)
    @rule(which=WHICH, word=st.sampled_from(tuple(Word)), about=st.sampled_from((About.THREAD, About.DOMAIN)))
    def say(self, which: int, word: Word, about: About) -> None:
        self.happens(f"say {word}")
        matter = self.matter(which)
        target = (About.DOMAIN, matter.domain)
        if about is About.THREAD and matter.threads:
            target = (About.THREAD, matter.threads[which % len(matter.threads)])
        self.life.says(word, matter, target, (self.world.now + timedelta(days=7)).date())

    @precondition(lambda self: self.life.said)
    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        self.happens("take a word back")
        self.life.unsays(which)

    # The others

    @precondition(some_matter)
    @rule(which=WHICH, manner=st.sampled_from(MANNERS), where=PLACES, thread=WHICH)
    def answer(self, which: int, manner: str, where: str, thread: int) -> None:
        self.happens(f"answer: {manner}")
        self.world.answers(self.matter(which), manner, where, thread)

    @precondition(some_thread)
    @rule(which=WHICH, thread=WHICH, bounces=st.booleans())
    def a_machine_answers(self, which: int, thread: int, bounces: bool) -> None:
        self.happens("bounce" if bounces else "out of office")
        matter = self.matter(which)
        if matter.threads:
            (self.world.bounces if bounces else self.world.is_away)(matter, thread)

    @precondition(some_matter)
    @rule(which=WHICH, ahead=TIMES)
    def meet(self, which: int, ahead: timedelta) -> None:
        self.happens("add an event")
        self.world.meets(self.matter(which), ahead)

    @precondition(some_event)
    @rule(which=WHICH, event=WHICH, ahead=st.one_of(TIMES, st.none()))
    def reschedule(self, which: int, event: int, ahead: timedelta | None) -> None:
        self.happens("move an event" if ahead else "cancel an event")
        matter = self.matter(which)
        if matter.events and ahead:
            self.world.moves(matter, event, ahead)
        elif matter.events:
            self.world.cancels(matter, event)

    @invariant()
    def nothing_was_harmed(self) -> None:
        self.life.see_always()


def live(steps: int, number: int | None, phases: Any = None) -> None:
    """So many steps at most, in lives of fifty. ``number`` is the seed, None for the same lives each time."""
    profile = settings(
        max_examples=max(1, steps // STEPS_OF_A_LIFE),
        stateful_step_count=STEPS_OF_A_LIFE,
        deadline=None,
        derandomize=number is None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **({"phases": phases} if phases else {}),
    )
    machine = LifeOfDrafts if number is None else seed(number)(LifeOfDrafts)
    run_state_machine_as_test(machine, settings=profile)


def test_no_draft_comes_to_harm_in_a_short_life() -> None:
    live(400, None)
