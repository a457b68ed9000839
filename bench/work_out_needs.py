"""Works out what every wording needs, and keeps it in ``susul/reading/needs.json`` (``make needs``)."""

from __future__ import annotations

import json
from pathlib import Path

from susul import languages
from susul.reading import known_needs
from susul.reading.phrases import every_wording


def worked_out() -> str:
    """The contents of the file."""
    lists = {code: languages.table(code, "phrases").get("words", {}) for code in languages.codes()}
    kept = {code: known_needs.as_kept(every_wording(code), words) for code, words in lists.items()}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace('],"', '],\n"').replace('","', '",\n"') + "\n"  # a line each, for those who compare versions


if __name__ == "__main__":
    Path(known_needs.__file__).with_name(known_needs.NAME).write_text(worked_out(), "utf-8")
