"""The owner's own crontab: read, and written back whole."""

from __future__ import annotations

from susul.cli.programs import run
from susul.errors import Failed

NO_CRON = "Use susul schedule --systemd --install, or install a cron."


def read_crontab() -> str | None:
    """The crontab, empty where the owner has none; None where the machine has no cron. Raises Failed."""
    ran = run("crontab", "-l")
    if ran is None:
        return None
    if ran.code == 0:
        return ran.out
    if "no crontab" in ran.err.lower():
        return ""
    raise Failed(f"crontab -l failed: {ran.err.strip() or f'exit code {ran.code}'}.", hint=NO_CRON)


def write_crontab(text: str) -> None:
    """Raises Failed; then the crontab is as it was."""
    ran = run("crontab", "-", given=text)
    if ran is None or ran.code:
        why = ran.err.strip() if ran else "there is no crontab program"
        raise Failed(f"Your crontab can't be written: {why or 'no reason was given'}.", hint=NO_CRON)
