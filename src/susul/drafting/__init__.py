"""Drafting: a case and its due step become a reply that the owner would send.

Pure: clock, policy, owner and templates are arguments. ``compose`` makes the draft, ``to_mime`` its bytes. Each is
imported when it is first asked for: most of what needs a part of this room needs no more of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from susul.drafting.mime import to_mime
    from susul.drafting.reply import compose, own_words, reworded
    from susul.drafting.templates import Library, TemplateFaultError, bundled_templates

__all__ = ["Library", "TemplateFaultError", "bundled_templates", "compose", "own_words", "reworded", "to_mime"]

_MODULES = {"to_mime": "mime", "compose": "reply", "own_words": "reply", "reworded": "reply"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'templates')}"), name)
