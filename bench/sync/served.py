"""A sandbox that runs in another process, as the measuring process sees it. Imports little: its memory is inherited.

Linux counts what the parent held at the fork into a child's peak memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LATENCY = {"request": 0.060, "part": 0.003}
UNTHROTTLED = 1_000_000  # units a minute


@dataclass(frozen=True, slots=True)
class Spent:
    """What the sandbox saw of one measured run. ``refused`` are calls answered 429 or 403."""

    requests: int
    units: int
    size: int
    refused: int
    calls: int
    log: tuple[dict[str, Any], ...]

    def first_draft_at(self) -> float | None:
        """When the first draft was asked for, in epoch seconds."""
        made = (e for e in self.log if e["method"] == "POST" and e["path"].endswith("/drafts"))
        return next((datetime.fromisoformat(entry["at"]).timestamp() for entry in made), None)

    def read(self) -> list[tuple[str, str]]:
        """What was read and answered, each time that it was: ("threads" or "messages", id).

        Without the last look at a thread before a draft goes into it, which comes alone and not in a batch.
        """
        kinds = ("threads", "messages")
        paths = (entry["path"].split("/") for entry in self.log if entry["in_batch"] and entry["status"] == 200)
        return [(path[5], path[6]) for path in paths if len(path) == 7 and path[5] in kinds]


class Served:
    """One fresh sandbox."""

    def __init__(self, root: str, pid: int) -> None:
        self.root, self.pid = root, pid

    def control(self, method: str, path: str, body: object = None) -> Any:
        connection = HTTPConnection(self.root.removeprefix("http://"), timeout=60)
        data = json.dumps(body).encode() if body is not None else None
        headers = {"content-type": "application/json"}
        connection.request(method, f"/sandbox/{path}", data, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text) if text else None

    def deliver(self, raw: str) -> None:
        connection = HTTPConnection(self.root.removeprefix("http://"), timeout=60)
        connection.request("POST", "/sandbox/deliver", raw.encode(), {"content-type": "message/rfc822"})
        connection.getresponse().read()
        connection.close()

    @contextmanager
    def counted(self) -> Iterator[list[Spent]]:
        """Counts what happens in the block; the one element is there afterwards."""
        self.control("DELETE", "log")
        before, found = self.control("GET", "state")["bytes"], list[Spent]()
        yield found
        log = self.control("GET", "log")
        calls = [entry for entry in log if "/batch" not in entry["path"]]
        found.append(
            Spent(
                requests=sum(not entry["in_batch"] for entry in log),
                units=sum(entry["units"] for entry in log),
                size=self.control("GET", "state")["bytes"] - before,
                refused=sum(entry["status"] in {403, 429} for entry in calls),
                calls=len(calls),
                log=tuple(log),
            )
        )

    def home(self, folder: Path, units_per_minute: int = UNTHROTTLED) -> Path:
        """A folder for SUSUL_HOME that is signed in here."""
        folder.mkdir(mode=0o700, parents=True)
        config = f'[google]\napi_root = "{self.root}"\nunits_per_minute = {units_per_minute}\n'
        contents = {"config.toml": config, "token.json": json.dumps(self.control("POST", "token", {}))}
        contents["credentials.json"] = json.dumps(self.control("GET", "credentials"))
        for name, content in contents.items():
            (folder / name).touch(0o600)
            (folder / name).write_text(content, "utf-8")
        return folder


class Mailboxes:
    """One filled mailbox of which fresh sandboxes are made. ``window``: the messages of its last 90 days."""

    def __init__(self, messages: int) -> None:
        command = [sys.executable, str(HERE / "serving.py"), str(messages)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = self._answer()
        self.messages, self.window = told["messages"], told["window"]

    @contextmanager
    def fresh(self, latency: dict[str, float] | None = None) -> Iterator[Served]:
        told = self._answer("serve")
        served = Served(told["root"], told["pid"])
        served.control("POST", "latency", LATENCY if latency is None else latency)
        try:
            yield served
        finally:
            self._answer(f"end {served.pid}")

    def news(self, count: int, seed: int) -> list[str]:
        """Mail to deliver, as RFC 5322 text."""
        found: list[str] = self._answer(f"news {count} {seed}")["news"]
        return found

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)

    def _answer(self, command: str = "") -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        if command:
            print(command, file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer
