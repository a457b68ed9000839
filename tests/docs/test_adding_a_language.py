"""The walk-through of docs/adding-a-language.md, followed word by word on a copy of the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-language.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (file=(\S+)|output))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(folder: Path) -> None:
    said = ""
    for kind, info, file, text in BLOCK.findall(PAGE):
        if file:
            (folder / file).write_text(text, "utf-8")
        elif kind == "sh":
            said = in_shell(folder, text)
        elif info == "output":
            assert said.startswith(text), said


def in_shell(folder: Path, commands: str) -> str:
    program = folder / "bin"
    program.mkdir(exist_ok=True)
    susul = program / "susul"
    susul.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}/src" exec "{sys.executable}" -m susul "$@"\n', "utf-8")
    susul.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program}:{os.environ['PATH']}", "SUSUL_HOME": str(folder / "home")}
    done = subprocess.run(
        ["sh", "-e", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", tmp_path / "templates")

    follow(tmp_path)

    touched = {path.relative_to(tmp_path).parts[:4] for path in tmp_path.rglob("nl*") if path.is_dir()}
    assert touched == {("src", "susul", "languages", "nl"), ("templates", "nl")}
