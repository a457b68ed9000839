"""``susul templates``: what each command says, writes and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accounts import as_json

from susul.cli import main
from susul.drafting import Library, bundled_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., tuple[int, str, str]]

ANY_1 = "en/nudge/any.1.j2"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs one command of the group: its exit code, and what it said on standard output and error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["templates", *arguments])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def own(home: Path, name: str, text: str | bytes) -> Path:
    path = home / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_list_tells_what_each_is_for_and_which_are_yours(own_home: Path, ask: Ask) -> None:
    own(own_home, ANY_1, "{#- Mine, shorter. -#}\n{{ greeting }}\n")

    code, out, err = ask("list", "--language", "en")
    rows = as_json(ask("list", "--json")[1])["templates"]

    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert set(lines) == {name for name in Library().templates if name.startswith("en/")}
    assert "yours  Mine, shorter." in lines[ANY_1]
    assert "1 of them yours" in err
    mine = next(row for row in rows if row["own"])
    assert (mine["name"], mine["language"], mine["step"]) == (ANY_1, "en", "nudge")
    assert (mine["kind"], mine["occasion"], mine["variant"], mine["purpose"]) == ("any", None, "1", "Mine, shorter.")
    assert {row["occasion"] for row in rows} == {None, "promised", "passed", "again", "offer"}


def test_an_unknown_language_is_told(ask: Ask) -> None:
    code, _, err = ask("list", "--language", "xx")

    assert code == 2
    assert "Known: en, id" in err


def test_show_prints_the_template_as_it_is_written(own_home: Path, ask: Ask) -> None:
    own(own_home, ANY_1, "mine\n")
    bundled = (bundled_templates() / ANY_1).read_text("utf-8")

    assert ask("show", "en/nudge/any.1")[:2] == (0, "mine\n")
    assert ask("show", ANY_1, "--bundled")[:2] == (0, bundled)
    code, _, err = ask("show", "en/nugde/any.1")
    assert code == 2
    assert "Did you mean en/nudge/any.1?" in err
    assert ask("show", "en/nudge")[0] == 2


def test_copies_are_private_and_never_written_over_unasked(own_home: Path, ask: Ask) -> None:
    bundled = (bundled_templates() / ANY_1).read_bytes()

    code, out, _ = ask("copy", "en/nudge", "id/decline/any.1")

    assert code == 0
    files = [path for path in (own_home / "templates").rglob("*") if path.is_file()]
    assert sorted(map(str, files)) == sorted(out.split())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    folders = {own_home, own_home / "templates", *(path.parent for path in files), *(p.parent.parent for p in files)}
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    mine = own(own_home, ANY_1, "mine")
    code, _, err = ask("copy", ANY_1)
    assert (code, mine.read_bytes()) == (1, b"mine")
    assert "stays as it is" in err
    assert ask("copy", ANY_1, "--force")[0] == 0
    assert mine.read_bytes() == bundled
    assert mine.stat().st_mode & 0o777 == 0o600


def test_a_copy_does_not_follow_a_link_out_of_the_folder(own_home: Path, ask: Ask, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("theirs", "utf-8")
    link = own(own_home, ANY_1, "")
    link.unlink()
    link.symlink_to(outside)

    assert ask("copy", ANY_1)[0] == 1
    assert ask("copy", ANY_1, "--force")[0] == 0

    assert outside.read_text("utf-8") == "theirs"
    assert not link.is_symlink()


def test_nothing_is_wrong_with_the_bundled_templates(ask: Ask) -> None:
    code, out, _ = ask("check")

    assert code == 0
    assert out == f"Checked {len(Library().templates)} templates, 0 of them yours: nothing is wrong.\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{#- x -#}\n{{ greeting }}\n\n{{ greting }}\n", 4, "there is no variable 'greting'; did you mean 'greeting'?"),
        ("{#- x -#}\n{% if several and role == 'x' %}\n{{ compny }}\n{% endif %}\n", 3, "'compny'"),
        ("{#- x -#}\n{{ extra.site }}\n", 2, "[owner.extra] in config.toml, has no 'site'"),
        ("{#- x -#}\n{% if role %}\n", 2, "end of template"),
        (b"{#- x -#}\n\xff\xfe", 1, "UTF-8"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    own_home: Path, ask: Ask, text: str | bytes, line: int, said: str
) -> None:
    path = own(own_home, ANY_1, text)

    code, out, _ = ask("check")
    found = as_json(ask("check", "--json")[1])

    assert code == 2
    assert out.startswith(f"{path}, line {line}: ")
    assert said in out
    assert [(fault["file"], fault["line"]) for fault in found["faults"]] == [(str(path), line)]


def test_a_fact_of_the_config_is_no_fault(own_home: Path, ask: Ask) -> None:
    own(own_home, ANY_1, "{#- x -#}\n{{ extra.site }} {{ headline }} {% for link in links %}{{ link }}{% endfor %}\n")
    (own_home / "config.toml").write_text('[owner.extra]\nsite = "https://rina.example"\n', "utf-8")

    assert ask("check")[0] == 0
    assert "https://rina.example" in ask("preview", ANY_1)[1]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("en/nugde/any.1.j2", "en/nudge/any.1.j2"),
        ("en/nudge/any.j2", "en/nudge/any."),
        ("en/nudge/any-promissed.1.j2", "en/nudge/any-passed.1.j2"),
        ("eng/status_check/proposal.1.j2", "en/status_check/proposal.1.j2"),
        ("status_check/proposal.1.j2", "status_check/proposal.1.j2"),
        ("en/status_check/proposal.1.txt", "en/status_check/proposal.1.j2"),
        ("notes.txt", ""),
    ],
)
def test_a_file_that_no_draft_would_use_is_told(own_home: Path, ask: Ask, name: str, nearest: str) -> None:
    path = own(own_home, name, "{#- x -#}\n{{ greeting }}\n")

    code, out, _ = ask("check")

    assert code == 2
    (line,) = [line for line in out.splitlines() if line.startswith(str(path))]
    assert "no draft is ever written" in line
    assert nearest in line


@pytest.mark.parametrize("name", ["en/nudge/any.17.j2", "en/decline/task.1.j2", ".DS_Store", "en/nudge/any.1.j2~"])
def test_a_right_name_is_no_fault(own_home: Path, ask: Ask, name: str) -> None:
    own(own_home, name, "{#- x -#}\n{{ greeting }}\n")

    assert ask("check")[0] == 0


def test_a_preview_shows_both_samples_of_what_is_named(ask: Ask) -> None:
    code, out, _ = ask("preview", "en/nudge/any.1", "id/decline/any.1")

    assert code == 0
    assert "en/nudge/any.1.j2 (proposal, rich)" in out
    assert "en/nudge/any.1.j2 (proposal, sparse)" in out
    assert "  | Yth. Ibu Dewi," in out


def test_the_html_preview_is_one_page(ask: Ask, tmp_path: Path) -> None:
    page = tmp_path / "gallery.html"

    code, out, err = ask("preview", "--html", str(page), "--language", "id")

    assert (code, out) == (0, "")
    assert "63 drafts" in err
    assert page.read_text("utf-8").count("<article") == 63
    assert ask("preview", "--html", str(tmp_path / "none" / "x.html"))[0] == 1


def test_the_preview_as_json_holds_whole_drafts(ask: Ask) -> None:
    (one,) = as_json(ask("preview", ANY_1, "--json")[1])["drafts"]

    assert (one["name"], one["step"], one["kind"]) == (ANY_1, "nudge", "meeting")
    assert one["draft"]["to"]
    assert one["facts"]["proposed"] == "Thursday 23 July at 10:00"


def test_a_broken_template_ends_a_preview_with_2(own_home: Path, ask: Ask) -> None:
    own(own_home, ANY_1, "{{ greting }}")

    for options in ((), ("--json",)):
        code, _, err = ask("preview", ANY_1, *options)
        assert code == 2
        assert "greeting" in err
