"""``susul completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from susul.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script by which your shell completes susul's commands, options and their values.

    Put it where the shell looks for such scripts, and open a new terminal:

    \b
    susul completion bash > ~/.local/share/bash-completion/completions/susul
    susul completion zsh > ~/.zfunc/_susul
    susul completion fish > ~/.config/fish/completions/susul.fish

    bash needs the package bash-completion; zsh needs "fpath+=~/.zfunc" before "compinit" in ~/.zshrc.
    """
    click.echo(script(shell), nl=False)


def script(shell: str) -> str:
    """click's own script for ``shell``. It asks the installed ``susul`` at each press of Tab."""
    from susul.cli import PROGRAM, VARIABLE, group

    maker = get_completion_class(shell)
    if maker is None:
        raise UsageError(f"No completion is known for {shell}.", hint=f"Known: {', '.join(SHELLS)}.")
    made = maker(group, {}, PROGRAM, VARIABLE)
    return made.source_template % made.source_vars()
