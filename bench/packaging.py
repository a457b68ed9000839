"""Installs the built wheel and sdist in empty environments, for every Python found, and runs susul away from here.

``python bench/packaging.py dist`` after ``make wheel``. An environment holds nothing but what the package names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"
RUNS = (
    (("--version",), "susul, version "),
    (("--help",), "Commands:"),
    (("demo",), "A second sync wrote 0 drafts"),
    (("completion", "bash"), "_susul_completion"),
    (("templates", "check"), "nothing is wrong"),
)
PATIENCE = 900  # seconds


def pythons() -> dict[str, str]:
    """The newest interpreter of each version, on the PATH or where pyenv keeps them, by version."""
    roots = [Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"]
    found: dict[str, str] = {}
    for version in VERSIONS:
        kept = [path for root in roots for path in root.glob(f"{version}.*/bin/python3")]
        candidates = [str(path) for path in sorted(kept, reverse=True)] + [shutil.which(f"python{version}") or ""]
        working = next((name for name in candidates if name and _is(version, name)), None)
        if working:
            found[version] = working
    return found


def _is(version: str, program: str) -> bool:
    says = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([program, "-c", says], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() == version


def tried(python: str, package: Path, folder: Path) -> str:
    """Why it failed; empty where everything ran."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment |= {"SUSUL_HOME": str(folder / "home"), "NO_COLOR": "1"}
    venv = folder / "venv"
    steps = [
        [python, "-m", "venv", str(venv)],
        [
            str(venv / "bin" / "pip"),
            "--quiet",
            "--disable-pip-version-check",
            "install",
            "-c",
            str(CONSTRAINTS),
            str(package),
        ],
    ]
    for step in steps:
        done = _run(step, folder, environment)
        if done.returncode:
            return f"{' '.join(step[:4])}: {done.stderr.strip()[-400:]}"
    for arguments, expected in RUNS:
        done = _run([str(venv / "bin" / "susul"), *arguments], folder, environment)
        if done.returncode or expected not in done.stdout:
            return f"susul {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-400:]}"
    manual = venv / "share" / "man" / "man1" / "susul.1"
    return "" if manual.is_file() else "the manual page is missing"


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def main(dist: Path) -> int:
    packages = [max(dist.glob(pattern), key=lambda path: path.stat().st_mtime) for pattern in ("*.whl", "*.tar.gz")]
    failed = 0
    for version, python in pythons().items():
        for package in packages:
            began = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="susul-packaging-") as folder:
                why = tried(python, package.resolve(), Path(folder))
            failed += bool(why)
            print(f"{version:<5} {package.name:<30} {time.monotonic() - began:4.0f} s  {why or 'ok'}", flush=True)
    missing = [version for version in VERSIONS if version not in pythons()]
    if missing:
        print(f"Not found here: Python {', '.join(missing)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")))
