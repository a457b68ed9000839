"""How well own words and nature are read on mail that other projects published, in ``../shared/corpora``.

    python bench/reading_corpora.py [CORPORA] [--misses]

*Quotes*: a message is right when its own words are the expected ones, white space aside. discourse_trimmer brings
what it expects. Where a set brings nothing, only messages whose own words are beyond doubt are asked, by the numbers of
the lines that hold them (or by a digest, where the message is HTML or encoded); replies signed with a bare name under a
dash, and fixtures that are the output of another program, are left out. discourse_trimmer keeps quoted lines above and
between answers and keeps forwarded mail, which the contract counts as nobody's own words: that costs it its own row.

*Bounces*: labels.csv says what each report is, and seems to count as a bounce what has no "Action: delayed". The
reports in ``MISLABELLED`` say otherwise in their own words, so there is a row by the labels and one by what they say.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from susul.model import Address, Message, Nature
from susul.reading.mime import from_rfc5322
from susul.reading.nature import nature_of
from susul.reading.own_text import own_text

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
BLANK = Message("bench", "bench", "<bench@example.com>", datetime(2026, 1, 1, tzinfo=UTC), Address("", ""))

# Lines that hold the own words, from 1; "" where there are none.
CLEAR = {
    "correct_sig.txt": "1",
    "email_1_2.txt": "1,9-34",
    "email_1_4.txt": "1",
    "email_1_5.txt": "1-99",
    "email_1_6.txt": "1",
    "email_1_7.txt": "1",
    "email_1_8.txt": "13,19",
    "email_2_1.txt": "1",
    "email_2_2.txt": "1",
    "email_2_3.txt": "1",
    "email_BlackBerry.txt": "1",
    "email_sent_from_BlackBerry.txt": "1",
    "email_bullets.txt": "1-9",
    "email_gmail.txt": "1",
    "email_headers_no_delimiter.txt": "1",
    "email_iPhone.txt": "1",
    "email_sent_from_iPhone.txt": "1",
    "email_multi_word_sent_from_my_mobile_device.txt": "1",
    "email_sent_from_multi_word_mobile_device.txt": "1",
    "email_one_is_not_on.txt": "1-5",
    "email_partial_quote_header.txt": "1-6",
    "email_sent_from_my_not_signature.txt": "1-99",
    "email_sent_from_not_signature.txt": "1-99",
    "email_sig_delimiter_in_middle_of_line.txt": "1-99",
    "greedy_on.txt": "1-6",
    "pathological.txt": "1-2",
    "begins_with_signature.txt": "1-8",
    "caution2.txt": "1-5",
    "email_danish_1.txt": "1-6",
    "email_danish_2.txt": "1-6",
    "email_danish_3.txt": "1-3",
    "email_danish_4.txt": "1-3",
    "email_danish_5.txt": "1-99",
    "email_ja_1_1.txt": "1-99",
    "email_ja_1_2.txt": "1-8",
    "email_nl_1_2.txt": "1",
    "email_swedish_1.txt": "1-8",
    "email_swedish_2.txt": "1-7",
    "forward.txt": "1-99",
    "multi_header.txt": "1",
    "multiline_on_de.txt": "1",
    "outlook.txt": "1-8",
    "email_3_1.txt": "1-3",
    "iphone_reply_text": "1",
    "sparrow_reply_text": "1",
}
ANSWERED_ALL = "431cafd9f3a5a8f1"  # the one text of talon's HTML replies
HELLO = "185f8db32271fe25"  # the one text of talon's standard replies
DIGESTS = {
    **{f"{name}.html": ANSWERED_ALL for name in ("gmail", "hotmail", "mail_ru", "ms_outlook_2003", "ms_outlook_2007")},
    **{f"{name}.html": ANSWERED_ALL for name in ("ms_outlook_2010", "thunderbird", "windows_mail", "yandex_ru")},
    **{
        f"{name}.eml": HELLO for name in ("android", "aol", "apple_mail", "apple_mail_2", "comcast", "gmail", "hotmail")
    },
    **{f"{name}.eml": HELLO for name in ("iphone", "outlook", "sparrow", "thunderbird", "yahoo")},
}
QUOTEQUAIL = {
    "apple_forward.html": "735ae8f8d21233f9",
    "apple_reply.html": "55282c18206b9beb",
    "gmail_forward.html": "735ae8f8d21233f9",
    "gmail_reply.html": "fbc1a9f858ea9e17",
    "mailru_forward.html": "e3b0c44298fc1c14",
    "outlook_forward.html": "12db2b3762eddbe8",
    "thunderbird_forward.html": "e3b0c44298fc1c14",
    "ios_mail_reply_unescaped_address.html": "a54079efde7f9219",
    "yahoo_reply_unescaped_address.html": "e89d52021e47a400",
}
# discourse_trimmer keeps quoted lines or a forwarded mail in these; the contract does not.
OTHER_CONTRACT = {"embedded_email_17.txt", "embedded_email_7.txt", "forwarded_message.txt", "quote_and_text.txt"}

# By the reports' own words: warnings that mail is late, notices of delivered mail and of complaints, and the other way
# round "Action: failed" (RFC 3464, 2.3.3: no more attempts) after days of trying.
_LATE = (
    "lhost-exim-41", "lhost-gmail-06", "lhost-opensmtpd-04", "lhost-x1-04", "lhost-zoho-04", "rfc3464-34",
)  # fmt: skip
_NO_FAILURE = ("lhost-amazonses-11", "lhost-amazonses-12", "lhost-amazonses-13", "rfc3464-28")
MISLABELLED = {
    **dict.fromkeys(_LATE, Nature.DELAY),
    **dict.fromkeys(_NO_FAILURE, Nature.AUTOMATED),
    **dict.fromkeys(("delayed", "delayed-broken"), Nature.BOUNCE),
}
LABELS = {"bounce": Nature.BOUNCE, "delay_notice": Nature.DELAY, "feedback_report": Nature.AUTOMATED}


@dataclass
class Score:
    """One row of the table."""

    name: str
    right: int = 0
    asked: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, what: str, *, right: bool) -> None:
        self.asked += 1
        self.right += right
        if not right:
            self.misses.append(what)

    def __str__(self) -> str:
        share = f"{100 * self.right / self.asked:5.1f} %" if self.asked else "   -   "
        return f"{self.name:52} {self.right:4}/{self.asked:<4} {share}"


def quotes(corpora: Path) -> list[Score]:
    """One row a set of ``quotes/``; none where the folder is absent."""
    folder = corpora / "quotes"
    if not folder.is_dir():
        return []
    sets = ("github_erp", "zapier_erp", "alfonsrv", "quotequail", "talon/standard_replies", "talon/html_replies")
    return [*_discourse(folder / "discourse_trimmer"), *(_others(folder / name) for name in sets)]


def _discourse(folder: Path) -> Iterator[Score]:
    whole, ours = Score("quotes: discourse_trimmer"), Score("quotes: discourse_trimmer, where the contracts agree")
    for path in sorted((folder / "trimmed").iterdir()):
        found = own_text(_message(folder / "emails" / path.name)).text.split()
        right = found == path.read_text("utf-8", "replace").split()
        whole.count(path.name, right=right)
        if path.name not in OTHER_CONTRACT:
            ours.count(path.name, right=right)
    yield whole
    yield ours


def _others(folder: Path) -> Score:
    score = Score(f"quotes: {folder.parent.name}/{folder.name}".replace("quotes/", ""))
    for path in sorted(folder.iterdir()):
        words = own_text(_message(path)).text.split()
        if folder.name == "quotequail" and path.name in QUOTEQUAIL:
            score.count(path.name, right=_digest(words) == QUOTEQUAIL[path.name])
        elif path.name in DIGESTS and folder.parent.name == "talon":
            score.count(path.name, right=_digest(words) == DIGESTS[path.name])
        elif path.name in CLEAR:
            lines = path.read_text("utf-8", "replace").splitlines()
            score.count(path.name, right=words == _chosen(lines, CLEAR[path.name]))
    return score


def _digest(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def _chosen(lines: list[str], spans: str) -> list[str]:
    """The words of the lines that "1,9-34" names."""
    chosen: list[str] = []
    for span in spans.split(","):
        first, _, last = span.partition("-")
        chosen += lines[int(first) - 1 : int(last or first)]
    return " ".join(chosen).split()


def _message(path: Path) -> Message:
    if path.suffix == ".eml":
        return from_rfc5322(path.read_bytes(), id="bench", thread_id="bench", labels=frozenset(), received_at=None)
    text = path.read_text("utf-8", "replace")
    return replace(BLANK, html=text) if path.suffix == ".html" else replace(BLANK, text=text)


def bounces(corpora: Path) -> list[Score]:
    """By the labels and by what the reports say: bounces seen, delay notices left alone, complaints; none if absent."""
    folder = corpora / "bounces"
    if not (folder / "labels.csv").is_file():
        return []
    with (folder / "labels.csv").open(encoding="utf-8") as labels:
        rows = [(row["path"], LABELS[row["label"]]) for row in csv.DictReader(labels)]
    found = {path: _nature(folder / path) for path, _ in rows}
    corrected = [(path, MISLABELLED.get(Path(path).stem, label)) for path, label in rows]
    return [*_rows("by its labels", rows, found), *_rows("by what they say", corrected, found)]


def _rows(how: str, rows: list[tuple[str, Nature]], found: dict[str, Nature]) -> list[Score]:
    seen, late, other = (
        Score(f"bounces {how}: bounces seen"),
        Score(f"bounces {how}: delays not taken for bounces"),
        Score(f"bounces {how}: other reports automated"),
    )
    for path, expected in rows:
        nature = found[path]
        if expected is Nature.BOUNCE:
            seen.count(path, right=nature is expected)
        elif expected is Nature.DELAY:
            late.count(path, right=nature is not Nature.BOUNCE)
        else:
            other.count(path, right=nature is expected)
    return [seen, late, other]


def _nature(path: Path) -> Nature:
    message = _message(path)
    return nature_of(message, own_text(message).text).nature


def main(arguments: list[str]) -> int:
    given = [argument for argument in arguments if not argument.startswith("--")]
    started = time.perf_counter()
    scores = [*quotes(Path(given[0]) if given else CORPORA), *bounces(Path(given[0]) if given else CORPORA)]
    for score in scores:
        print(score)
        if "--misses" in arguments:
            print("".join(f"    {miss}\n" for miss in score.misses), end="")
    print(f"{time.perf_counter() - started:.1f} s" if scores else "corpora absent: skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
