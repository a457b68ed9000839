"""The sandbox in processes of its own: ``python serving.py MESSAGES``.

Fills a mailbox once; each line on standard input asks for something, each answer is a line of JSON on standard output.
``serve`` makes a fresh sandbox of the mailbox (its root and process id), ``end PID`` ends it, ``news COUNT SEED`` makes
mail to deliver. Fresh ones are forks, so 100,000 messages are there at once.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from datetime import UTC, datetime

from mailbox_at_size import in_window, mailbox_of, news

from susul.sandbox import Mailbox, Sandbox


def main(count: int) -> None:
    now = datetime.now(UTC)
    box = mailbox_of(count, now)
    gc.freeze()  # what is shared with the forks stays shared
    _say({"messages": len(box.messages), "window": in_window(box, now)})
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "serve":
            _fork(box)
        elif command == "end":
            os.kill(int(argument), signal.SIGKILL)
            os.waitpid(int(argument), 0)
            _say({"ended": int(argument)})
        elif command == "news":
            wanted, seed = argument.split()
            _say({"news": news(int(wanted), datetime.now(UTC), int(seed))})


def _fork(box: Mailbox) -> None:
    if os.fork():
        return
    with Sandbox.serve(box) as sandbox:
        _say({"root": sandbox.api_root, "pid": os.getpid()})
        sandbox.wait()


def _say(what: object) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
