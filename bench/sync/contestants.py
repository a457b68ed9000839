"""Who reads the mailbox: Susul as it is installed, the quick start's loop, lieer. Each is a process with a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from measuring import Ran, run
from served import HERE, UNTHROTTLED

if TYPE_CHECKING:
    from served import Served

PYTHON = sys.executable
SUSUL = str(Path(sys.executable).with_name("susul"))
CACHE = Path(os.environ.get("TMPDIR") or tempfile.gettempdir()) / "susul-bench"


class Contestant(Protocol):
    """Reads one sandbox's mailbox: the first time whole, later what is new."""

    name: str

    def sign_in(self, served: Served, folder: Path) -> None: ...
    def sync(self) -> Ran: ...


@dataclass(slots=True)
class Susul:
    """``susul`` with one command, by default ``sync``."""

    name: str = "susul"
    command: tuple[str, ...] = ("sync",)
    units_per_minute: int = UNTHROTTLED
    home: Path = field(init=False)

    def sign_in(self, served: Served, folder: Path) -> None:
        self.home = served.home(folder / "susul", self.units_per_minute)

    def sync(self) -> Ran:
        return self.run(*self.command)

    def run(self, *arguments: str, kill_after: float | None = None) -> Ran:
        return run((SUSUL, *arguments), {"SUSUL_HOME": str(self.home)}, kill_after)


@dataclass(slots=True)
class QuickStart:
    """The loop of messages.list and messages.get with Google's client."""

    name: str = "naive loop"
    _served: Served = field(init=False)
    _home: Path = field(init=False)

    def sign_in(self, served: Served, folder: Path) -> None:
        self._served, self._home = served, served.home(folder / "quick")

    def sync(self) -> Ran:
        return run((PYTHON, str(HERE / "quick_start.py"), self._served.root, str(self._home)))


@dataclass(slots=True)
class Lieer:
    """lieer as the package registry has it, in an environment of its own; ``gmi pull``."""

    python: Path
    name: str = "lieer"
    _served: Served = field(init=False)
    _folder: Path = field(init=False)

    def sign_in(self, served: Served, folder: Path) -> None:
        self._served, self._folder = served, folder / "lieer"
        (self._folder / "mail").mkdir(parents=True)
        settings = f"[database]\npath={self._folder}\n[user]\nname=Rina\nprimary_email=rina@rinawijaya.example\n"
        (self._folder / "config").write_text(f"{settings}[new]\ntags=new\nignore=/.*[.](json|bak)$/;config\n")
        make = "import notmuch2, sys; notmuch2.Database.create(sys.argv[1])"
        self._done(run((str(self.python), "-c", make, str(self._folder)), self._environment))
        self._done(self._gmi("init", "--no-auth", "rina@rinawijaya.example"))
        token = served.control("POST", "token", {"scopes": list(_SCOPES)})
        (self._folder / "mail" / ".credentials.gmailieer.json").write_text(json.dumps(token))

    def sync(self) -> Ran:
        return self._gmi("pull")

    @property
    def _environment(self) -> dict[str, str]:
        return {"NOTMUCH_CONFIG": str(self._folder / "config"), "OAUTHLIB_INSECURE_TRANSPORT": "1"}

    def _gmi(self, command: str, *arguments: str) -> Ran:
        launcher = (str(self.python), str(HERE / "lieer_here.py"), self._served.root)
        return run((*launcher, command, "-C", str(self._folder / "mail"), *arguments), self._environment)

    @staticmethod
    def _done(ran: Ran) -> None:
        if ran.code:
            raise RuntimeError(f"lieer can't be set up: {ran.err[-600:]}")


_SCOPES = tuple(f"https://www.googleapis.com/auth/gmail.{name}" for name in ("readonly", "labels", "modify"))


def lieer() -> tuple[Lieer | None, str]:
    """lieer, installed under the cache folder where it isn't yet; or None and why not.

    It needs notmuch's library and headers on the machine.
    """
    folder = CACHE / "lieer"
    python = folder / "bin" / "python"
    check = [str(python), "-c", "import lieer, notmuch2"]
    if not python.exists():
        subprocess.run([PYTHON, "-m", "venv", str(folder)], check=True)
    if subprocess.run(check, capture_output=True, check=False).returncode:
        install = [str(python), "-m", "pip", "--quiet", "install", "lieer", "notmuch2<0.38"]
        subprocess.run(install, capture_output=True, check=False)
    found = subprocess.run(check, capture_output=True, text=True, check=False)
    if found.returncode:
        return None, f"lieer is left out, it can't be installed here: {found.stderr.strip().splitlines()[-1]}"
    return Lieer(python), ""
