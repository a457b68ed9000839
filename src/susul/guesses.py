"""What this machine tells of its owner: the answers that ``susul init`` proposes."""

from __future__ import annotations

from susul import languages
from susul.days import is_known_country
from susul.known_owner import language_of_country
from susul.zones import country_of


def guess(system_zone: str, locale: str) -> dict[str, str]:
    """Time zone, country and language by path; empty where nothing is told.

    ``locale`` is a POSIX name such as ``id_ID.UTF-8``. A machine set to UTC is a server: it tells nothing of where its
    owner is, and the zone is then better left to the calendar.
    """
    spoken, _, territory = locale.partition(".")[0].partition("@")[0].partition("_")
    country = country_of(system_zone) or (territory.upper() if is_known_country(territory.upper()) else "")
    language = spoken.lower() if spoken.lower() in languages.codes() else ""
    return {
        "owner.country": country if is_known_country(country) else "",
        "owner.time_zone": system_zone if country_of(system_zone) else "",
        "owner.language": language or (language_of_country(country) if country else ""),
    }
