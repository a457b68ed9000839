"""How fast one draft is written, and that it is within what was asked for: ``python bench/drafting.py``.

Every template of every language on the conversation that the gallery shows it on: the facts, the text, and the whole
mail down to its bytes. Medians over all of them, with the templates compiled, as in a run with more than one draft; the
first draft of a run pays for loading Jinja.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from susul import languages
from susul.drafting import Library, compose, to_mime
from susul.drafting.facts import gather
from susul.drafting.gallery import sample_case, sample_follow_up, sample_owner
from susul.model import Case, FollowUp, Kind, Step
from susul.owner import Owner, Voice
from susul.policy import load_policy

POLICY = load_policy()
ASKED_MS = 5.0
ROUNDS = 5
NOW = datetime(2026, 7, 20, 9, tzinfo=UTC)


class Sample(NamedTuple):
    """What one draft is written from."""

    case: Case
    follow_up: FollowUp
    owner: Owner


def main() -> int:
    library = Library()
    owners = {code: sample_owner(code, Voice()) for code in languages.codes()}
    samples = [
        Sample(sample_case(code, kind, step), sample_follow_up(sample_case(code, kind, step), step), owners[code])
        for code in languages.codes()
        for kind in Kind
        for step in Step
    ]
    print(f"{'the first draft of a run':<40} {drafted(samples[0], library):8.2f} ms")
    for sample in samples:  # the first round compiles the templates
        drafted(sample, library)
    facts = [gathered(sample) for _ in range(ROUNDS) for sample in samples]
    whole = [drafted(sample, library) for _ in range(ROUNDS) for sample in samples]
    print(f"{'its facts':<40} {median(facts):8.2f} ms")
    print(f"{'its facts, text and mail':<40} {median(whole):8.2f} ms, 95 % within {quantiles(whole, n=20)[-1]:.2f} ms")
    print(f"{len(samples)} drafts, {ROUNDS} rounds; asked for: {ASKED_MS:.0f} ms")
    return 0 if median(whole) <= ASKED_MS else 1


def gathered(sample: Sample) -> float:
    """Milliseconds for the facts alone."""
    began = perf_counter()
    gather(sample.case, sample.follow_up, sample.owner, sample.case.language, NOW)
    return (perf_counter() - began) * 1000


def drafted(sample: Sample, library: Library) -> float:
    """Milliseconds from the case to the bytes of the mail."""
    began = perf_counter()
    draft = compose(sample.case, sample.follow_up, sample.owner, POLICY, library, NOW)
    to_mime(draft, "<draft@sample.example>", NOW)
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
