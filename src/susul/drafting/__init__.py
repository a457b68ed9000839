"""Drafting: a case and its due step become a reply that the owner would send.

Pure: clock, policy, owner and templates are arguments. ``compose`` makes the draft, ``to_mime`` its bytes.
"""

from __future__ import annotations

from susul.drafting.mime import to_mime
from susul.drafting.reply import compose, own_words, reworded
from susul.drafting.templates import Library, TemplateFaultError, bundled_templates

__all__ = ["Library", "TemplateFaultError", "bundled_templates", "compose", "own_words", "reworded", "to_mime"]
