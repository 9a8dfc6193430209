"""Parquet goes through the same checks as CSV."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from service.ingest.errors import NothingLoaded
from tests.graph_folders import all_rejects, make, read, rejects


def test_the_same_folder_as_csv_and_parquet(tmp_path: Path) -> None:
    texts = {
        "people": "id,name,optedOut\na,Ada,true\nb,Ben,\nc,Cy,false\n,No,\na,Ada,false\n",
        "brands": "id,name\nx,Xeno\n",
        "topics": "id,name,parentId\nt,Tea,u\nu,Oolong,t\n",
        "roles": "personId,brandId,kind,since\na,x,EMPLOYEE,2020-01-01\na,x,BOSS,\n",
        "interactions": "at,fromId,toId,kind,topicId\n2024-01-01T00:30:00+01:00,a,b,REVIEW,t\n2024-01-01,a,a,REVIEW,\n",
        "trust": "fromId,toId,strength\nb,a,-0.25\nb,c,7\nb,c,0.125\n",
    }
    as_csv = read(make(tmp_path / "csv", **texts))
    folder = tmp_path / "parquet"
    folder.mkdir()
    for name in texts:
        pl.read_csv(tmp_path / "csv" / f"{name}.csv", infer_schema=False).write_parquet(folder / f"{name}.parquet")
    as_parquet = read(folder)
    for name, table in as_csv.tables.items():
        assert as_parquet.tables[name].rows.equals(table.rows), name
    assert as_parquet.trust.trust.equals(as_csv.trust.trust)
    assert as_parquet.trust.distrust.equals(as_csv.trust.distrust)
    listed = [(r.file.split(".")[0], r.line, r.reason, r.row, r.repaired) for r in all_rejects(as_parquet)]
    assert listed == [(r.file.split(".")[0], r.line, r.reason, r.row, r.repaired) for r in all_rejects(as_csv)]
    assert len(listed) == 6


def test_typed_columns(tmp_path: Path) -> None:
    folder = make(tmp_path)
    pl.DataFrame(
        {
            "at": [datetime(2024, 5, 1, 23, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC), None],
            "fromId": ["a", "a", "a"],
            "toId": ["b", "b", "b"],
            "kind": ["REVIEW", "REVIEW", "REVIEW"],
            "paid": [True, None, False],
            "note": [["x"], [], None],
        }
    ).write_parquet(folder / "interactions.parquet")
    pl.DataFrame(
        {"fromId": ["b", "b"], "toId": ["a", "c"], "strength": [float("nan"), -0.5], "since": [None, date(2024, 1, 1)]}
    ).write_parquet(folder / "trust.parquet")
    checked = read(folder)
    assert rejects(checked) == [
        ("interactions.parquet", 4, "at is empty"),
        ("trust.parquet", 2, "strength is not a number"),
    ]
    assert all_rejects(checked)[0].row == ",a,b,REVIEW,false"
    (row,) = checked.trust.trust.to_dicts()
    assert (row["since"], row["lastSeen"], row["paid"]) == (date(2024, 5, 1), date(2024, 5, 2), True)
    assert checked.trust.distrust.to_dicts() == [
        {"fromId": "b", "toId": "c", "topicId": "", "strength": 0.5, "since": date(2024, 1, 1), "lastSeen": None}
    ]
    assert "interactions.parquet: the column note is ignored: it has no meaning here." in checked.notes


def test_whole_numbers_serve_as_ids(tmp_path: Path) -> None:
    pl.DataFrame({"id": [1, 2], "name": ["Ada", "Ben"]}).write_parquet(tmp_path / "people.parquet")
    (tmp_path / "trust.csv").write_text("fromId,toId,strength\n1,2,0.5\n")
    checked = read(tmp_path)
    assert checked.tables["people"].rows["id"].to_list() == ["1", "2"]
    assert checked.trust.trust.height == 1


def test_what_is_no_parquet(tmp_path: Path) -> None:
    folder = make(tmp_path)
    (folder / "brands.csv").unlink()
    (folder / "brands.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(NothingLoaded, match=r"brands\.parquet cannot be read as Parquet"):
        read(folder)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pl.DataFrame({"id": ["a"]}), r"people\.parquet: the header lacks name"),
        (pl.DataFrame({"id": [1.5], "name": ["Ada"]}), r"people\.parquet: the column id holds Float64"),
        (pl.DataFrame({"id": ["a"], "name": [["Ada"]]}), r"people\.parquet: the column name holds List"),
    ],
)
def test_columns_that_do_not_do(tmp_path: Path, frame: pl.DataFrame, message: str) -> None:
    frame.write_parquet(tmp_path / "people.parquet")
    with pytest.raises(NothingLoaded, match=message):
        read(tmp_path)
