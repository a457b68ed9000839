"""``susul templates``: what each command says, writes and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from accounts import as_json

from susul.drafting import Library, bundled_templates

if TYPE_CHECKING:
    from pathlib import Path

    from accounts import Ask

ANY_1 = "en/nudge/any.1.j2"


@pytest.fixture
def templates(ask: Ask) -> Ask:
    """Runs one command of the group."""
    return lambda *arguments: ask("templates", *arguments)


def own(home: Path, name: str, text: str | bytes) -> Path:
    path = home / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_list_tells_what_each_is_for_and_which_are_yours(own_home: Path, templates: Ask) -> None:
    own(own_home, ANY_1, "{#- Mine, shorter. -#}\n{{ greeting }}\n")

    code, out, err = templates("list", "--language", "en")
    rows = as_json(templates("list", "--json")[1])["templates"]

    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert set(lines) == {name for name in Library().templates if name.startswith("en/")}
    assert "yours  Mine, shorter." in lines[ANY_1]
    assert "1 of them yours" in err
    mine = next(row for row in rows if row["own"])
    assert (mine["name"], mine["language"], mine["step"]) == (ANY_1, "en", "nudge")
    assert (mine["kind"], mine["occasion"], mine["variant"], mine["purpose"]) == ("any", None, "1", "Mine, shorter.")
    assert {row["occasion"] for row in rows} == {None, "promised", "passed", "again", "offer"}


def test_an_unknown_language_is_told(templates: Ask) -> None:
    code, _, err = templates("list", "--language", "xx")

    assert code == 2
    assert "Known: en, id" in err


def test_show_prints_the_template_as_it_is_written(own_home: Path, templates: Ask) -> None:
    own(own_home, ANY_1, "mine\n")
    bundled = (bundled_templates() / ANY_1).read_text("utf-8")

    assert templates("show", "en/nudge/any.1")[:2] == (0, "mine\n")
    assert templates("show", ANY_1, "--bundled")[:2] == (0, bundled)
    code, _, err = templates("show", "en/nugde/any.1")
    assert code == 2
    assert "Did you mean en/nudge/any.1?" in err
    assert templates("show", "en/nudge")[0] == 2


def test_copies_are_private_and_never_written_over_unasked(own_home: Path, templates: Ask) -> None:
    bundled = (bundled_templates() / ANY_1).read_bytes()

    code, out, _ = templates("copy", "en/nudge", "id/decline/any.1")

    assert code == 0
    files = [path for path in (own_home / "templates").rglob("*") if path.is_file()]
    assert sorted(map(str, files)) == sorted(out.split())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    folders = {own_home, own_home / "templates", *(path.parent for path in files), *(p.parent.parent for p in files)}
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    mine = own(own_home, ANY_1, "mine")
    code, _, err = templates("copy", ANY_1)
    assert (code, mine.read_bytes()) == (1, b"mine")
    assert "stays as it is" in err
    assert templates("copy", ANY_1, "--force")[0] == 0
    assert mine.read_bytes() == bundled
    assert mine.stat().st_mode & 0o777 == 0o600


def test_a_copy_does_not_follow_a_link_out_of_the_folder(own_home: Path, templates: Ask, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("theirs", "utf-8")
    link = own(own_home, ANY_1, "")
    link.unlink()
    link.symlink_to(outside)

    assert templates("copy", ANY_1)[0] == 1
    assert templates("copy", ANY_1, "--force")[0] == 0

    assert outside.read_text("utf-8") == "theirs"
    assert not link.is_symlink()


def test_nothing_is_wrong_with_the_bundled_templates(templates: Ask) -> None:
    code, out, _ = templates("check")

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
    own_home: Path, templates: Ask, text: str | bytes, line: int, said: str
) -> None:
    path = own(own_home, ANY_1, text)

    code, out, _ = templates("check")
    found = as_json(templates("check", "--json")[1])

    assert code == 2
    assert out.startswith(f"{path}, line {line}: ")
    assert said in out
    assert [(fault["file"], fault["line"]) for fault in found["faults"]] == [(str(path), line)]


def test_a_fact_of_the_config_is_no_fault(own_home: Path, templates: Ask) -> None:
    own(own_home, ANY_1, "{#- x -#}\n{{ extra.site }} {{ headline }} {% for link in links %}{{ link }}{% endfor %}\n")
    (own_home / "config.toml").write_text('[owner.extra]\nsite = "https://rina.example"\n', "utf-8")

    assert templates("check")[0] == 0
    assert "https://rina.example" in templates("preview", ANY_1)[1]


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
def test_a_file_that_no_draft_would_use_is_told(own_home: Path, templates: Ask, name: str, nearest: str) -> None:
    path = own(own_home, name, "{#- x -#}\n{{ greeting }}\n")

    code, out, _ = templates("check")

    assert code == 2
    (line,) = [line for line in out.splitlines() if line.startswith(str(path))]
    assert "no draft is ever written" in line
    assert nearest in line


@pytest.mark.parametrize("name", ["en/nudge/any.17.j2", "en/decline/task.1.j2", ".DS_Store", "en/nudge/any.1.j2~"])
def test_a_right_name_is_no_fault(own_home: Path, templates: Ask, name: str) -> None:
    own(own_home, name, "{#- x -#}\n{{ greeting }}\n")

    assert templates("check")[0] == 0


def test_a_preview_shows_both_samples_of_what_is_named(templates: Ask) -> None:
    code, out, _ = templates("preview", "en/nudge/any.1", "id/decline/any.1")

    assert code == 0
    assert "en/nudge/any.1.j2 (proposal, rich)" in out
    assert "en/nudge/any.1.j2 (proposal, sparse)" in out
    assert "  | Yth. Ibu Dewi," in out


def test_the_html_preview_is_one_page(templates: Ask, tmp_path: Path) -> None:
    page = tmp_path / "gallery.html"

    code, out, err = templates("preview", "--html", str(page), "--language", "id")

    assert (code, out) == (0, "")
    assert "63 drafts" in err
    assert page.read_text("utf-8").count("<article") == 63
    assert templates("preview", "--html", str(tmp_path / "none" / "x.html"))[0] == 1


def test_the_preview_as_json_holds_whole_drafts(templates: Ask) -> None:
    (one,) = as_json(templates("preview", ANY_1, "--json")[1])["drafts"]

    assert (one["name"], one["step"], one["kind"]) == (ANY_1, "nudge", "meeting")
    assert one["draft"]["to"]
    assert one["facts"]["proposed"] == "Thursday 23 July at 10:00"


def test_a_broken_template_ends_a_preview_with_2(own_home: Path, templates: Ask) -> None:
    own(own_home, ANY_1, "{{ greting }}")

    for options in ((), ("--json",)):
        code, _, err = templates("preview", ANY_1, *options)
        assert code == 2
        assert "greeting" in err
