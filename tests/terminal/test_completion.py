"""Pressing Tab: the scripts ask the program as click's do, and the shells that are here understand them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from susul.cli import COMMANDS, main
from susul.cli.completion import SHELLS, script
from susul.languages import codes
from susul.model import Step

if TYPE_CHECKING:
    from pathlib import Path


def completed(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bash is offered for the last word of ``line``."""
    words = line.split(" ")
    monkeypatch.setenv("_SUSUL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    with pytest.raises(SystemExit) as ended:
        main([])
    assert not ended.value.code
    return [row.partition(",")[2] for row in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("susul ", list(COMMANDS)),
        ("susul dr", ["draft"]),
        ("susul templates pre", ["preview"]),
        ("susul explain x --as-", ["--as-of"]),
        ("susul draft x --as ", [step.value for step in Step]),
        ("susul draft x --as thank-", ["thank_you"]),
        ("susul templates list --language ", list(codes())),
        ("susul templates show en/thank_you/interview.1", ["en/thank_you/interview.1.j2"]),
        ("susul config owner.t", ["owner.time_zone"]),
        ("susul scan --tz Asia/Jak", ["Asia/Jakarta"]),
        ("susul completion ", list(SHELLS)),
    ],
)
def test_what_tab_offers(
    line: str, offered: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert completed(line, capsys, monkeypatch) == offered


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_offered(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--help" in completed(f"susul {command} --", capsys, monkeypatch)


def test_a_template_of_ones_own_is_offered(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit):
        main(["templates", "copy", "en/decline"])
    (own_home / "templates" / "en" / "decline" / "any.9.j2").write_text("{# Mine. #}\nNo.\n", "utf-8")
    capsys.readouterr()

    assert completed("susul templates show en/decline/any.9", capsys, monkeypatch) == ["en/decline/any.9.j2"]


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``susul`` is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    susul = folder / "susul"
    susul.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m susul "$@"\n', "utf-8")
    susul.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(tmp_path)}


def said(shell: str, code: str, environment: dict[str, str]) -> list[str]:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    plain = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *plain, "-c", code], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def saved(shell: str, folder: Path) -> str:
    path = folder / f"completion.{shell}"
    path.write_text(script(shell), "utf-8")
    return shlex.quote(str(path))


def test_bash_completes(tmp_path: Path, program: dict[str, str]) -> None:
    asked = "COMP_WORDS=(susul draft x --as th); COMP_CWORD=4; _susul_completion susul"
    code = f'source {saved("bash", tmp_path)}; complete -p susul; {asked}; printf "%s\\n" "${{COMPREPLY[@]}}"'

    registered, *offered = said("bash", code, program)

    assert "_susul_completion susul" in registered
    assert offered == ["thank_you"]


def test_fish_completes_and_says_what_for(tmp_path: Path, program: dict[str, str]) -> None:
    (offered,) = said("fish", f'source {saved("fish", tmp_path)}; complete -C "susul dr"', program)

    assert offered.startswith("draft\tWrite one draft")  # fish is told no further than to the first comma


def test_zsh_completes(tmp_path: Path, program: dict[str, str]) -> None:
    """``compadd`` and ``_describe`` work inside zsh's editor only, so they are stood in for here."""
    code = f"""
        compdef() {{ :; }}
        source {saved("zsh", tmp_path)}
        _describe() {{ print -l -- "${{(@P)3}}"; }}
        compadd() {{ :; }}
        words=(susul dr); CURRENT=2
        _susul_completion
    """
    assert any(line.startswith("draft:") for line in said("zsh", code, program))


@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_prints_the_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["completion", shell])

    assert capsys.readouterr().out == script(shell)
