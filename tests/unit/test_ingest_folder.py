"""Whole folders: every way in which a row is refused or mended, and what a folder must not be."""

import gzip
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from service.ingest.errors import NothingLoaded
from service.ingest.folder import require_people
from service.ingest.raw import LINE
from service.ingest.rejects import Reject, write_rejects
from tests.graph_folders import all_rejects, listed, make, read, rejects


def test_the_least_folder(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\na,Ada\n")
    folder = read(tmp_path)
    assert folder.tables["people"].rows.rows() == [(2, "a", "Ada")]
    assert {name: table.rows.height for name, table in folder.tables.items()} == {
        "people": 1, "brands": 0, "topics": 0, "roles": 0, "interactions": 0, "trust": 0,
    }  # fmt: skip
    assert folder.trust.trust.is_empty()
    assert folder.trust.distrust.is_empty()
    assert folder.notes == ()
    assert folder.dataset.name == tmp_path.name


def test_people(tmp_path: Path) -> None:
    people = (
        "id,name,optedOut,headline,location\n"
        "a,Ada,true,Countess,London\n"
        ",Nobody,,,\n"
        f"{'x' * 201},Long,,,\n"
        f"b,{'B' * 1001},,,\n"
        "c,,,,\n"
        "d,Dee,maybe,,\n"
        "e,Eve,,\0,\n"
        f"{'y' * 200},{'N' * 1000},false,,\n"
    )
    folder = read(make(tmp_path, people=people))
    assert folder.tables["people"].rows.rows() == [
        (2, "a", "Ada", "Countess", "London", True),
        (9, "y" * 200, "N" * 1000, None, None, False),
    ]
    assert rejects(folder) == [
        ("people.csv", 3, "id is empty"),
        ("people.csv", 4, "id is over 200 characters"),
        ("people.csv", 5, "name is over 1,000 characters"),
        ("people.csv", 6, "name is empty"),
        ("people.csv", 7, "optedOut is not true or false"),
        ("people.csv", 8, "headline holds a NUL character"),
    ]
    assert all_rejects(folder)[0].row == ",Nobody,,,"


def test_columns_that_are_not_there_are_not_made_up(tmp_path: Path) -> None:
    folder = read(make(tmp_path, people="name,id\nAda,a\n"))
    assert folder.tables["people"].rows.columns == [LINE, "id", "name"]
    folder = read(make(tmp_path, roles="personId,brandId,kind,title\na,x,CREATOR,T\n"))
    assert folder.tables["roles"].rows.rows() == [(2, "a", "x", "CREATOR", "", None, "T")]


def test_second_rows_for_a_key(tmp_path: Path) -> None:
    people = "id,name,age\na,Ada,1\na,Ada,2\na,Adah,1\nb,,1\nb,Ben,1\na,Ada,1\n"
    folder = read(make(tmp_path, people=people))
    table = folder.tables["people"]
    assert table.rows.rows() == [(2, "a", "Ada"), (6, "b", "Ben")]
    assert table.duplicates == 2
    assert [(r.line, r.reason, r.row) for r in table.rejects] == [
        (5, "name is empty", "b,,1"),
        (4, "an earlier row has the same key and says something else", "a,Adah,1"),
    ]


def test_equal_values_in_other_words_are_the_same_content(tmp_path: Path) -> None:
    folder = read(make(tmp_path, trust="fromId,toId,strength,paid\na,b,0.5,\na,b,5e-1,false\na,b,0.5,true\n"))
    assert folder.tables["trust"].duplicates == 1
    assert rejects(folder) == [("trust.csv", 4, "an earlier row has the same key and says something else")]


def test_topics_with_missing_parents_and_cycles_stay(tmp_path: Path) -> None:
    topics = (
        "id,name,parentId,description\n"
        "a,A,b,\n"
        "b,B,c,\n"
        "c,C,a,\n"  # closes a, b, c
        "d,D,d,\n"  # part of itself
        "e,E,nowhere,\n"
        "f,F,a,\n"
        "g,G,,word\n"
        "h,,g,\n"  # no name: no topic
        "i,I,h,\n"  # so there is no h
    )
    folder = read(make(tmp_path, topics=topics))
    table = folder.tables["topics"]
    assert table.rows.select("id", "parentId").rows() == [
        ("a", "b"), ("b", "c"), ("c", None), ("d", None), ("e", None), ("f", "a"), ("g", None), ("i", None),
    ]  # fmt: skip
    cycle = "this parentId closes a cycle: the topic stays without the link"
    missing = "there is no topic with this parentId: the topic stays without the link"
    assert sorted((r.line, r.reason, r.row, r.repaired) for r in table.rejects) == [
        (4, cycle, "c,C,a,", True),
        (5, cycle, "d,D,d,", True),
        (6, missing, "e,E,nowhere,", True),
        (9, "name is empty", "h,,g,", False),
        (10, missing, "i,I,h,", True),
    ]


def test_a_long_chain_of_topics(tmp_path: Path) -> None:
    count = 20_000
    lines = [f"t{n},T,t{n + 1}" for n in range(count)]
    folder = read(make(tmp_path, topics="\n".join(["id,name,parentId", *lines, f"t{count},T,t0"])))
    assert rejects(folder) == [
        ("topics.csv", count + 2, "this parentId closes a cycle: the topic stays without the link")
    ]


def test_roles(tmp_path: Path) -> None:
    roles = (
        "personId,brandId,kind,topicId,title,strength,since,until\n"
        "a,x,EMPLOYEE,t,Head,0.5,2020-01-01,2020-01-01\n"
        "a,x,EMPLOYEE,t,Head,,2021-01-01,\n"
        "a,x,EMPLOYEE,,,1,,2020-01-01\n"
        "z,x,EMPLOYEE,,,,,\n"
        "a,z,EMPLOYEE,,,,,\n"
        "a,x,employee,,,,,\n"
        "a,x,EMPLOYEE,z,,,,\n"
        "a,x,CREATOR,,,0,,\n"
        "a,x,CREATOR,,,-0.5,,\n"
        "a,x,CREATOR,,,1.01,,\n"
        "a,x,CREATOR,,,nan,,\n"
        "a,x,CREATOR,,,,2020-01-02,2020-01-01\n"
        "a,x,CREATOR,,,,2020-02-30,\n"
        "a,x,CREATOR,,,,,tomorrow\n"
        "a,x,,,,,,\n"
        "a,x,EMPLOYEE,,Boss,1,,2020-01-01\n"
    )
    folder = read(make(tmp_path, roles=roles))
    assert folder.tables["roles"].rows.drop(LINE).rows() == [
        ("a", "x", "EMPLOYEE", "t", date(2020, 1, 1), "Head", 0.5, date(2020, 1, 1)),
        ("a", "x", "EMPLOYEE", "t", date(2021, 1, 1), "Head", None, None),
        ("a", "x", "EMPLOYEE", "", None, None, 1.0, date(2020, 1, 1)),
    ]
    assert [reason for _, _, reason in rejects(folder)] == [
        "there is no person with this personId",
        "there is no brand with this brandId",
        "kind is not a kind of role",
        "there is no topic with this topicId",
        "strength is not in (0, 1]",
        "strength is not in (0, 1]",
        "strength is not in (0, 1]",
        "strength is not a number",
        "until is before since",
        "since is not a date (YYYY-MM-DD)",
        "until is not a date (YYYY-MM-DD)",
        "kind is empty",
        "an earlier row has the same key and says something else",
    ]


def test_interactions(tmp_path: Path) -> None:
    interactions = (
        "at,fromId,toId,kind,topicId,channel,paid,ref\n"
        "2024-01-01,a,b,REVIEW,t,mail,true,r1\n"
        "2024-01-01,a,b,REVIEW,t,mail,true,r1\n"
        "yesterday,a,b,REVIEW,,,,\n"
        ",a,b,REVIEW,,,,\n"
        "2024-01-01,z,b,REVIEW,,,,\n"
        "2024-01-01,a,z,REVIEW,,,,\n"
        "2024-01-01,a,a,REVIEW,,,,\n"
        "2024-01-01,a,b,,,,,\n"
        "2024-01-01,a,b,REVIEW,z,,,\n"
        "2024-01-01,a,b,REVIEW,,,1,\n"
        f"2024-01-01,a,b,{'K' * 201},,,,\n"
        f"2024-01-01,a,b,REVIEW,,{'c' * 201},,\n"
        "2024-01-01,a,b,REVIEW,,,\n"
    )
    folder = read(make(tmp_path, interactions=interactions))
    assert folder.tables["interactions"].rows.height == 2
    assert folder.tables["interactions"].duplicates == 0
    assert [reason for _, _, reason in rejects(folder)] == [
        "at is not a date or an ISO time",
        "at is empty",
        "there is no person with this fromId",
        "there is no person with this toId",
        "fromId and toId are the same person",
        "kind is empty",
        "there is no topic with this topicId",
        "paid is not true or false",
        "kind is over 200 characters",
        "channel is over 200 characters",
        "fewer cells than the header",
    ]


def test_a_stage_is_one_of_four(tmp_path: Path) -> None:
    interactions = (
        "at,fromId,toId,kind,stage\n"
        "2024-01-01,a,b,REVIEW,DECISION\n"
        "2024-01-01,a,b,REVIEW,\n"
        "2024-01-01,a,b,REVIEW,decision\n"
        "2024-01-01,a,b,REVIEW,PURCHASE\n"
        "2024-01-01,a,b,REVIEW, DECISION\n"
    )
    folder = read(make(tmp_path, interactions=interactions))
    assert folder.tables["interactions"].rows["stage"].to_list() == ["DECISION", None]
    reason = "stage is not AWARENESS, CONSIDERATION, DECISION or LOYALTY"
    assert rejects(folder) == [("interactions.csv", line, reason) for line in (4, 5, 6)]


def test_trust(tmp_path: Path) -> None:
    trust = (
        "fromId,toId,strength,topicId,since,lastSeen,channel,paid\n"
        "a,b,1,,,,,\n"
        "a,b,-1,t,,,,\n"
        "a,c,0,,,,,\n"
        "a,c,-0.0,,,,,\n"
        "a,c,1.0000001,,,,,\n"
        "a,c,-2,,,,,\n"
        "a,c,1e999,,,,,\n"
        "a,c,,,,,,\n"
        "a,c,high,,,,,\n"
        "c,c,0.5,,,,,\n"
        "a,z,0.5,,,,,\n"
        "a,c,0.5,z,,,,\n"
        "a,c,0.5,,2024-01-02,2024-01-01,,\n"
        "a,c,0.5,,,never,,\n"
        "a,b,1,t,,,,\n"
        "a,c,0.5,,2024-01-01,2024-01-01,,\n"
    )
    folder = read(make(tmp_path, trust=trust))
    assert folder.tables["trust"].rows[LINE].to_list() == [2, 3, 17]
    assert [reason for _, _, reason in rejects(folder)] == [
        "strength is 0",
        "strength is 0",
        "strength is beyond ±1",
        "strength is beyond ±1",
        "strength is beyond ±1",
        "strength is empty",
        "strength is not a number",
        "fromId and toId are the same person",
        "there is no person with this toId",
        "there is no topic with this topicId",
        "lastSeen is before since",
        "lastSeen is not a date (YYYY-MM-DD)",
        "an earlier row has the same key and says something else",
    ]


def test_rejecting_a_person_rejects_what_speaks_of_them(tmp_path: Path) -> None:
    folder = read(make(tmp_path, people="id,name\na,Ada\nb,\n", trust="fromId,toId,strength\na,b,1\n"))
    assert rejects(folder) == [
        ("people.csv", 3, "name is empty"),
        ("trust.csv", 2, "there is no person with this toId"),
    ]


def test_notes_on_what_is_ignored_or_assumed(tmp_path: Path) -> None:
    folder = make(
        tmp_path,
        people="id,name,age\na,Ada,36\nb,Ben,1\n",
        person_csv="id,name\n",
        README_md="words",
        rejects_csv="file,line,reason,row\n",
        Brands_CSV="x",
        dataset_toml='colour = "red"\n[trust]\nspeed = 3\n[trust.weights]\nREVIEW = 2\n',
        interactions="at,fromId,toId,kind\n2024-01-01,a,b,CHAT\n2024-01-01,a,b,CHAT\n2024-01-01,a,b,REVIEW\n",
    )
    assert read(folder).notes == (
        "Brands.CSV is ignored: no table has this name.",
        "person.csv is ignored: no table has this name.",
        "dataset.toml: the key colour is ignored: it has no meaning here.",
        "dataset.toml: the key trust.speed is ignored: it has no meaning here.",
        "people.csv: the column age is ignored: it has no meaning here.",
        "interactions of the kind CHAT (2) weigh 1.0: dataset.toml gives them no weight.",
    )


def test_an_empty_file_beside_people_is_listed(tmp_path: Path) -> None:
    folder = read(make(tmp_path, roles="", interactions=b""))
    assert rejects(folder) == [
        ("interactions.csv", 1, "the file is empty: no header"),
        ("roles.csv", 1, "the file is empty: no header"),
    ]
    assert folder.tables["roles"].raw.read == 0


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("", r"people\.csv gives nobody to load: it holds no rows"),
        ("id,name\n", r"people\.csv gives nobody to load: it holds no rows"),
        ("id,name\n,Ada\nb\n", r"people\.csv gives nobody to load: every row is rejected"),
        ("id,name\nb\n", r"people\.csv gives nobody to load: every row is rejected"),
    ],
)
def test_nobody_to_load(tmp_path: Path, people: str, message: str) -> None:
    folder = read(make(tmp_path, people=people))
    with pytest.raises(NothingLoaded, match=message):
        require_people(folder)


def test_no_folder_and_no_people(tmp_path: Path) -> None:
    with pytest.raises(NothingLoaded, match="There is no folder"):
        read(tmp_path / "nowhere")
    with pytest.raises(NothingLoaded, match=r"holds no people\.csv, people\.csv\.gz or people\.parquet"):
        read(tmp_path)
    (tmp_path / "people.csv").mkdir()
    with pytest.raises(NothingLoaded, match=r"holds no people\.csv"):
        read(tmp_path)


def test_a_table_twice(tmp_path: Path) -> None:
    folder = make(tmp_path)
    pl.DataFrame({"id": ["a"], "name": ["Ada"]}).write_parquet(folder / "people.parquet")
    with pytest.raises(NothingLoaded, match=r"people\.csv and people\.parquet: keep one"):
        read(folder)
    (folder / "people.csv").unlink()
    (folder / "brands.csv.gz").write_bytes(gzip.compress(b"id,name\n"))
    with pytest.raises(NothingLoaded, match=r"brands\.csv and brands\.csv\.gz: keep one"):
        read(folder)


def test_a_missing_column_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(NothingLoaded, match=r"roles\.csv: the header lacks brandId"):
        read(make(tmp_path, roles="personId,kind\na,EMPLOYEE\n"))


def test_the_rejects_file_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "rejects.csv"
    write_rejects(path, [Reject("a.csv", 2, "why", 'x,"y\r\nz"'), Reject("b.csv", 30, 'a "word"', "lone\rreturn")])
    assert listed(path) == [
        {"file": "a.csv", "line": "2", "reason": "why", "row": 'x,"y\r\nz"'},
        {"file": "b.csv", "line": "30", "reason": 'a "word"', "row": "lone\rreturn"},
    ]
    write_rejects(path, [])
    assert path.read_text() == "file,line,reason,row\n"
    assert sorted(path.parent.iterdir()) == [path]
