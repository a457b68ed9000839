"""Automatic answers, receipts, lists and bulk mail told from mail that a person wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from susul.domains import is_no_reply, is_role, known_domains, registrable_domain, writes_for_others
from susul.reading.nature_words import first_of, folded, nature_words

if TYPE_CHECKING:
    from susul.model import Address, Message

LOOKED_AT = 3000  # characters of the own words
LONGEST_NOTE = 200  # words of an automatic answer that no header gives away

_AUTO_REPLY_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoreply-from")
_REPLY_PREFIX = re.compile(r"(?:(?:re|fw|fwd|bls|trs|aw|sv|balas)\s?(?:\[\d{1,3}\])?\s?:\s?)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_CASE_NUMBER = re.compile(r" [(\[]?#?(?:[a-z]{1,5}-)?\d{2,12}[)\]]?(?= )")  # "your request #4411 has been received"


def auto_reply(message: Message, own: str) -> str:
    """What says that ``message`` is an automatic answer (RFC 3834 and its dialects); empty when nothing does."""
    header = _auto_reply_header(message)
    if header:
        return header
    words = nature_words()
    subject = folded(message.subject, 300)
    prefix = next((start for start in words.auto_reply_subjects if subject.startswith(start)), "")
    if prefix:
        return f"subject: {prefix}"
    return _note(subject, folded(own, LOOKED_AT), submitted=bool(auto_submitted(message)))


def _auto_reply_header(message: Message) -> str:
    if auto_submitted(message) == "auto-replied":
        return "Auto-Submitted: auto-replied"
    if _precedence(message) in {"auto_reply", "auto-reply"}:
        return "Precedence: auto_reply"
    return next((name for name in _AUTO_REPLY_HEADERS if message.headers.get(name, "no").lower() not in {"no", ""}), "")


def _note(subject: str, text: str, *, submitted: bool) -> str:
    """An absence note without a header, as rules of Outlook.com send it: only what several words agree on."""
    words = nature_words()
    away = first_of(words.absence_now, text[:600])
    if not away or len(text.split()) > LONGEST_NOTE:
        return ""
    if submitted:
        return f"Auto-Submitted, words: {away}"
    redirected = first_of(words.absence_redirects, text)
    thanked = first_of(words.thanks_for_mail, text[:200])
    answered = _REPLY_PREFIX.match(subject) is not None
    hinted = not answered and first_of(words.auto_reply_hints, subject)
    if redirected and (thanked or hinted):
        return f"words: {away}, {redirected}"
    return ""


def auto_submitted(message: Message) -> str:
    """The first word of Auto-Submitted (RFC 3834, 5), empty for ``no``."""
    value = message.headers.get("auto-submitted", "").lower().replace(";", " ").split()
    return "" if not value or value[0] == "no" else value[0]


def _precedence(message: Message) -> str:
    return message.headers.get("precedence", "").strip().lower()


def mailing_list(message: Message) -> str:
    """What says that it came through a list on which people write; a newsletter is none."""
    headers = message.headers
    if "list-post" in headers and headers["list-post"].strip().lower() != "no":
        return "List-Post"
    if _precedence(message) == "list":
        return "Precedence: list"
    bulk = _precedence(message) in {"bulk", "junk"} or "feedback-id" in headers
    if "list-id" in headers and not bulk and not is_no_reply(message.sender.email) and not _is_vendor(message):
        return "List-Id"
    return ""


def receipt(message: Message, own: str) -> str:
    """What says that a program acknowledges something: its words, and a sender that is no person.

    A refusal or an invitation that thanks for the application as well is more than a receipt.
    """
    program = _is_unattended(message) or auto_submitted(message) or _auto_reply_header(message)
    if not program and not (_is_vendor(message) and not message.in_reply_to):
        return ""
    words = nature_words()
    text = folded(own, LOOKED_AT)
    if first_of(words.absence_now, text[:600]) or first_of(words.receipt_doubts, text):
        return ""
    opening = _CASE_NUMBER.sub("", f"{folded(message.subject, 300)} {text[:1500]}")
    phrase = first_of(words.receipts, opening)
    return f"words: {phrase}" if phrase else ""


def automated(message: Message) -> str:
    """What says that no person wrote it; empty where a person may have.

    Vendors that write in somebody's name, and programs that send a person's mail, put the headers of bulk mail on what
    a person wrote: an answer in the thread or an address of a person to answer to weighs more than those.
    """
    if _answers_a_person(message):
        return ""
    if auto_submitted(message):
        return f"Auto-Submitted: {auto_submitted(message)}"
    if _precedence(message) in {"bulk", "junk"}:
        return f"Precedence: {_precedence(message)}"
    if _is_unattended(message):
        return f"sender: {message.sender.email}"
    if _is_vendor(message) and not _is_personal(message.sender):
        return f"sender: {registrable_domain(message.sender.email)}"
    marks = [name for name in ("list-unsubscribe", "feedback-id", "list-id") if name in message.headers]
    return marks[0] if marks and not _is_personal(message.sender) else ""


def _is_vendor(message: Message) -> bool:
    return writes_for_others(message.sender.email)


def _is_tracking(message: Message) -> bool:
    return registrable_domain(message.sender.email) in known_domains().applicant_tracking


def _attended_vendor(message: Message) -> bool:
    return _is_vendor(message) and not _is_unattended(message)


def _answers_a_person(message: Message) -> bool:
    """Whether it continues a conversation, or a vendor's mail is to be answered to a person."""
    attended = any(not is_no_reply(address.email) for address in message.reply_to)
    if message.in_reply_to:
        return attended or not _is_unattended(message) or _is_vendor(message)
    return attended and not auto_submitted(message) and (_is_tracking(message) or _attended_vendor(message))


def _is_unattended(message: Message) -> bool:
    local = message.sender.email.partition("@")[0]
    return is_no_reply(message.sender.email) or bool(_parts(local) & set(nature_words().automated_senders))


def _is_personal(sender: Address) -> bool:
    """Whether the address is spelled after the name beside it: "Budi Santoso <budi.s@…>"."""
    if is_role(sender.email) or is_no_reply(sender.email):
        return False
    name = [token.lower() for token in _WORD.findall(sender.name)]
    words = nature_words()
    local, _, domain = sender.email.partition("@")
    if not name or set(name) & set(words.group_joints) or _parts(local) & set(words.desk_senders):
        return False
    if any(len(token) > 2 and token in local and token not in domain for token in name):
        return True
    return "".join(token[0] for token in name) == local


def _parts(local: str) -> set[str]:
    return set(re.split(r"[-_.+]", local))
