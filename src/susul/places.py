"""Where the owner's files are. The one place that looks at the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class Places:
    """The per-user folders: ``SUSUL_HOME`` for everything, else the platform's own for config and state."""

    config: Path
    state: Path

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def credentials_file(self) -> Path:
        return self.config / "credentials.json"

    @property
    def token_file(self) -> Path:
        return self.config / "token.json"

    @property
    def templates(self) -> Path:
        return self.config / "templates"

    @property
    def database(self) -> Path:
        return self.state / "state.sqlite3"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    def make(self) -> None:
        """Creates the folders, readable by the owner only."""
        for folder in (self.config, self.state):
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def find_places(home: Path | None = None) -> Places:
    """The owner's places; ``home`` stands in for ``SUSUL_HOME``."""
    chosen = home or (Path(os.environ["SUSUL_HOME"]).expanduser() if os.environ.get("SUSUL_HOME") else None)
    if chosen:
        return Places(chosen, chosen)
    import platformdirs

    return Places(Path(platformdirs.user_config_dir("susul")), Path(platformdirs.user_state_dir("susul")))


def settings_of_places() -> dict[str, str]:
    """The variables by which the places were found, absolute: a run started by the system must find the same."""
    if os.environ.get("SUSUL_HOME"):
        return {"SUSUL_HOME": str(Path(os.environ["SUSUL_HOME"]).expanduser().absolute())}
    names = ("XDG_CONFIG_HOME", "XDG_STATE_HOME") if os.name == "posix" else ()
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def units_folder() -> Path:
    """Where a user's own systemd units lie (systemd.unit(5))."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config").expanduser() / "systemd" / "user"


def agents_folder() -> Path:
    """Where a user's own launch agents lie on macOS (launchd(8))."""
    return Path.home() / "Library" / "LaunchAgents"


def system_zone(localtime: Path = Path("/etc/localtime")) -> str:
    """The IANA name of this machine's time zone: ``TZ``, else where ``localtime`` links to, else ``UTC``."""
    linked = str(localtime.resolve()) if localtime.is_symlink() else ""
    for told in (os.environ.get("TZ", "").removeprefix(":"), linked):
        name = told.rpartition("zoneinfo/")[2] if "zoneinfo/" in told else told
        name = name.removeprefix("posix/").removeprefix("right/")
        if name and not name.startswith("/") and _is_zone(name):
            return name
    return "UTC"


def system_locale() -> str:
    """The POSIX name of the locale for messages, such as ``id_ID.UTF-8``; empty where none is set (POSIX.1, 8.2)."""
    return next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")


def system_language() -> str:
    """The ISO 639 code that the environment asks messages in ("id" of ``id_ID.UTF-8``); empty where it names none."""
    code = system_locale().partition(".")[0].partition("_")[0].lower()
    return "" if code in ("c", "posix") else code


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
