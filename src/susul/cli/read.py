"""``susul read``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from susul.cli import completing, terminal, times
from susul.cli.messages import in_words
from susul.config import country_named, zone_named
from susul.days import BusinessDays
from susul.owner import Owner
from susul.reading import read as read_message
from susul.report.as_json import reading_as_json
from susul.zones import country_of

if TYPE_CHECKING:
    from susul.model import Message

BEGINNING = 1000  # bytes; a mail's header is text
LARGEST_FILE = 50_000_000  # bytes; Gmail accepts 25 MB as sent, about a third more when encoded


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", shell_complete=completing.files)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and file.")
@click.option("--as-of", metavar="TIME", help="The time of a message that has no date of its own.")
@click.option("--me", multiple=True, metavar="ADDRESS", help="Your address; what comes from it is yours.")
@click.option(
    "--tz", metavar="ZONE", default="UTC", shell_complete=completing.zones, help="Your time zone, e.g. Asia/Jakarta."
)
@click.option("--country", metavar="CC", default="", help="Your country for business days, e.g. ID.")
def read(files: tuple[str, ...], as_json: bool, as_of: str | None, me: tuple[str, ...], tz: str, country: str) -> int:
    """Show what one message says: language, nature, the writer's own words, signals with quotes and dates.

    FILE is an .eml file, or - for standard input.
    """
    zone = zone_named(tz)
    days = BusinessDays(country_named(country) or country_of(tz))
    owner = Owner(tuple(a.lower() for a in me), zone=zone, days=days)
    failed = False
    for name in files:
        answer = _read_one(name, owner, as_of)
        failed = failed or "error" in answer
        if as_json:
            click.echo(terminal.as_json(answer, indent=None))
        else:
            terminal.say(_told(answer), err="error" in answer)
    return 1 if failed and not as_json else 0  # a script finds the errors in the JSON


def _read_one(name: str, owner: Owner, as_of: str | None) -> dict[str, Any]:
    """The contract's object for one file; ``{"file", "error"}`` where it can't be read."""
    from susul.reading.mime import from_rfc5322

    try:
        raw = sys.stdin.buffer.read(LARGEST_FILE) if name == "-" else _bytes_of(Path(name))
    except OSError as error:
        return {"file": name, "error": error.strerror or str(error)}
    fault = _why_no_mail(raw)
    if fault:
        return {"file": name, "error": fault}
    message: Message = from_rfc5322(raw, id=name, thread_id=name, labels=frozenset(), received_at=None)
    if message.sent_at.year < 1971 and as_of:
        message = from_rfc5322(
            raw, id=name, thread_id=name, labels=frozenset(), received_at=times.moment(as_of, lambda: owner.zone)
        )
    return reading_as_json(name, message.sender.email, read_message(message, owner))


def _why_no_mail(raw: bytes) -> str:
    """Why these bytes are no single mail; empty where they may be one."""
    if not raw.strip():
        return "the file is empty"
    if raw.startswith(b"From "):
        return "it is a mailbox of many mails; use susul scan --mbox"
    return "it is not a mail file" if b"\0" in raw[:BEGINNING] else ""


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE)


def _told(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return in_words(f"{answer['file']}: can't be read ({answer['error']})")
    nature = terminal.named(answer["nature"])
    lines = [in_words(f"{answer['file']}: from {answer['from'] or 'nobody'}, {nature}, language {answer['language']}")]
    if answer["returns_on"]:
        lines.append(in_words(f"  back on {answer['returns_on']}"))
    for signal in answer["signals"]:
        until = f" → {signal['until']}" if signal["until"] else ""
        lines.append(f"  {terminal.named(signal['fact'])}{until}: “{terminal.one_line(signal['quote'])}”")
    return "\n".join([*lines, "", *(f"  | {terminal.one_line(line, 200)}" for line in answer["text"].splitlines())])
