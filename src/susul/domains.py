"""What an address's domain tells: the organisation, a free-mail provider, a vendor that writes in others' names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from publicsuffixlist import PublicSuffixList


@dataclass(frozen=True, slots=True)
class KnownDomains:
    """The lists of ``domains.toml``."""

    free_mail: frozenset[str]
    applicant_tracking: frozenset[str]
    schedulers: frozenset[str]
    list_hosts: frozenset[str]
    list_labels: frozenset[str]
    no_reply: frozenset[str]
    role: frozenset[str]


@cache
def known_domains() -> KnownDomains:
    data = tomllib.loads((files("susul") / "domains.toml").read_text("utf-8"))
    return KnownDomains(**{name: frozenset(values) for name, values in data.items()})


@cache
def _suffixes() -> PublicSuffixList:
    # Without the encoded spelling of each foreign suffix, which takes three times as long to make as the rest.
    return PublicSuffixList(accept_encoded_idn=False)


@lru_cache(maxsize=8192)
def registrable_domain(email: str) -> str:
    """``acme.co.id`` for ``hr@mail.acme.co.id``: what one organisation registers (publicsuffix.org)."""
    domain = email.rpartition("@")[2].strip().lower().rstrip(".")
    spoken = _decoded(domain)
    found: str | None = _suffixes().privatesuffix(spoken)
    if not found:
        return domain
    return ".".join(domain.split(".")[-len(found.split(".")) :])


def _decoded(domain: str) -> str:
    """``bücher.example`` for ``xn--bcher-kva.example`` (RFC 3492); as it is where it can't be decoded."""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def is_free_mail(domain: str) -> bool:
    return domain in known_domains().free_mail


def writes_for_others(email: str) -> bool:
    """Whether the address belongs to an applicant-tracking or scheduling vendor."""
    known = known_domains()
    domain = registrable_domain(email)
    return domain in known.applicant_tracking or domain in known.schedulers


def organisation(email: str) -> str:
    """The registrable domain of the counterpart's organisation; empty for free mail and for vendors."""
    domain = registrable_domain(email)
    return "" if is_free_mail(domain) or writes_for_others(email) else domain


def _local_part(email: str) -> str:
    return email.lower().partition("@")[0].partition("+")[0]


@lru_cache(maxsize=8192)
def is_no_reply(email: str) -> bool:
    """Whether nobody reads what is sent to ``email``."""
    local = _local_part(email)
    plain = local.replace("-", "").replace("_", "").replace(".", "")
    words = set(local.replace("_", "-").replace(".", "-").split("-"))
    listed = known_domains().no_reply
    return (
        local in listed or "noreply" in plain or "donotreply" in plain or bool(words & {"bounces", "bounce"} & listed)
    )


@lru_cache(maxsize=8192)
def is_list(email: str) -> bool:
    """Whether ``email`` is a mailing list's, as its host tells (``lists.example.org``, Google Groups)."""
    known = known_domains()
    host = email.rpartition("@")[2].strip().lower()
    return host.partition(".")[0] in known.list_labels or registrable_domain(email) in known.list_hosts


@lru_cache(maxsize=8192)
def is_role(email: str) -> bool:
    """Whether ``email`` is a desk rather than a person (``hrd@``, ``info@``)."""
    local = _local_part(email)
    return any(word in known_domains().role for word in local.replace("_", "-").replace(".", "-").split("-"))
