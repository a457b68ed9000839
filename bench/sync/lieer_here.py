"""lieer's ``gmi`` against another address than Google's: ``python lieer_here.py ROOT ARGUMENTS``.

Runs in an environment that has lieer; only where its client is built is anything changed.
"""

from __future__ import annotations

import base64
import json
import sys
from importlib import import_module
from typing import Any


def redirect(root: str) -> None:
    # By name: their stubs don't know what lieer uses of them.
    discovery, cache = map(import_module, ("googleapiclient.discovery", "googleapiclient.discovery_cache"))

    def build(name: str, version: str, credentials: Any) -> Any:
        document = json.loads(cache.get_static_doc(name, version))
        document |= {"rootUrl": f"{root}/", "baseUrl": f"{root}/"}
        document.pop("mtlsRootUrl", None)
        return discovery.build_from_document(document, credentials=credentials)

    vars(discovery)["build"] = build


def pad() -> None:
    """lieer counts on padded base64, the sandbox leaves the padding out."""
    strict = base64.urlsafe_b64decode

    def lenient(text: bytes) -> bytes:
        return strict(text + b"=" * (-len(text) % 4))

    base64.urlsafe_b64decode = lenient  # type: ignore[assignment]  # only lieer's own call is meant


if __name__ == "__main__":
    redirect(sys.argv[1])
    pad()
    lieer = import_module("lieer.gmailieer")
    sys.argv = ["gmi", *sys.argv[2:]]
    lieer.Gmailieer().main()
