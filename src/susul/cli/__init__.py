"""The command line. Each command loads what it needs when it runs: ``--help`` needs nothing but click."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import Any

import click
from click.shell_completion import CompletionItem, shell_complete

from susul import __version__
from susul.cli.help_texts import HelpTexts, show
from susul.cli.messages import in_words
from susul.collecting import collect_rarely
from susul.errors import SusulError

COMMANDS = {
    "demo": ("susul.cli.demo", "Try everything on a sample mailbox: no account, no network."),
    "init": ("susul.cli.init", "Write a commented config.toml after a short dialogue."),
    "config": ("susul.cli.config", "What is in force, and where each value comes from."),
    "login": ("susul.cli.login", "Sign in to Google with your own credentials.json."),
    "logout": ("susul.cli.login", "Sign out: revoke the access and delete the token."),
    "scan": ("susul.cli.scan", "Read, decide and print every case. Writes nothing unless --write."),
    "sync": ("susul.cli.sync", "For cron: read what changed; write, update and withdraw drafts."),
    "explain": ("susul.cli.explain", "The whole story of one case."),
    "report": ("susul.cli.report", "One page of what is due, waiting and closed, with time lines."),
    "draft": ("susul.cli.draft", "Write one draft on request: any step, and decline."),
    "undo": ("susul.cli.undo", "Withdraw the untouched drafts that a run laid."),
    "log": ("susul.cli.log", "What each run read, decided and wrote, and why."),
    "ignore": ("susul.cli.words", "Never draft for a thread, a person or a domain."),
    "snooze": ("susul.cli.words", "No draft for them before a day."),
    "close": ("susul.cli.words", "What is open with them now is finished."),
    "read": ("susul.cli.read", "What one message says, for .eml files."),
    "templates": ("susul.cli.templates", "The texts that drafts are made from, and your own over them."),
    "doctor": ("susul.cli.doctor", "Check everything a run needs; what to do about what is wrong."),
    "schedule": ("susul.cli.schedule", "Run susul sync by itself: cron, systemd, launchd or Windows."),
    "completion": ("susul.cli.completion", "Complete susul's words in bash, zsh or fish."),
    "sandbox": ("susul.cli.sandbox", "Serve a mailbox over the Gmail and Calendar APIs on loopback."),
}


PROGRAM, VARIABLE = "susul", "_SUSUL_COMPLETE"  # the shells' scripts ask through a variable of this name


class LateCommands(click.Group):
    """A group whose commands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, cmd_name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        named = [CompletionItem(n, help=said) for n, (_, said) in COMMANDS.items() if n.startswith(incomplete)]
        return named + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="susul")
@click.option("-v", "--verbose", count=True, help="Tell more; -vv shows the traceback of an error.")
@click.pass_context
def group(ctx: click.Context, verbose: int) -> None:
    """Drafts the follow-up mails that nobody wrote, into Gmail's Drafts folder. It never sends one."""
    ctx.obj = verbose


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and ends the process with its exit code (contract: 0 to 5)."""
    given = sys.argv[1:] if arguments is None else arguments
    collect_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that a terminal can't show must not end a run half-way
    click.Context.formatter_class = HelpTexts  # that of every command, which all make their own context
    try:
        result = _run(list(given))
        sys.stdout.flush()
    except SusulError as error:
        _say(error.sentence, error.hint)
        if "-vv" in given:
            raise
        sys.exit(error.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _say("Stopped.", "")
        sys.exit(1)
    except click.ClickException as error:
        show(error)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone, as with `| head`: nothing is left to say, at the end neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last rung: whatever it is, a person gets a sentence
        if "-vv" in given:
            raise
        _say_unexpected(error, given)
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)


def _run(given: list[str]) -> Any:
    """The command's own result; for a shell that asks for completions, whether they could be told."""
    if VARIABLE in os.environ:
        return shell_complete(group, {}, PROGRAM, VARIABLE, os.environ[VARIABLE])
    # Not group.main(): it would end the process itself when a pipe closes.
    with group.make_context(PROGRAM, given) as context:
        return group.invoke(context)


def _say(sentence: str, hint: str) -> None:
    from susul.cli import terminal

    lead = "susul: "
    terminal.say(f"{lead}{in_words(sentence)}", len(lead), err=True)
    for line in in_words(hint).splitlines():
        terminal.say(f"{' ' * len(lead)}{line}", len(lead), err=True)


def _say_unexpected(error: Exception, given: list[str]) -> None:
    if isinstance(error, OSError):
        what = error.filename or "A file"
        _say(f"{what} can't be used: {error.strerror or error}.", "Check its rights and the disk.")
        return
    again = f"susul -vv {' '.join(given[:1])} …"
    _say(
        f"Something went wrong inside susul ({type(error).__name__}).",
        f"Run it again as {again} and report what it prints.",
    )
