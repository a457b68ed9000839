"""Would a test notice? Change one thing in the code, run the tests that bear on it: ``make mutants``.

    python bench/mutants.py              every target
    python bench/mutants.py decide       one of them, with the survivors' names
    python bench/mutants.py dates --sample 100 --seed 7

mutmut makes and runs the changes in a copy of the working tree under a temporary folder; nothing here is touched. A
change of a sentence's words only ("reasons") is counted apart: a reason is pinned where a reader depends on it, and its
spelling is the business of the report's tests. Of a target that is too big, a random sample with a fixed seed is run.

Needs mutmut, which nothing else here does: ``pip install -r requirements-mutants.txt``.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
COPIED = ("src", "tests", "templates", "bench", "docs", "pyproject.toml", "README.md", "Makefile")
COPIED_TOO = ("constraints.txt", "constraints-lowest.txt")
_PYTEST = ("-p", "no:xdist", "-p", "no:cacheprovider", "-p", "forgetful")
KILLED, SURVIVED, UNTESTED, TIMEOUT = "killed", "survived", "no tests", "timeout"
# The exit codes that mutmut writes down: pytest's own, 33 for "no test runs through it", and what a time limit leaves.
OUTCOMES = {0: SURVIVED, 1: KILLED, 3: KILLED, 5: UNTESTED, 33: UNTESTED, 24: TIMEOUT, -24: TIMEOUT, 36: TIMEOUT}


@dataclass(frozen=True, slots=True)
class Target:
    """Code to change (a glob from the root), and the quickest tests that bear on it; ``sample`` bounds the changes.

    ``but``: tests of these names are left out, for they measure time, and what mutmut puts around a function takes
    some.
    """

    code: str
    tests: tuple[str, ...]
    sample: int = 0
    but: str = ""


TARGETS = {
    "days": Target("src/susul/days.py", ("tests/core/test_days.py", "tests/core/test_config.py")),
    "decide": Target(
        "src/susul/decide.py",
        ("tests/core/test_decisions_on_stories.py",),
    ),
    "reconcile": Target("src/susul/reconcile.py", ("tests/core/test_reconcile.py", "tests/core/test_on_request.py")),
    "dates": Target(
        "src/susul/reading/dates/*.py",
        ("tests/dates", "tests/signals/test_deadlines.py"),
        sample=320,
        but="hostile",
    ),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change, by the name that ``mutmut show`` knows. ``wording``: only the words of a sentence differ."""

    name: str
    outcome: str
    wording: bool


def main() -> int:
    arguments = _arguments()
    for name in arguments.targets or TARGETS:
        target = TARGETS[name]
        with tempfile.TemporaryDirectory(prefix="susul-mutants-") as folder:
            found = _run(target, Path(folder), arguments.sample or target.sample, arguments.seed, arguments.workers)
        _report(name, found, names_too=bool(arguments.targets))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mutation testing: would a test notice?")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; default: all of them")
    parser.add_argument("--sample", type=int, default=0, help="run so many changes, chosen at random")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    unknown = set(arguments.targets) - TARGETS.keys()
    if unknown:
        parser.error(f"there is no target {min(unknown)}")
    return arguments


def _run(target: Target, folder: Path, sample: int, seed: int, workers: int) -> list[Mutant]:
    """mutmut on a copy in ``folder``; what it prints goes to a file there."""
    _copy(folder)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write(_config(target))
    chosen = _chosen(target, folder, sample, seed) if sample else []
    log = folder / "mutmut.log"
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "mutmut", "run", "--max-children", str(workers), *chosen],
            cwd=folder,
            # Hypothesis tries the same examples each time, and the plugin "forgetful" can be imported.
            env={**os.environ, "CI": "1", "PYTHONPATH": str(folder / "bench")},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        sys.exit(f"mutmut ended with {done.returncode}:\n{log.read_text('utf-8', 'replace')[-3000:]}")
    return [mutant for path in sorted(folder.glob(f"mutants/{target.code}")) for mutant in _outcomes(path)]


def _copy(folder: Path) -> None:
    leave_out = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in (*COPIED, *COPIED_TOO):
        source = HERE / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=leave_out)
        else:
            shutil.copy(source, folder / name)


def _config(target: Target) -> str:
    also = [name for name in (*COPIED, *COPIED_TOO) if name not in ("tests", "pyproject.toml")]
    return "\n".join(
        (
            "",
            "[tool.mutmut]",
            'source_paths = ["src"]',
            f"only_mutate = {json.dumps([target.code])}",
            f"also_copy = {json.dumps(also)}",
            f"pytest_add_cli_args = {json.dumps([*_PYTEST, *(('-k', f'not {target.but}') if target.but else ())])}",
            f"pytest_add_cli_args_test_selection = {json.dumps(target.tests)}",
            "",
        )
    )


def _chosen(target: Target, folder: Path, sample: int, seed: int) -> list[str]:
    """Names of ``sample`` changes, the same ones for the same code and seed."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    names: list[str] = []
    for path in sorted(folder.glob(target.code)):
        code = path.relative_to(folder)
        mutated = mutate_file_contents(str(code), path.read_text("utf-8"))
        names += [get_mutant_name(code, name) for name in mutated.mutant_names]
    return random.Random(seed).sample(names, min(sample, len(names)))


def _outcomes(path: Path) -> list[Mutant]:
    """What became of the changes in one file, those that were not run left out."""
    results = path.with_name(path.name + ".meta")
    if not results.exists():
        return []
    codes: dict[str, int | None] = json.loads(results.read_text("utf-8"))["exit_code_by_key"]
    bodies = _bodies(path)
    return [
        Mutant(name, OUTCOMES.get(code, f"exit {code}"), _is_wording(name.rpartition(".")[2], bodies))
        for name, code in codes.items()
        if code is not None
    ]


def _bodies(path: Path) -> dict[str, ast.AST]:
    """The functions of a file that mutmut wrote, each change a function of its own."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _is_wording(name: str, bodies: dict[str, ast.AST]) -> bool:
    """Whether the change and the original differ in one string alone, and that string is a sentence."""
    changed, original = bodies.get(name), bodies.get(name.partition("__mutmut_")[0] + "__mutmut_orig")
    if changed is None or original is None:
        return False
    pairs = list(zip(ast.walk(original), ast.walk(changed), strict=False))
    if any(type(one) is not type(other) for one, other in pairs):
        return False
    differing = [
        (one.value, other.value)
        for one, other in pairs
        if isinstance(one, ast.Constant) and isinstance(other, ast.Constant) and one.value != other.value
    ]
    return len(differing) == 1 and isinstance(differing[0][0], str) and differing[0][0].strip().count(" ") > 1


def _report(name: str, mutants: list[Mutant], *, names_too: bool) -> None:
    for title, some in (
        (name, [m for m in mutants if not m.wording]),
        (f"{name}: reasons", [m for m in mutants if m.wording]),
    ):
        counts = Counter(mutant.outcome for mutant in some)
        noticed = counts[KILLED] + counts[TIMEOUT]
        share = f"{noticed / len(some):.1%}" if some else "–"
        print(f"{title:20} {len(some):5} changes, {share:>6} noticed: {dict(counts.most_common())}")
    if names_too:
        for mutant in mutants:
            if mutant.outcome not in (KILLED, TIMEOUT):
                print(f"  {mutant.outcome:9} {mutant.name}")


if __name__ == "__main__":
    sys.exit(main())
