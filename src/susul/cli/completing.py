"""What a shell may complete in place of a word that only this program knows: a step, a template, a language, a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click


def steps(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    from susul.model import Step

    return _beginning(incomplete.replace("-", "_"), Step)


def language_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    from susul import languages

    return _beginning(incomplete, languages.codes())


def template_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """Templates and their folders, the owner's own too."""
    from susul.drafting import Library
    from susul.places import find_places

    names = Library(find_places().templates).templates
    folders = {name.rpartition("/")[0] for name in names}
    return _beginning(incomplete, sorted({*names, *folders}))


def setting_keys(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    from susul.settings import all_settings, sections

    return _beginning(incomplete, [*sections(), *(setting.path for setting in all_settings())])


def zones(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    from zoneinfo import available_timezones

    return _beginning(incomplete, sorted(available_timezones()))


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """The shell knows its files better."""
    return [CompletionItem(incomplete, type="file")]


def _beginning(incomplete: str, words: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(str(word)) for word in words if str(word).startswith(incomplete)]
