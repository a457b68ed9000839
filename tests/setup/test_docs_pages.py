"""The pages about setting up name what there is: sentences, options, boxes and links."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from susul.cli import COMMANDS
from susul.cli.schedule import STYLES
from susul.sources.google import saved_sign_in
from susul.sources.google.walk_through import whole_way

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TROUBLE = (DOCS / "troubleshooting.md").read_text("utf-8")
SENTENCES = re.findall(r"^\| (.+?) \| .+ \|$", TROUBLE.replace("| --- |", ""), re.MULTILINE)
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
JOINED = re.sub(r'"\s*\n\s*f?"', "", SOURCES)  # a sentence may go on in the next line of the source
OF_SIGNING_IN = ("auth", "client_secrets", "endpoints", "loopback")


@pytest.mark.parametrize("sentence", [one for one in SENTENCES if one != "Susul says"])
def test_every_sentence_of_the_page_is_one_that_susul_says(sentence: str) -> None:
    for part in sentence.split("…"):
        assert part.strip(" ,:().") in JOINED, part


def spoken(module: str) -> list[str]:
    """The longest constant part of each sentence that a module of the sign-in ends with."""
    tree = ast.parse((ROOT / "src" / "susul" / "sources" / "google" / f"{module}.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    raised = [call.args[0] for call in calls if getattr(call.func, "id", "") in ("SignInNeeded", "ConfigError")]
    parts = [
        [str(one.value) for one in ast.walk(argument) if isinstance(one, ast.Constant)]
        for argument in raised
        if isinstance(argument, ast.Constant | ast.JoinedStr)
    ]
    return [max(found, key=len).strip(" ,:.") for found in parts]


@pytest.mark.parametrize("module", OF_SIGNING_IN)
def test_every_sentence_about_signing_in_is_on_the_page(module: str) -> None:
    for sentence in spoken(module):
        assert sentence in TROUBLE or "can't be read" in sentence or "is damaged" in sentence, sentence


def test_the_first_cause_of_an_ended_sign_in_is_the_seven_days() -> None:
    first_row = TROUBLE.split("| --- | --- |\n")[1].splitlines()[0]

    assert first_row.startswith("| Google no longer accepts the saved sign-in.")
    assert first_row.index("7 days") < first_row.index("password")


def test_the_setup_page_names_all_that_the_walk_through_names() -> None:
    page = (DOCS / "google-setup.md").read_text("utf-8")
    steps = whole_way(Path("credentials.json"))

    for name in re.findall(r'"([^"]+)"', steps):
        assert name in page, name
    for link in re.findall(r"https://\S+", steps):
        assert link.rstrip(".,") in page, link
    for told in saved_sign_in.WITHOUT.values():
        assert told.partition("”")[0].strip("“") in " ".join(page.split()), told


def test_the_cron_page_names_every_style_and_exit_code() -> None:
    page = (DOCS / "cron.md").read_text("utf-8")

    for style in STYLES:
        assert f"`--{style}`" in page
    for code in range(6):
        assert re.search(rf"^\| {code} \|", page, re.MULTILINE)


@pytest.mark.parametrize("name", ["google-setup", "cron", "troubleshooting", "configuration"])
def test_commands_and_links_of_a_page_are_there(name: str) -> None:
    page = (DOCS / f"{name}.md").read_text("utf-8")

    for command in re.findall(r"`susul (\w+)", page):
        assert command in COMMANDS, command
    for link in re.findall(r"\]\(([\w-]+\.md)?(#[\w-]+)?\)", page):
        target = DOCS / (link[0] or f"{name}.md")
        assert target.exists(), link
        headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
        anchors = {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not link[1] or link[1] in anchors, link
