"""What a decision gives as its reason is known to the report, so that it can be said in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from situations import planned_cases, situations

from susul import languages
from susul.report.sentences import said_again
from susul.report.words import report_words

if TYPE_CHECKING:
    from pathlib import Path

    from situations import Situation

SOME = list(situations())[::4]


@pytest.mark.parametrize("situation", SOME, ids=lambda situation: situation["id"])
def test_the_reason_is_said_in_every_language(situation: Situation, tmp_path: Path) -> None:
    for planned in planned_cases(situation, tmp_path):
        for code in languages.codes():
            said, language = said_again(planned.decision.reason, code)
            assert language == code, f"put it into report/sentences.toml and each report.toml: {said}"
        assert {evidence.fact for evidence in planned.decision.evidence} <= set(
            report_words(languages.codes()[-1]).facts
        )
