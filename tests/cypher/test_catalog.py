"""The format of statement files, and the files of cypher/ held against it."""

import re
from pathlib import Path

import pytest

from service.settings import CYPHER
from service.store.catalog import Catalog, CatalogError, Statement, parse
from service.store.catalog_check import parameters_of

GOOD = """// find: people by id.
/*
:params { id: 'p1',
          first: 5 }
access:  read
params:  id: ID; first: INTEGER, at most
         this many
returns: name: STRING
order:   name, id
timeout: 7 s

A note: with a colon.
*/
MATCH (p:Person {id: $id}) RETURN p.name AS name ORDER BY name LIMIT $first;
"""


def in_file(folder: Path, text: str, name: str = "find") -> Path:
    path = folder / "read" / f"{name}.cypher"
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_statement_is_what_its_header_says(tmp_path: Path) -> None:
    statement = parse(in_file(tmp_path, GOOD))
    assert (statement.name, statement.title, statement.folder) == ("find", "people by id.", "read")
    assert (statement.access, statement.order, statement.timeout_seconds) == ("read", "name, id", 7)
    assert statement.params == {"id": "ID", "first": "INTEGER, at most this many"}
    assert statement.returns == {"name": "STRING"}
    assert statement.example == "{ id: 'p1', first: 5 }"
    assert statement.text == GOOD


def test_none_means_no_names(tmp_path: Path) -> None:
    text = GOOD.replace("id: ID; first: INTEGER, at most\n         this many", "none")
    assert parse(in_file(tmp_path, text)).params == {}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("// find", "find", "begins with no header"),
        ("// find", "// found", "the header says found"),
        ("access:  read\n", "", "lacks access"),
        ("order:   name, id\ntimeout: 7 s\n", "", "lacks order, timeout"),
        ("access:  read", "access:  admin", "access is 'admin', not read, write or schema"),
        ("7 s", "soon", "timeout is 'soon'"),
        ("7 s", "7 s or more", "timeout is '7 s or more'"),
    ],
)
def test_a_malformed_file_is_named_with_what_is_wrong(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = in_file(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(CatalogError, match=re.escape(complaint)) as raised:
        parse(path)
    assert str(path) in str(raised.value)


def test_a_catalogue_has_each_name_once(tmp_path: Path) -> None:
    in_file(tmp_path, GOOD)
    catalog = Catalog.load(tmp_path)
    assert "find" in catalog
    assert "found" not in catalog
    assert [statement.name for statement in catalog] == ["find"]
    assert catalog["find"].timeout_seconds == 7
    other = tmp_path / "write"
    other.mkdir()
    (other / "find.cypher").write_text(GOOD, encoding="utf-8")
    with pytest.raises(CatalogError, match="the name find is taken"):
        Catalog.load(tmp_path)


@pytest.mark.parametrize(
    ("cypher", "names"),
    [
        ("RETURN $a + $bC, $a", {"a", "bC"}),
        ("// $no\nRETURN $yes // $no", {"yes"}),
        ("/* $no\n$no */ RETURN 1", set()),
        ("RETURN '$no', \"$no\", `$no`, $yes", {"yes"}),
        (r"RETURN 'it\'s $no', $yes", {"yes"}),
        ("RETURN 'http://x', $yes", {"yes"}),
        ("RETURN \"/* \", $yes, ' */'", {"yes"}),
    ],
)
def test_parameters_are_found_outside_comments_and_literals(cypher: str, names: set[str]) -> None:
    assert parameters_of(cypher) == names


STATEMENTS = list(Catalog.load(CYPHER))


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.name)
def test_every_file_keeps_to_the_house_rules(statement: Statement) -> None:
    body = statement.text.partition("*/\n")[2]
    assert body.rstrip().endswith(";")
    assert body.count(";\n") == 1, "one statement a file"
    assert statement.example, "an example to run"
    names = [*statement.params, *statement.returns]
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", name) for name in names), "camelCase"
    assert all([*statement.params.values(), *statement.returns.values()]), "every name has a type"
    assert statement.title.endswith("."), "a title is a sentence"


def test_every_file_is_in_a_folder_that_is_read() -> None:
    assert {path.stem for path in CYPHER.rglob("*.cypher")} == {statement.name for statement in STATEMENTS}


def test_the_readme_lists_exactly_the_queries() -> None:
    table = re.findall(
        r"^\| \[(\w+)\]\(read/(\w+)\.cypher\) \|", (CYPHER / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert all(name == file for name, file in table)
    assert sorted(name for name, _ in table) == sorted(s.name for s in STATEMENTS if s.folder == "read")
