"""Conversations to draft from, in both languages. Invented people on example domains."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from susul.days import BusinessDays
from susul.model import (
    Address,
    Case,
    Event,
    FollowUp,
    Kind,
    Message,
    Nature,
    Reading,
    Signal,
    Step,
    Told,
    Topic,
)
from susul.owner import Owner

ZONE = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 7, 6, 9, 0, tzinfo=ZONE)
RINA = "rina@rinawijaya.example"
STUDIO = "halo@studiorina.example"
OWNER = Owner(addresses=(RINA, STUDIO), name="Rina Wijaya", zone=ZONE, days=BusinessDays("ID"))
LIAM = Address("Liam Foster", "liam.foster@greyoak.example")
DEWI = Address("Dewi Lestari", "dewi.lestari@sinarpangan.example")
ME = Address("Rina Wijaya", RINA)


def written(
    number: int,
    sender: Address,
    to: tuple[Address, ...],
    subject: str,
    text: str,
    *,
    signals: tuple[Signal, ...] = (),
    sign_off: str = "",
    thread: str = "t1",
    nature: Nature = Nature.PERSON,
    cc: tuple[Address, ...] = (),
) -> Told:
    """Message ``number`` of a conversation, one day after the one before."""
    message = Message(
        id=f"m{number}",
        thread_id=thread,
        message_id=f"<m{number}@mail.example>",
        sent_at=START + timedelta(days=number),
        sender=sender,
        subject=subject,
        to=to,
        cc=cc,
        text=text,
        references=tuple(f"<m{before}@mail.example>" for before in range(1, number)),
    )
    reading = Reading(message.id, "und", nature, text, signals=signals, sign_off=sign_off)
    return Told(message, reading, outgoing=OWNER.is_me(sender.email))


def case_of(
    *told: Told,
    kind: Kind = Kind.PROPOSAL,
    language: str = "en",
    topic: Topic | None = None,
    events: tuple[Event, ...] = (),
    name: str = "case-1",
) -> Case:
    people = tuple(dict.fromkeys(one.message.sender for one in reversed(told) if not one.outgoing))
    subject = told[0].message.subject if told else ""
    return Case(name, kind, told, events, people, "greyoak.example", language, subject, topic or Topic())


def follow_up(
    case: Case,
    step: Step,
    *to: Address,
    cc: tuple[Address, ...] = (),
    ordinal: int = 0,
    event: str | None = None,
) -> FollowUp:
    """``step`` for the last message of ``case``, due ten days after the conversation began."""
    last = case.told[-1].message.id if case.told else None
    trigger = event or last or "nothing"
    return FollowUp(
        step, START + timedelta(days=10), None, trigger, to, cc, reply_to=last, event=event, ordinal=ordinal
    )


PROPOSAL_EN = case_of(
    written(
        1,
        ME,
        (LIAM,),
        "Proposal: brand refresh for Grey Oak",
        "Hi Liam,\n\nMy proposal for the brand refresh is attached.\n\nKind regards,\nRina",
        sign_off="Rina",
    ),
    topic=Topic(company="Grey Oak", about="brand refresh for Grey Oak"),
)
INTERVIEW_ID = case_of(
    written(
        1,
        DEWI,
        (ME,),
        "Undangan wawancara - Staf Pengadaan PT Sinar Pangan",
        "Yth. Ibu Rina Wijaya,\n\nKami mengundang Ibu wawancara posisi Staf Pengadaan.\n\nHormat kami,\nDewi Lestari",
        sign_off="Dewi Lestari",
    ),
    written(
        2,
        ME,
        (DEWI,),
        "Re: Undangan wawancara - Staf Pengadaan PT Sinar Pangan",
        "Yth. Ibu Dewi,\n\nTerima kasih atas undangannya. Saya akan hadir.\n\nSalam,\nRina Wijaya",
        sign_off="Rina Wijaya",
    ),
    kind=Kind.INTERVIEW,
    language="id",
    topic=Topic(role="Staf Pengadaan", company="PT Sinar Pangan"),
    events=(
        Event(
            "wawancara@cal.example",
            "Wawancara Staf Pengadaan",
            START + timedelta(days=4),
            START + timedelta(days=4, hours=1),
            id="wawancara",
        ),
    ),
)


def later(case: Case, text: str) -> Case:
    """``case`` with one more message of the owner's to the people of its first one."""
    first = next(one for one in case.told if one.outgoing)
    number = len(case.told) + 1
    sent = written(number, ME, first.message.to, f"Re: {case.subject}", text)
    return replace(case, told=(*case.told, sent))
