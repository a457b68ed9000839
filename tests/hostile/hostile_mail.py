"""Mails as bytes made to be slow to take apart or to break their reader: headers, parts, encodings, at any size."""

from __future__ import annotations

import base64
from collections.abc import Callable
from itertools import count

from hostile_text import joined, repeated

RawMaker = Callable[[int], bytes]

FROM = "From: Helen Park <helen@mosaic.example>\nTo: rina@rinawijaya.example\nDate: Wed, 10 Jun 2026 10:00:00 +0700\n"
SYSTEM = "From: MAILER-DAEMON@mosaic.example\nTo: rina@rinawijaya.example\n"
REPORT = f'{SYSTEM}Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
MIXED = f"{FROM}Content-Type: multipart/mixed; boundary=b\n\n"
INVITATION = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:#@mosaic.example\nDTSTART:20260612T030000Z\n"
    "DTEND:20260612T040000Z\nSUMMARY:Interview #\nATTENDEE;CN=Rina:mailto:rina@rinawijaya.example\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)


def units(unit: str, start: str = FROM, end: str = "") -> RawMaker:
    made = repeated(unit, start, end)
    return lambda size: made(size).encode("utf-8", "surrogatepass")


def header(line: str, unit: str, end: str = "") -> RawMaker:
    """A mail whose header ``line`` goes on and on."""
    return units(unit, f"{FROM}{line}", f"{end}\n\nhello\n")


def body(fields: str, unit: bytes, text: bytes = b"") -> RawMaker:
    return lambda size: f"{FROM}{fields}\n\n".encode() + text + unit * (size // len(unit))


def deep(kind: str) -> RawMaker:
    """Multiparts in multiparts, as deep as they fit."""

    def made(size: int) -> bytes:
        pieces = (f"Content-Type: multipart/{kind}; boundary=b{n}\n\n--b{n}\n" for n in count())
        return (FROM + joined(pieces, size).rpartition("Content-Type")[0] + "\ndeep\n").encode()

    return made


def deep_and_closed(size: int) -> bytes:
    """The same, with every multipart closed again."""
    depth = size // 70
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    closed = "".join(f"\n--b{n}--" for n in reversed(range(depth)))
    return (FROM + opened + "\ndeep" + closed).encode()


def many_parts(fields: str, text: str) -> RawMaker:
    """Some 10,000 parts to a megabyte, all alike but for a number."""
    return units(f"--b\n{fields}\n\n{text}\n", MIXED)


def in_charset(charset: str, codec: str, text: str) -> RawMaker:
    def made(size: int) -> bytes:
        encoded = text.encode(codec)
        return f"{FROM}Content-Type: text/plain; charset={charset}\n\n".encode() + encoded * (size // len(encoded))

    return made


def in_base64(fields: str, text: str) -> RawMaker:
    """A part whose content is ``text`` over and over, in base64."""

    def made(size: int) -> bytes:
        content = repeated(text)(size * 3 // 4).encode()
        return f"{FROM}{fields}\nContent-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(content)

    return made


def every_byte(size: int) -> bytes:
    return f"{FROM}Content-Type: text/plain\n\n".encode() + bytes(range(256)) * (size // 256)


def both_bodies(size: int) -> bytes:
    """A short plain text that may stand in for the HTML, so that both are read."""
    html = "<div class=gmail_quote>" + "<p>Friday <b>x</b></p>" * (size // 22)
    plain = f"{FROM}Content-Type: multipart/alternative; boundary=b\n\n--b\n\nFriday\n--b\n"
    return f"{plain}Content-Type: text/html\n\n{html}".encode()


MAILS: dict[str, RawMaker] = {
    # headers
    "a subject": header("Subject: ", "x"),
    "a subject of words": header("Subject: ", "we will let you know by Friday # "),
    "a folded subject": header("Subject: ", "x\n "),
    "a subject of empty folds": header("Subject: x\n", " \n"),
    "encoded words": header("Subject: ", "=?utf-8?q?a=C3=A9?= "),
    "encoded words that never end": header("Subject: ", "=?a?q?"),
    "encoded words of unknown charsets": header("Subject: ", "=?x-cs#?q?a?= "),
    "encoded words of known charsets": header("Subject: ", "=?utf-8?q?a?= =?utf-16?b?YQ?= =?koi8-r?q?a?= "),
    "encoded words of a long charset": header("Subject: ", "=?" + "x" * 59 + "#?q?a?= "),
    "split characters": header("Subject: ", "=?utf-8?b?4g==?= =?utf-8?b?gqw=?= "),
    "a from": header("From: ", "a@b.example, "),
    "a from of names": header("From: ", '"Helen Park" '),
    "recipients": header("To: ", "Budi # <b#@x.example>, "),
    "groups": header("To: ", "team#: a@b.example;"),
    "open comments": header("Cc: ", "("),
    "open quotes": header("Cc: ", '"\\'),
    "source routes": header("Reply-To: ", "<@a,@b:c@d.example>,"),
    "long domains": header("To: ", "a@" + "b." * 150 + "example,"),
    "international domains": header("To: ", "a@b\u00fc#.example, "),
    "references": header("References: ", "<#@x.example> "),
    "open references": header("References: ", "<"),
    "a message id": header("Message-ID: <", "[x]@"),
    "failed recipients": header("X-Failed-Recipients: ", "b#@x.example, "),
    "failed recipients without an at sign": header("X-Failed-Recipients: ", "a"),
    "failed recipients of a mail system": units("a", f"{SYSTEM}Subject: failed\nX-Failed-Recipients: ", "\n\nx"),
    "a content type": header("Content-Type: multipart/report; report-type=", "a=;"),
    "a return path": header("Return-Path: ", "<"),
    "auto-submitted": header("Auto-Submitted: ", "auto-replied; "),
    "dates in the date": header("Date: ", "1 "),
    "header lines": units("X-Number-#: x\n"),
    "header lines without a value": units("a:\n"),
    "header lines of one name": units("To: b#@x.example\n"),
    "header names that never end": units("a"),
    "received": units("Received: from a by b; Wed, 10 Jun 2026 10:00:00 +0700\n"),
    "parameters": header("Content-Type: text/plain", ";a#=b"),
    "parameter continuations": header("Content-Type: text/plain", ";name*#=bbbbbbbb"),
    "parameter continuations of one number": header("Content-Type: text/plain", ";name*1=bbbbbbbb"),
    "encoded parameter continuations": header("Content-Type: text/plain", ";name*#*=%41%42%43"),
    "parameter quotes": header("Content-Type: text/plain; name=", '\\"'),
    "a charset": header("Content-Type: text/plain; charset=", "x"),
    "a charset of spaces": header("Content-Type: text/plain; charset=x", " -"),
    "a boundary": units("b", f"{FROM}Content-Type: multipart/mixed; boundary=", "\n\n--b\n\nx"),
    # parts
    "nested multiparts": deep("mixed"),
    "nested digests": deep("digest"),
    "nested and closed": deep_and_closed,
    "nested mails": units("Content-Type: message/rfc822\n\n"),
    "nested mails in parts": units("--b\nContent-Type: message/rfc822\n\nSubject: x\n\n", MIXED),
    "parts": many_parts("Content-Type: text/plain", "part #\n"),
    "parts with names": many_parts('Content-Type: text/plain; name="a#.txt"\nContent-Disposition: attachment', "x"),
    "parts of html": many_parts("Content-Type: text/html", "<p>part #<br>"),
    "parts of unknown charsets": many_parts("Content-Type: text/plain; charset=x-charset-#", "caf\u00e9 #"),
    "parts of base64": many_parts("Content-Transfer-Encoding: base64", "QUJD" * 12),
    "parts of quoted-printable": many_parts("Content-Transfer-Encoding: quoted-printable", "=41=\n=E9" * 6),
    "parts of calendars": many_parts("Content-Type: text/calendar", INVITATION),
    "parts of small calendars": many_parts("Content-Type: text/calendar; method=REQUEST", "UID:#"),
    "parts of empty calendars": many_parts("Content-Type: text/calendar", "BEGIN:VCALENDAR\nUID:#\nEND:VCALENDAR"),
    "parts of delivery reports": many_parts("Content-Type: message/delivery-status", "\nAction: failed\n\n" * 3),
    "delimiters only": units("--b\n", MIXED),
    "delimiters of others": units("--c#\n", MIXED),
    "delimiter beginnings": units("--", MIXED),
    "a multipart without a boundary": units("--b\nx\n", f"{FROM}Content-Type: multipart/mixed\n\n"),
    "boundaries announced twice": units("--b\nContent-Type: multipart/mixed; boundary=b\n\n", MIXED),
    "both bodies": both_bodies,
    # encodings
    "base64 lines": body("Content-Transfer-Encoding: base64", b"QUJD" * 19 + b"\n"),
    "broken base64": body("Content-Transfer-Encoding: base64", b"=\n"),
    "base64 rubbish": body("Content-Transfer-Encoding: base64", b"Q-_=!"),
    "soft line breaks": body("Content-Transfer-Encoding: quoted-printable", b"=\n"),
    "broken quoted-printable": body("Content-Transfer-Encoding: quoted-printable", b"=G="),
    "every byte": every_byte,
    "broken utf-8": body("Content-Type: text/plain; charset=utf-8", b"\xc3\x28\xf0\x9f Friday "),
    "utf-7": in_charset("utf-7", "utf-7", "caf\u00e9 Friday \u4e2d "),
    "open utf-7": body("Content-Type: text/plain; charset=utf-7", b"+AAAA"),
    "utf-16": in_charset("utf-16", "utf-16", "caf\u00e9 Friday "),
    "utf-16 cut in half": body("Content-Type: text/plain; charset=utf-16le", b"\x00\xd8F\x00r"),
    "utf-32": in_charset("utf-32", "utf-32", "Friday "),
    "iso-2022-jp": body("Content-Type: text/plain; charset=iso-2022-jp", b"\x1b$B"),
    "hz": body("Content-Type: text/plain; charset=hz", b"~{"),
    "punycode": body("Content-Type: text/plain; charset=punycode", b"\xffa-"),
    "an unknown charset": body("Content-Type: text/plain; charset=klingon-8", b"caf\xe9 Friday "),
    "a charset that is no text": body("Content-Type: text/plain; charset=zlib", b"caf\xe9 Friday "),
    "zeros": body("Content-Type: text/plain", b"\0"),
    "flowed quotes": body("Content-Type: text/plain; format=flowed", b">> a \n> b \n"),
    "flowed without an end": body("Content-Type: text/plain; format=flowed; delsp=yes", b"a \n"),
    "a huge calendar": in_base64("Content-Type: text/calendar; method=REQUEST", INVITATION),
    "a sealed mail": body("Content-Type: text/plain", b"aGVsbG8=\n", b"-----BEGIN PGP MESSAGE-----\n"),
    # mail systems
    "delivery groups": units("Final-Recipient: rfc822; b#@x.example\nAction: failed\n\n",
                             f"{REPORT}--b\nContent-Type: message/delivery-status\n\n"),
    "a report in words": units("could not be delivered to <b#@x.example>\n", f"{SYSTEM}Subject: failure notice\n\n"),
    "a report of dashes": units("-", f"{SYSTEM}Subject: failure notice\n\n"),
    "a report of lines of dashes": units("-" * 90 + "\n", f"{SYSTEM}Subject: Undelivered Mail\n\n"),
    "an absence note": units("I am out of the office until Friday # and back on Monday. ",
                             f"{FROM}Auto-Submitted: auto-replied\n\n"),
    "an empty mail": lambda size: b"\n" * size,
    "envelope lines": units("From x\n", ""),
}  # fmt: skip


def calendar_lines(unit: str, start: str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", end: str = "") -> RawMaker:
    made = repeated(unit, start, end)
    return lambda size: made(size).encode("utf-8", "surrogatepass")


_CLOSED = "\nEND:VEVENT\nEND:VCALENDAR\n"
CALENDARS: dict[str, RawMaker] = {
    "events": calendar_lines("BEGIN:VEVENT" + INVITATION.split("BEGIN:VEVENT")[1], "BEGIN:VCALENDAR\n"),
    "calendars": calendar_lines(INVITATION, ""),
    "attendees": calendar_lines("ATTENDEE;CN=Budi #;PARTSTAT=ACCEPTED:mailto:b#@x.example\n", end=_CLOSED),
    "a description": calendar_lines("x", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDESCRIPTION:", _CLOSED),
    "a folded description": calendar_lines("x\n ", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDESCRIPTION:", _CLOSED),
    "escapes": calendar_lines("\\n\\,\\;\\\\", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:", _CLOSED),
    "parameters": calendar_lines(";A#=b", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE", ":mailto:a@b.example" + _CLOSED),
    "open quotes": calendar_lines('A;B="\n', end=_CLOSED),
    "quotes": calendar_lines('"', "BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;CN=", _CLOSED),
    "unknown lines": calendar_lines("X-A#:b\n", end=_CLOSED),
    "lines without a colon": calendar_lines("abc\n", end=_CLOSED),
    "begins": calendar_lines("BEGIN:VEVENT\n", "BEGIN:VCALENDAR\n"),
    "begins of anything": calendar_lines("BEGIN:X#\n", "BEGIN:VCALENDAR\n"),
    "ends": calendar_lines("END:VEVENT\n"),
    "zones": calendar_lines("BEGIN:VTIMEZONE\nTZID:Z#\nEND:VTIMEZONE\n", "BEGIN:VCALENDAR\n", "\nEND:VCALENDAR"),
    "zone rules": calendar_lines(
        "BEGIN:STANDARD\nDTSTART:19700101T0000#\nTZOFFSETFROM:+0800\nTZOFFSETTO:+0700\nEND:STANDARD\n",
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Kantor\n",
        "\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Kantor:20260612T090000\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    "rules": calendar_lines("RRULE:FREQ=SECONDLY;BYDAY=MO,TU\n", end=_CLOSED),
    "a rule": calendar_lines("MO,", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nRRULE:FREQ=DAILY;BYDAY=", _CLOSED),
    "dates": calendar_lines("20260612T030000Z,", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEXDATE:", _CLOSED),
    "one line": calendar_lines("BEGIN:VEVENT "),
    "spaces": calendar_lines(" \n"),
    "bytes": lambda size: b"BEGIN:VCALENDAR\n" + bytes(range(256)) * (size // 256),
}

DELIVERIES: dict[str, RawMaker] = {
    "groups": calendar_lines("Final-Recipient: rfc822;b#@x.example\nAction: failed\nStatus: 5.1.1\n\n", ""),
    "groups without a recipient": calendar_lines("Action: failed\n\n", ""),
    "one group": calendar_lines("Status: 5.1.1\n", ""),
    "a recipient": calendar_lines("b", "Final-Recipient: rfc822;"),
    "an action of semicolons": calendar_lines(";", "Action: "),
    "folds": calendar_lines(" x\n", "Diagnostic-Code: smtp;\n"),
    "blank lines": calendar_lines("\r\n", ""),
    "no colon": calendar_lines("a", ""),
}
