"""Golden drafts: one mail a step and language, as it would lie in Drafts.

``SUSUL_UPDATE_GOLDEN=1 pytest tests/drafting/test_golden_drafts.py`` writes them anew; read the diff before keeping it.
"""

from __future__ import annotations

import os
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

import pytest
from draft_cases import DEWI, INTERVIEW_ID, LIAM, OWNER, PROPOSAL_EN, ZONE, follow_up

from susul.drafting import Library, compose
from susul.model import Draft, Step
from susul.policy import load_policy

FOLDER = Path(__file__).parent / "golden"
NOW = datetime(2026, 7, 16, 9, 0, tzinfo=ZONE)
CASES = {"en": (PROPOSAL_EN, LIAM, None), "id": (INTERVIEW_ID, DEWI, "wawancara")}


def readable(draft: Draft) -> str:
    """The draft as a mail that is not encoded (RFC 6532), so that a diff of it can be read."""
    mail = EmailMessage(policy=SMTPUTF8.clone(linesep="\n", max_line_length=998))
    mail["From"] = f"{draft.sender.name} <{draft.sender.email}>"
    mail["To"] = ", ".join(f"{to.name} <{to.email}>" for to in draft.to)
    mail["Subject"] = draft.subject
    mail["In-Reply-To"] = draft.in_reply_to
    mail["References"] = " ".join(draft.references)
    mail.set_content(draft.text, cte="8bit")
    mail.add_alternative(draft.html.replace("</div>", "</div>\n"), subtype="html", cte="8bit")
    mail.set_boundary("=-=")
    return mail.as_bytes().decode("utf-8")


@pytest.mark.parametrize("language", CASES)
@pytest.mark.parametrize("step", Step)
def test_the_draft_is_the_golden_one(language: str, step: Step) -> None:
    case, to, event = CASES[language]
    draft = compose(case, follow_up(case, step, to, event=event), OWNER, load_policy(), Library(), NOW)
    golden = FOLDER / f"{language}-{step.value}.eml"
    if os.environ.get("SUSUL_UPDATE_GOLDEN"):
        golden.write_text(readable(draft), "utf-8")

    assert readable(draft) == golden.read_text("utf-8")
