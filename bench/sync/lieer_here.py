"""lieer's ``gmi`` against another address than Google's: ``python lieer_here.py ROOT ARGUMENTS``.

Runs in an environment that has lieer; only where its client is built is anything changed.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from googleapiclient import discovery, discovery_cache


def redirect(root: str) -> None:
    def build(name: str, version: str, credentials: Any) -> Any:
        document = json.loads(discovery_cache.get_static_doc(name, version))
        document |= {"rootUrl": f"{root}/", "baseUrl": f"{root}/"}
        document.pop("mtlsRootUrl", None)
        return discovery.build_from_document(document, credentials=credentials)

    discovery.build = build


def pad() -> None:
    """lieer counts on padded base64, the sandbox leaves the padding out."""
    strict = base64.urlsafe_b64decode

    def lenient(text: bytes) -> bytes:
        return strict(text + b"=" * (-len(text) % 4))

    base64.urlsafe_b64decode = lenient  # type: ignore[assignment]  # only lieer's own call is meant


if __name__ == "__main__":
    redirect(sys.argv[1])
    pad()
    from lieer.gmailieer import Gmailieer

    sys.argv = ["gmi", *sys.argv[2:]]
    Gmailieer().main()
