"""Coverage-guided fuzzing of reading: whatever bytes a stranger sends, nothing raises and nothing takes long.

    python bench/fuzz_reading.py [--seconds 60] [--target mail …] [--corpus FOLDER]

Needs atheris, which is no part of the project's own requirements: ``pip install atheris`` (wheels for 3.11 to 3.13).
Each target runs in a process of its own, begins with the golden mails and the hostile inputs, and is told the words
that reading looks for. Warnings count as faults. An input is slow above a second a megabyte, at least 50 ms; what was
slow under the fuzzer's instruments is timed again without them. Prints executions, coverage and what was found.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import traceback
import warnings
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS / "hostile"))

INSTRUMENTED = ["susul", "html", "_markupbase", "bs4", "icalendar", "email"]
SMALLEST_LIMIT, SECONDS_A_MEGABYTE = 0.05, 1.0
LARGEST_INPUT = 6000
SEED_SIZE = 400
PUMPED_TO = 300_000  # bytes; a part of the corpus is repeated up to this size and timed
MOST_PUMPED = 60
_DONE = re.compile(rb"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+)")
# As a mail takes them: the signals on no more than reading hands to them.
TARGETS = ("mail", "html", "text", "bounce", "absence", "own", "signals", "calendar", "delivery")
OF_BYTES = ("mail", "calendar", "delivery")


def main() -> int:
    options = _options()
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed; install it into this environment with: pip install atheris")
        return 2
    if options.child:
        fuzz(options.child, Path(options.corpus), options.seconds)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(options.corpus or scratch)
        found = [line for target in options.target or TARGETS for line in run(target, corpus, options.seconds)]
    print(f"\n{len(found)} findings" if found else "\nno findings")
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", action="append", choices=TARGETS, help="repeatable; all of them when left out")
    parser.add_argument("--corpus", default="", help="a folder to begin from and to keep inputs and findings in")
    parser.add_argument("--child", choices=TARGETS, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(target: str, corpus: Path, seconds: int) -> list[str]:
    """One target: fuzzed in a child, its findings looked at here. Returns a line for each."""
    folder = corpus / target
    (folder / "found").mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (folder / f"seed-{number:05}").write_bytes(seed)
    command = [sys.executable, __file__, "--child", target, "--seconds", str(seconds), "--corpus", str(corpus)]
    done = subprocess.run(command, capture_output=True, check=False)
    last = _DONE.findall(done.stderr)
    figures = "executions {} coverage {} features {}".format(*(int(n) for n in last[-1])) if last else "did not finish"
    print(f"{target:<10} {figures}", flush=True)
    if not last:
        print(done.stderr.decode("utf-8", "replace")[-2000:])
    findings = [*confirmed(target, folder / "found"), *pumped(target, folder)]
    for finding in findings:
        print(f"    {finding}", flush=True)
    return findings if last else [*findings, f"{target} did not finish"]


def fuzz(target: str, corpus: Path, seconds: int) -> None:
    """The child: libFuzzer over one target. Never returns; what it finds lies in ``found`` afterwards."""
    atheris = _atheris()
    with atheris.instrument_imports(include=INSTRUMENTED):
        import hostile_readers

        hostile_readers.warm_up()  # some modules are imported when they are first needed
    warnings.simplefilter("error")
    folder = corpus / target
    dictionary = folder / "found" / "words.dict"
    entries = sorted(words())
    dictionary.write_text("\n".join(map(_dictionary_entry, entries)), "utf-8")
    watched = _Watched(target, folder / "found")
    arguments = [
        sys.argv[0],
        str(folder),
        f"-dict={dictionary}",
        f"-max_total_time={seconds}",
        f"-max_len={LARGEST_INPUT}",
        "-len_control=0",
        "-timeout=60",
        "-rss_limit_mb=2048",
        f"-artifact_prefix={folder / 'found'}{os.sep}",
    ]
    atheris.Setup(arguments, watched.run, custom_mutator=_Mutator(entries))
    atheris.Fuzz()


def _atheris() -> Any:
    """The fuzzer, which has no types. Its ``Mutate`` is another function before fuzzing began."""
    return importlib.import_module("atheris")


class _Watched:
    """Runs one reader, keeps what raises (once a place) and what is slow (the slowest)."""

    def __init__(self, target: str, found: Path) -> None:
        from hostile_readers import READERS

        self.read = READERS[target]
        self.decoded = target not in OF_BYTES
        self.found = found
        self.places: set[str] = set()
        self.slowest = 0.0

    def run(self, data: bytes) -> None:
        begun = process_time()
        try:
            self.read(as_text(data) if self.decoded else data)
        except Exception as fault:  # noqa: BLE001 - every one is a finding
            place = _place(fault)
            if place not in self.places:
                self.places.add(place)
                self._keep("raised", data)
            return
        over = (process_time() - begun) / limit(len(data))
        if over > max(1.0, 1.3 * self.slowest):
            self.slowest = over
            self._keep("slow", data)

    def _keep(self, kind: str, data: bytes) -> None:
        (self.found / f"{kind}-{len(self.places)}-{self.slowest:.2f}").write_bytes(data)


class _Mutator:
    """libFuzzer's own changes, and those that a text needs: a word or line put in, a stretch said again and again."""

    def __init__(self, entries: list[bytes]) -> None:
        self.entries = entries

    def __call__(self, data: bytes, max_size: int, seed: int) -> bytes:
        chance = random.Random(seed)
        way = chance.random()
        at = chance.randrange(len(data) + 1)
        if way < 0.5 or not data:
            return bytes(_atheris().Mutate(data, max_size))
        if way < 0.75:
            joint = chance.choice([b" ", b"\n", b"", b"\r\n", b". ", b"\n\n"])
            new = joint.join(chance.choices(self.entries, k=chance.randint(1, 6)))
            return (data[:at] + joint + new + joint + data[at:])[:max_size]
        end = min(len(data), at + chance.choice([1, 2, 5, 20, 100, 500]))
        if way < 0.9:
            times = chance.choice([2, 10, 100, 1000])
            return (data[:at] + data[at:end] * times + data[end:])[:max_size]
        return data[:at] + data[end:]


def limit(size: int) -> float:
    """Seconds that an input of ``size`` bytes may take."""
    return max(SMALLEST_LIMIT, size / 1_000_000 * SECONDS_A_MEGABYTE)


def as_text(data: bytes) -> str:
    """Broken bytes become lone surrogates, the worst that a text can hold."""
    return data.decode("utf-8", "surrogateescape")


def _place(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{type(fault).__name__} in " + " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[::-1][:3]
    )


def confirmed(target: str, found: Path) -> Iterator[str]:
    """What the child kept, read again here without instruments: one line for what still fails."""
    for path in sorted(found.iterdir()):
        if path.suffix == ".dict":
            continue
        data = path.read_bytes()
        content = data if target in OF_BYTES else as_text(data)
        fault, seconds = read_again(target, content)
        if fault or seconds > limit(len(data)):
            yield f"{target}: {fault or f'{seconds:.3f} s for {len(data)} bytes'} ({path.name}: {data[:60]!r})"


def pumped(target: str, folder: Path) -> Iterator[str]:
    """Some of the corpus, each repeated to many times its size: what is slow then is not linear."""
    kept = [path for path in sorted(folder.iterdir()) if path.is_file()]
    for path in random.Random(0).sample(kept, min(MOST_PUMPED, len(kept))):
        data = path.read_bytes() or b"x"
        content = (data * (PUMPED_TO // len(data) + 1))[:PUMPED_TO]
        fault, seconds = read_again(target, content if target in OF_BYTES else as_text(content))
        if fault or seconds > max(1.0, limit(PUMPED_TO)):
            yield f"{target}: {fault or f'{seconds:.3f} s for {PUMPED_TO} bytes'} ({path.name} repeated: {data[:60]!r})"


def read_again(target: str, content: bytes | str) -> tuple[str, float]:
    """Where it raises ("" if it doesn't), and the best of three times."""
    from hostile_readers import seconds_for, warm_up

    warm_up()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return "", min(seconds_for(target, content) for _ in range(3))
    except Exception as fault:  # noqa: BLE001 - told to the person who fuzzes
        return _place(fault), 0.0


def words() -> set[bytes]:
    """What reading looks for: words and wordings of every language, and the grammar of mail, HTML and calendars."""
    from hostile_words import every_word, wordings

    grammar = _SYNTAX.encode().split(b"|")
    return {word.encode()[:60] for word in (*every_word(), *wordings())} | {piece for piece in grammar if piece}


_SYNTAX = (
    "From: a@b.example|To: |Cc: |Subject: |Date: Wed, 10 Jun 2026 10:00:00 +0700|Message-ID: <a@b>|In-Reply-To: <a@b>|"
    "References: <a@b>|Auto-Submitted: auto-replied|Precedence: bulk|List-Id: <x>|Return-Path: <>|MIME-Version: 1.0|"
    "X-Failed-Recipients: a@b.example|Content-Type: multipart/mixed; boundary=b|Content-Type: multipart/report|"
    "Content-Type: multipart/alternative; boundary=c|Content-Type: text/html|Content-Type: text/plain; format=flowed|"
    "Content-Type: message/delivery-status|Content-Type: message/rfc822|Content-Type: text/calendar; method=REPLY|"
    "Content-Transfer-Encoding: base64|Content-Transfer-Encoding: quoted-printable|; charset=utf-16|; charset=utf-7|"
    "; filename*0*=utf-8''%41|; name*1=b|Content-Disposition: attachment|--b|--b--|--c|--c--|=?utf-8?b?4g==?=|=?a?q?=|"
    "Final-Recipient: rfc822;a@b.example|Action: failed|Status: 5.1.1|-- |> |>> |-----Original Message-----|wrote:|"
    "On Mon, 1 Jun 2026 at 10:00, Rina <r@x.example> wrote:|2026-06-12|12/06/2026|10.00 WIB|10:00 am|H+3|3x24 jam|"
    "<div>|</div>|<blockquote type=cite>|</blockquote>|<br>|<p>|<pre>|<li>|<td>|<!--|-->|<style>|</style>|<script>|"
    "<div class=gmail_quote>|<div class=gmail_signature>|style='display:none'|style='border-top:1px'|&nbsp;|&#x0;|&#|"
    "<![|"
    "BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|BEGIN:STANDARD|TZID:x|METHOD:REQUEST|UID:a|"
    "DTSTART;TZID=Asia/Jakarta:20260612T100000|DTSTART;VALUE=DATE:20260612|DTEND:20260612T030000Z|RRULE:FREQ=DAILY|"
    "ATTENDEE;CN=x;PARTSTAT=ACCEPTED:mailto:a@b.example|RECURRENCE-ID:20260612T030000Z|SUMMARY:|DURATION:PT1H|"
    "\u200b|\u202e|\u2028|\u0130|\ufeff|\u00a0|\u2019|\r\n|\n\n|\t|\0|?|.|,|!"
)


def _dictionary_entry(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"'


def seeds(target: str) -> Iterator[bytes]:
    """What the target begins with: the hostile inputs in small, and the mails of the golden situations."""
    from hostile_set import hostile_set

    for hostile in hostile_set():
        if hostile.reader == target or (hostile.reader == "text" and target not in (*OF_BYTES, "html")):
            made = hostile.made(SEED_SIZE)
            yield made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")
    for item in golden_messages():
        yield from _of_golden(target, item)


def golden_messages() -> Iterator[dict[str, Any]]:
    for file in sorted((TESTS / "golden").glob("*.json")):
        for situation in json.loads(file.read_text("utf-8")):
            yield from situation.get("messages", ())


def _of_golden(target: str, item: dict[str, Any]) -> Iterator[bytes]:
    if target == "mail":
        yield golden_mail(item)
    elif target == "calendar":
        yield from ([item["calendar"]["text"].encode()] if "calendar" in item else ())
    elif target == "html":
        yield from ([item["html"].encode()] if "html" in item else ())
    elif target != "delivery":
        yield item.get("body", "").encode()


def golden_mail(item: dict[str, Any]) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"], mail["Date"] = item["from"], item["subject"], "Wed, 10 Jun 2026 10:00:00 +0700"
    mail["To"] = item["to"] if isinstance(item["to"], str) else ", ".join(item["to"])
    mail.set_content(item.get("body", ""))
    if "html" in item:
        mail.add_alternative(item["html"], subtype="html")
    for name in item.get("attach", ()):
        mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename=name)
    if "calendar" in item:
        mail.add_attachment(item["calendar"]["text"], subtype="calendar", params={"method": item["calendar"]["method"]})
    extra = "".join(f"{name}: {value}\r\n" for name, value in item.get("headers", {}).items())
    return extra.encode() + mail.as_bytes()


if __name__ == "__main__":
    sys.exit(main())
