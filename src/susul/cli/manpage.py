"""The manual page susul(1), in the macros of man(7), made from the same commands as ``--help``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from susul import __version__
from susul.cli.command_tree import all_commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from susul.cli.command_tree import Told

ENVIRONMENT = (
    ("SUSUL_HOME", "The folder for config and state, in place of the platform's own. One for each account."),
    ("VISUAL, EDITOR", "The editor that susul draft --edit opens."),
    ("NO_COLOR", "If it is set and not empty, nothing is shown in bold."),
    ("TERM", "On a dumb terminal there are neither links nor a line of progress."),
    ("COLUMNS", "How wide a line may be, in place of the terminal's own width."),
    ("LC_ALL, LC_MESSAGES, LANG", "What susul init proposes as language and country."),
    ("TZ", "The time zone, where neither config nor calendar names one."),
    ("https_proxy, no_proxy", "The way to Google, with the package's extra proxy."),
)
FILES = (
    ("config.toml", "The settings; susul init writes it, susul config shows what is in force."),
    ("credentials.json", "Your own OAuth client, from Google Cloud Console."),
    ("token.json", "The sign-in. Only you can read it; susul logout deletes it."),
    ("templates/", "Your own templates, over the bundled ones."),
    ("state.sqlite3", "Mail and calendar as the last run saw them, the ledger of drafts, the journal of runs."),
    ("lock", "Held by the run that is at work."),
)
EXIT_CODES = (
    ("0", "Done."),
    ("1", "Failed; a sentence on standard error says why. With -vv the traceback follows."),
    ("2", "The command line or a file of yours is wrong."),
    ("3", "A sign-in is needed: susul login."),
    ("4", "Another run is at work."),
    ("5", "Google can't be reached, or the quota is spent. Progress is saved; try again later."),
)
EXAMPLES = (
    ("susul demo", "Everything on a sample mailbox, without an account."),
    ("susul scan --mbox mail.mbox --me you@example.com", "What waits for an answer in a Takeout export."),
    ("susul explain THREAD", "Why a draft was written, or why not."),
    ("susul schedule --install", "Run susul sync three times a day."),
)
HELP = "--help"
WIDEST = 72  # characters, before marks of roff make a line longer


def manpage() -> str:
    """The page's source. It names the version and no date, so that it changes only when the program does."""
    itself, *commands = all_commands()
    about = " ".join(paragraph.text for paragraph in itself.paragraphs)
    blocks = [
        f'.TH SUSUL 1 "" "susul {__version__}" "User Commands"',
        f".SH NAME\nsusul {_line('- drafts of the follow-up mails that nobody wrote, for Gmail')}",
        f".SH SYNOPSIS\n.B susul\n{_text(itself.usage)}",
        f".SH DESCRIPTION\n{_text(about)}",
        _tagged("OPTIONS", itself.options),
        ".SH COMMANDS",
        *(block for told in commands for block in _command(told)),
        _tagged("EXIT STATUS", EXIT_CODES),
        _tagged("ENVIRONMENT", ENVIRONMENT),
        _folders(),
        _tagged("EXAMPLES", EXAMPLES),
        ".SH SEE ALSO\n.BR crontab (5),\n.BR systemd.timer (5)",
    ]
    return "\n".join(blocks) + "\n"


def _command(told: Told) -> Iterator[str]:
    yield f".SS {_line(f'{told.name} {told.usage}')}"
    for number, paragraph in enumerate(told.paragraphs):
        before = ".PP\n" if number else ""
        if paragraph.as_written:
            yield f"{before}.nf\n{_lines(paragraph.text)}\n.fi"
        else:
            yield f"{before}{_text(paragraph.text)}"
    yield from _terms((names, does) for names, does in told.options if HELP not in names)


def _folders() -> str:
    where = "In ~/.config/susul and ~/.local/state/susul, in the platform's own folders elsewhere, or in SUSUL_HOME:"
    return _tagged("FILES", FILES).replace(".SH FILES\n", f".SH FILES\n{_text(where)}\n", 1)


def _tagged(title: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f".SH {title}", *_terms(rows)])


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, meaning in rows:
        yield f".TP\n.B {_line(term)}\n{_text(meaning)}"


def _text(text: str) -> str:
    """A paragraph in lines that an editor shows whole."""
    return _lines("\n".join(textwrap.wrap(text, WIDEST, break_long_words=False, break_on_hyphens=False)))


def _lines(text: str) -> str:
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(text: str) -> str:
    """``text`` with nothing in it that roff(7) would take for a request, and in ASCII."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    if escaped.startswith((".", "'")):
        escaped = "\\&" + escaped
    return "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in escaped)
