"""The words of `cypher`: names, parameters, formats."""

from datetime import UTC, date, datetime

import pytest

from service.cli import cypher
from service.cli.cypher import Format, find, read_params, value_of
from service.domain.errors import InvalidInput
from service.settings import CYPHER
from service.store.catalog import Catalog
from tests.cli.conftest import Instance

CATALOG = Catalog.load(CYPHER)


def test_without_a_name_the_catalogue_is_listed(instance: Instance) -> None:
    done = instance.call("cypher")
    assert done.exit_code == 0
    for folder in ("read", "schema", "snapshot", "write"):
        assert f"cypher/{folder}" in done.stdout
    assert "through" not in done.stderr
    for statement in CATALOG:
        assert statement.name in done.stdout


def test_unknown_name_is_told_with_its_neighbours() -> None:
    with pytest.raises(InvalidInput, match=r"no statement peeple_page\. Did you mean people_page"):
        find(CATALOG, "peeple_page")
    with pytest.raises(InvalidInput, match="Without a name, all are listed"):
        find(CATALOG, "xyzzy")


@pytest.mark.parametrize(
    ("meaning", "text", "value"),
    [
        ("ID", "123", "123"),
        ("ID or null", "null", None),
        ("STRING, '' to begin", "", ""),
        ("STRING", '"quoted"', '"quoted"'),
        ("INTEGER", "12", 12),
        ("FLOAT", "0.5", 0.5),
        ("BOOLEAN", "true", True),
        ("[ID]", '["1", "2"]', ["1", "2"]),
        ("[ID]", "p1,p2", ["p1", "p2"]),
        ("DATE", "2024-01-31", date(2024, 1, 31)),
        ("DATE or null (today)", "null", None),
        ("DATETIME", "2024-01-31T10:00:00+00:00", datetime(2024, 1, 31, 10, tzinfo=UTC)),
        ("EXACT, RELATED or ANY", "ANY", "ANY"),
    ],
)
def test_values_are_read_by_what_the_header_says(meaning: str, text: str, value: object) -> None:
    assert value_of("x", text, meaning) == value
    assert type(value_of("x", text, meaning)) is type(value)


@pytest.mark.parametrize("meaning", ["DATE", "DATETIME"])
def test_bad_dates_are_refused(meaning: str) -> None:
    with pytest.raises(InvalidInput, match=r"--param day: '31\.1\.' is no date"):
        value_of("day", "31.1.", meaning)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["limit=5"], r"still needs afterName \(STRING.*\); afterId \(ID.*Its example: {"),
        (
            ["limit=5", "afterName=", "afterId=", "withOptedOut=true", "other=1"],
            "--param other: people_page takes afterName, afterId",
        ),
        (["limit"], "'limit' is not of the form key=value"),
        (["=5"], "'=5' is not of the form key=value"),
    ],
)
def test_wrong_parameters_are_told(pairs: list[str], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_params(CATALOG["people_page"], pairs)


def test_value_may_hold_an_equals_sign() -> None:
    read = read_params(CATALOG["people_page"], ["limit=5", "afterName=a=b", "afterId=", "withOptedOut=false"])
    assert read == {"limit": 5, "afterName": "a=b", "afterId": "", "withOptedOut": False}


def test_writing_must_be_meant(instance: Instance) -> None:
    done = instance.call("cypher", "wipe_nodes", "--param", "batch=1")
    assert done.exit_code == 2
    assert "say --write if you mean it" in done.stderr


ROWS = [{"id": "ä,1", "n": 3, "list": ["a", "b"], "day": date(2024, 1, 31), "flag": True, "none": None}]


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    cypher.show(ROWS, list(ROWS[0]), Format.CSV)
    assert capsys.readouterr().out == ('id,n,list,day,flag,none\n"ä,1",3,"[""a"", ""b""]",2024-01-31,true,\n')


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    cypher.show([{"id": "[red]ä", "n": 1}], ["id", "n"], Format.TABLE)
    cells = [cell.strip() for cell in capsys.readouterr().out.splitlines()[3].split("│")]
    assert cells == ["", "[red]ä", "1", ""]
