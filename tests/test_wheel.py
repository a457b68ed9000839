"""What is tested is what ships: the built wheel, run away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(site: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(site)}
    code = f"import susul; assert susul.__file__.startswith({str(site)!r}); from susul.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=False, capture_output=True, text=True, cwd=site, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_templates_languages_and_the_migrations(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}

    assert "susul/policy.toml" in names
    assert "susul/store/migrations/0001.sql" in names
    assert {f"susul/report/{name}" for name in ("report.html.j2", "report.css", "sentences.toml")} <= names
    for code in ("en", "id"):
        assert any(name.startswith(f"susul/templates/{code}/") for name in names)
        assert f"susul/languages/{code}/cases.toml" in names
        assert f"susul/languages/{code}/report.toml" in names
    assert not any("tests/" in name or name.startswith("bench/") for name in names)


def test_the_demo_runs_from_the_wheel(unpacked: Path) -> None:
    assert "A second sync wrote 0 drafts" in run(unpacked, "demo")
