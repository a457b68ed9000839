"""One draft on request, of the case and the step that the owner names, laid on the same safe path as by sync."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from susul.app import template_faults
from susul.drafting import Library, compose, own_words, reworded
from susul.errors import Failed, UsageError
from susul.looking import Looked, from_the_future, known_messages, look, record_of
from susul.model import Case, Draft, FollowUp, Step, Write
from susul.on_request import doubts, follow_up_on_request
from susul.plan import Planned, whole_case
from susul.readings import read_all
from susul.reconcile import Wanted, on_request
from susul.syncing import label, tell
from susul.targets import HIDDEN, has_words, named_by_words, pasted
from susul.understanding import copy_mail
from susul.without_case import STEPS, conversation_alone, nothing_presumed, seen_by_all
from susul.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from susul.model import Message
    from susul.owner import Owner
    from susul.run import Run

ASK_AGAIN = "Look at it, and ask again."
NO_CASE = (
    "That conversation holds no interview, application, meeting, proposal, project or task, so there is nothing to "
    "follow up."
)
IN_ANY_CONVERSATION = f"What can be asked for all the same: {', '.join(STEPS)}."


@dataclass(frozen=True, slots=True)
class Asked:
    """The draft that the owner asked for, and what it was made from. ``doubts``: why the step may not fit the case."""

    case: Case
    follow_up: FollowUp
    draft: Draft
    looked: Looked
    doubts: tuple[str, ...] = ()

    @property
    def owner(self) -> Owner:
        return self.looked.scanned.owner

    @property
    def own_words(self) -> str:
        """What it says above the quoted message."""
        return own_words(self.draft, self.case, self.follow_up, self.owner)

    def saying(self, text: str) -> Asked:
        """The same draft in the owner's words."""
        return replace(self, draft=reworded(self.draft, text, self.case, self.follow_up, self.owner))

    def goes_where(self, other: Asked) -> bool:
        """Whether both answer the same message, to the same people."""
        return replace(self.draft, text="", html="") == replace(other.draft, text="", html="")


def ask_for(run: Run, target: str, step: Step) -> Asked:
    """The draft of ``step`` for the case that ``target`` names, as the mail is now. Writes nothing to Google.

    A conversation that is no case will do for ``without_case.STEPS``. Raises UsageError where none, or more than one,
    is meant; Failed where there is nobody to write to, or where mail of the case is still unread.
    """
    looked = look(run, copy_mail(run))
    scanned = looked.scanned
    planned = case_meant(target, step, scanned.plan.planned) or _without_case(run, looked, target, step)
    if any(thread in looked.unread for thread in planned.case.threads):
        raise scanned.stopped or Failed(
            "A part of this conversation could not be read yet, so nothing is drafted.", hint="Try again later."
        )
    if from_the_future(looked.messages, run.now):
        raise Failed("Mail lies in the future: this computer's clock is behind.", hint="Set the clock and ask again.")
    follow_up = follow_up_on_request(step, planned, scanned.owner, run.now)
    if step in STEPS:
        follow_up = seen_by_all(follow_up, planned, scanned.owner)
    case = nothing_presumed(whole_case(planned), step)
    decision, doubtful = planned.decision, doubts(step, planned, run.now)
    if planned.draft and isinstance(decision, Write) and decision.follow_up == follow_up:
        return Asked(case, follow_up, planned.draft, looked, doubtful)  # word for word what sync would lay
    with template_faults():
        policy, library = run.config.effective_policy(), Library(run.places.templates)
        draft = compose(case, follow_up, scanned.owner, policy, library, run.now)
    return Asked(case, follow_up, draft, looked, doubtful)


def case_meant(target: str, step: Step, planned: Sequence[Planned]) -> Planned | None:
    """The one case that ``target`` names: by an id of it, its mail or its events, else by words of its subject.

    None for no case. Raises UsageError for several.
    """
    meant = pasted(target)
    found = [p for p in planned if meant.names_case(p.case)]
    if not found:
        found = [p for p in planned if has_words(p.case.subject, target)]
    # A further thank-you is a case of its own, with nothing but the event; anything else concerns the whole matter.
    fitting = [p for p in found if bool(p.case.told) is not (step is Step.THANK_YOU)]
    chosen = [p for p in found if p.case.id in meant.ids] or fitting or found
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        names = ", ".join(f"{p.case.id} ({p.case.subject[:40]})" for p in chosen[:5])
        raise UsageError(f"{len(chosen)} cases match that.", hint=f"Name one of them: {names}")
    return None


def _without_case(run: Run, looked: Looked, target: str, step: Step) -> Planned:
    """The case that the conversation meant by ``target`` belongs to, or else that conversation by itself.

    Raises UsageError.
    """
    scanned = looked.scanned
    thread = thread_meant(target, looked.messages)
    known = case_meant(thread, step, scanned.plan.planned)
    if known:
        return known  # named by the subject of one of its later threads
    if step not in STEPS:
        raise UsageError(NO_CASE, hint=IN_ANY_CONVERSATION)
    mail = [message for message in looked.messages if message.thread_id == thread]
    readings = read_all(mail, {}, scanned.owner)
    record = record_of(looked.rows, looked.folder, run.store.words())
    alone = conversation_alone(mail, readings, scanned.owner, run.config.effective_policy(), record, run.now)
    if alone is None:
        raise UsageError("No person wrote to you in that conversation, so there is nobody to answer.")
    return alone


def thread_meant(target: str, messages: Sequence[Message]) -> str:
    """The one thread that ``target`` names, by an id of it or of its mail, else by words of its subject.

    Raises UsageError, also where the words fit several, or where the conversation lies in spam or trash.
    """
    meant = pasted(target)
    named = [message for message in messages if meant.names_mail(message)]
    thread = named[0].thread_id if named else (named_by_words(target, messages, ()) or ("", ""))[1]
    if not thread:
        raise UsageError("No case matches that: it is unknown here.", hint=meant.hint)
    if not any(message.thread_id == thread and HIDDEN.isdisjoint(message.labels) for message in messages):
        raise UsageError("That conversation lies in spam or in the trash.", hint="Move it to the inbox first.")
    return thread


def lay(run: Run, asked: Asked) -> tuple[str, ...]:
    """Lays the draft into Drafts, and tells what was done, a line each; nothing where it lies there already.

    Raises Failed where the owner's own draft is in the way, or where it could not be laid.
    """
    looked, follow_up = asked.looked, asked.follow_up
    name = (follow_up.trigger, follow_up.step)
    wanted = Wanted(*name, asked.draft, asked.case.id, "You asked for it.", requested=True)
    actions = on_request(wanted, looked.rows, looked.folder)
    domain = asked.owner.addresses[0].partition("@")[2]
    ends = (run.account.drafts, run.account.gmail, run.store)
    with run.kept("draft") as journal:
        done = Writer(*ends, known_messages(looked.messages), domain, run.now, journal).carry_out(actions)
        label(run, journal)
        tell(run, journal, looked, done)
        if done.stopped:
            raise done.stopped
        if done.failures or done.counts["dropped"]:
            raise Failed(" ".join(done.lines), hint=ASK_AGAIN)
    return tuple(done.lines)
