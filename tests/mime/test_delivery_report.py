from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from susul.model import DeliveryReport
from susul.reading.delivery_report import delivery_reports

REPORT = b"""Reporting-MTA: dns; mx.example.com
Arrival-Date: Mon, 8 Jun 2026 09:00:00 +0700

Final-Recipient: rfc822; Hana@Acme.example
Original-Recipient: rfc822; hana@acme.example
Action: failed
Status: 5.1.1 (no such mailbox)
Diagnostic-Code: smtp; 550 5.1.1
 no such user

Original-Recipient: rfc822;<budi@acme.example>
Action: Delayed
Status: 4.4.1
"""


def test_each_recipient_has_its_own_action_and_status() -> None:
    assert delivery_reports(REPORT) == (
        DeliveryReport("hana@acme.example", "failed", "5.1.1"),
        DeliveryReport("budi@acme.example", "delayed", "4.4.1"),
    )


def test_line_endings_make_no_difference() -> None:
    assert delivery_reports(REPORT.replace(b"\n", b"\r\n")) == delivery_reports(REPORT)


@given(st.binary())
def test_any_bytes_are_read(content: bytes) -> None:
    assert isinstance(delivery_reports(content), tuple)
