"""``susul ignore``, ``susul snooze`` and ``susul close``: the owner's own word, kept in the state."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from susul.cli import terminal, times
from susul.cli.messages import in_words
from susul.cli.session import LocalState, local_state
from susul.errors import UsageError
from susul.owners_word import About, OwnersWord, Word, said_by_label, wakes_at
from susul.targets import find_target, may_be_words, named_exactly, pasted, said_by_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from susul.model import Event, Message
    from susul.owners_word import Target

VERSION = 1
DONE = {Word.IGNORE: "ignored", Word.SNOOZE: "snoozed", Word.CLOSE: "closed"}
IS_NOW = {
    Word.IGNORE: "{target} is ignored.",
    Word.SNOOZE: "{target} is snoozed until {day}.",
    Word.CLOSE: "{target} is closed.",
}
ALREADY = {
    Word.IGNORE: "{target} is already ignored.",
    Word.SNOOZE: "{target} is already snoozed until {day}.",
    Word.CLOSE: "{target} is already closed.",
}
OPTIONS = (
    click.argument("target", required=False, default=""),
    click.option("--undo", is_flag=True, help="Take the word back."),
    click.option("--list", "listing", is_flag=True, help="List what is in force, as without TARGET."),
    click.option("--json", "as_json", is_flag=True, help="Print it as JSON."),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command()
@_options
def ignore(target: str, undo: bool, listing: bool, as_json: bool) -> None:
    """Never draft for a thread, a person or a domain, whatever comes, until --undo.

    TARGET is a thread id, a case id as susul scan prints it, the address of a conversation in Gmail, a Message-ID, a
    mail address, a domain with all below it, or words of one conversation's subject. A person or a domain silences each
    draft that would be addressed to one of theirs, alone or with others; who is only in copy silences nothing.

    The next susul sync withdraws the drafts that you have not touched. The label Susul/Ignore does the same to a
    thread inside Gmail. Without TARGET: what is ignored now.
    """
    _run(Word.IGNORE, target, as_json=as_json, listing=listing, undo=undo)


@click.command()
@_options
@click.option("--until", metavar="WHEN", default="", help="The day: 2026-07-01, 3d, 2w, monday. Else in a week.")
def snooze(target: str, undo: bool, listing: bool, as_json: bool, until: str) -> None:
    """No draft for a thread, a person or a domain before a day; what is due earlier is due on that day.

    TARGET is as for susul ignore. How long a snooze lasts without --until is policy.general.snooze_days. What would
    come too late by then is left out. The label Susul/Snooze silences a thread inside Gmail as long as it is there.
    Without TARGET: what is snoozed now.
    """
    if until and (undo or listing or not target):
        raise UsageError("--until goes with a new snooze.", hint="susul snooze TARGET --until monday")
    _run(Word.SNOOZE, target, as_json=as_json, listing=listing, undo=undo, until=until)


@click.command()
@_options
def close(target: str, undo: bool, listing: bool, as_json: bool) -> None:
    """What is open with a thread, a person or a domain now is finished: no draft for it.

    It isn't for ever: a mail that a person writes later, or you, and an appointment made later are heard as usual.
    For ever is susul ignore, and TARGET is as there. Without TARGET: what you closed.
    """
    _run(Word.CLOSE, target, as_json=as_json, listing=listing, undo=undo)


@dataclass(frozen=True, slots=True)
class _Command:
    """One call of one of the three commands, with the mail and the events that are known."""

    word: Word
    state: LocalState
    messages: tuple[Message, ...]
    events: tuple[Event, ...]
    now: datetime
    as_json: bool

    def day(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.state.zone):%a %d %b %Y}"

    def target_of(self, text: str) -> Target:
        return find_target(text, self.messages, self.events, self.state.addresses)

    def wakes_at(self, said: OwnersWord) -> datetime | None:
        return wakes_at(said, self.state.config.effective_policy().general.due_time, self.state.zone)


def _run(word: Word, target: str, *, as_json: bool, listing: bool, undo: bool, until: str = "") -> None:
    if target and listing:
        raise UsageError("--list takes no TARGET.", hint=f"susul {word} --list")
    if undo and not target:
        raise UsageError("--undo needs to know what to take back.", hint=f"susul {word} lists what is in force.")
    with local_state() as state:
        command = _Command(word, state, state.store.messages(), state.store.events(), times.now(), as_json)
        if not target:
            _list(command)
        elif undo:
            _take_back(command, target)
        else:
            _say(command, target, until)


def _say(command: _Command, target: str, until: str) -> None:
    store, word = command.state.store, command.word
    about, name = command.target_of(target)
    said = OwnersWord(word, about, name, command.now, _until(command, until) if word is Word.SNOOZE else None)
    before = _standing(command, said)
    if before and word is Word.IGNORE:
        said = before  # as long as it holds it makes no difference when it was said again
    with store.transaction():
        store.keep_word(said)
    wakes = command.wakes_at(said)
    is_now = (ALREADY if said is before else IS_NOW)[word]
    what = is_now.format(target=_target_named(command, said), day=command.day(wakes) if wakes else "")
    sentences = [f"{what} To take it back: susul {word} {shlex.quote(name)} --undo"]
    stronger = next((w for w in store.words() if (w.about, w.target) == (about, name) and _outdoes(w.word, word)), None)
    if stronger:
        sentences.append(f"It is {DONE[stronger.word]} as well, and that counts for more.")
    _tell(command, said, "\n".join(sentences), in_force=True, changed=said is not before)


def _until(command: _Command, until: str) -> date:
    today = command.now.astimezone(command.state.zone).date()
    if until:
        return times.day_ahead(until, today)
    return today + timedelta(days=command.state.config.effective_policy().general.snooze_days)


def _outdoes(one: Word, other: Word) -> bool:
    strongest_first = list(Word)
    return strongest_first.index(one) < strongest_first.index(other)


def _standing(command: _Command, said: OwnersWord) -> OwnersWord | None:
    """The same word about the same, if it was said before."""
    wanted = (said.word, said.about, said.target)
    return next((w for w in command.state.store.words() if (w.word, w.about, w.target) == wanted), None)


def _take_back(command: _Command, target: str) -> None:
    """Also for a thread that is no longer in the state's mail."""
    store, meant = command.state.store, pasted(target)
    said = next((w for w in store.words() if w.word is command.word and meant.names(w.target)), None)
    if said is None:
        about, name = _named_before(command, target) or command.target_of(target)
        asked = OwnersWord(command.word, about, name, command.now)
        said = _standing(command, asked)
        if said is None:
            _tell(command, asked, _nothing_to_take_back(command, asked), in_force=False, changed=False)
            return
    with store.transaction():
        store.take_back(said)
    sentence = f"{_target_named(command, said)} is no longer {DONE[command.word]}."
    _tell(command, said, sentence, in_force=False, changed=True)


def _named_before(command: _Command, text: str) -> Target | None:
    """What ``text`` named when this was said, in the same order: an id, an address or a domain, words last.

    None where the words are in nothing about which it was said.
    """
    said = {(w.about, w.target) for w in command.state.store.words() if w.word is command.word}
    exact = named_exactly(text, command.messages, command.events, command.state.addresses)
    if exact in said:
        return exact
    if exact and not may_be_words(text, exact, command.messages):
        return None  # it means this and nothing else, and this was not said
    return said_by_words(text, said, command.messages, command.events)


def _nothing_to_take_back(command: _Command, asked: OwnersWord) -> str:
    """That there is nothing, and what silences it nonetheless."""
    sentence = f"{_target_named(command, asked)} was not {DONE[command.word]}."
    if asked.about is About.THREAD and any(w.target == asked.target for w in _by_label(command)):
        return f"{sentence} The thread carries the label Susul/{command.word.capitalize()}: take it off in Gmail."
    above = [w for w in command.state.store.words() if w.word is command.word and w.about is About.DOMAIN]
    domain = next((w.target for w in above if f".{asked.target.rpartition('@')[2]}".endswith(f".{w.target}")), "")
    if domain:
        return f"{sentence} {domain} is: susul {command.word} {domain} --undo"
    return f"{sentence} susul {command.word} lists what is."


def _by_label(command: _Command) -> list[OwnersWord]:
    """The threads on which the owner put a label in Gmail; when, nobody knows, so the last mail's time stands in."""
    last = {m.thread_id: m for m in command.messages if command.word in said_by_label(m)}
    return [OwnersWord(command.word, About.THREAD, thread, message.sent_at) for thread, message in last.items()]


def _list(command: _Command) -> None:
    said = [w for w in command.state.store.words() if w.word is command.word]
    in_force = [w for w in said if not (wakes := command.wakes_at(w)) or wakes > command.now]
    labelled = _by_label(command)
    if command.as_json:
        rows = [_as_json(command, w, "command") for w in in_force] + [_as_json(command, w, "label") for w in labelled]
        click.echo(terminal.as_json({"version": VERSION, "words": rows}))
        return
    for word in in_force:
        wakes = command.wakes_at(word)
        target = _target_named(command, word)
        terminal.say(
            f"{target}, until {command.day(wakes)}" if wakes else f"{target}, since {command.day(word.said_at)}"
        )
    for word in labelled:
        terminal.say(f"{_target_named(command, word)}, by the label Susul/{word.word.capitalize()} in Gmail")
    if not in_force and not labelled:
        terminal.say(f"Nothing is {DONE[command.word]}.")


def _tell(command: _Command, said: OwnersWord, sentences: str, *, in_force: bool, changed: bool) -> None:
    if not command.as_json:
        terminal.say(sentences)
        return
    row = {**_as_json(command, said, "command"), "in_force": in_force, "changed": changed}
    click.echo(terminal.as_json({"version": VERSION, "words": [row]}))


def _as_json(command: _Command, said: OwnersWord, by: str) -> dict[str, Any]:
    return {
        "word": said.word.value,
        "about": said.about.value,
        "target": said.target,
        "subject": _subject(command, said) or None,
        "said_at": said.said_at.astimezone(command.state.zone).isoformat() if by == "command" else None,
        "until": said.until_on.isoformat() if said.until_on else None,
        "by": by,
    }


def _target_named(command: _Command, said: OwnersWord) -> str:
    """The target as a person knows it, and as it can be typed again."""
    if said.about in (About.ADDRESS, About.DOMAIN):
        return in_words(f"What is open with {said.target}") if said.word is Word.CLOSE else said.target
    name = in_words(f"thread {said.target}" if said.about is About.THREAD else f"appointment {said.target}")
    subject = terminal.one_line(_subject(command, said), 60)
    return f"“{subject}” ({name})" if subject else name


def _subject(command: _Command, said: OwnersWord) -> str:
    if said.about is About.THREAD:
        return next((m.subject for m in command.messages if m.thread_id == said.target), "")
    return next((e.summary for e in command.events if said.target in (e.id, e.uid)), "")
