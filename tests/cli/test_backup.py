"""What a dump holds comes back, by the server's own tool."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path

from tests.cli.conftest import Instance, server
from tests.cli.test_one_instance import cypher

EVERYBODY = ('personIds=["a","b","c","d"]', "topicId=null", "after=null", "limit=100", "counted=true")


def test_a_database_that_is_lost_comes_back(instance: Instance, tmp_path: Path) -> None:
    with server(instance).in_use():
        assert instance.call("load", str(instance.data)).exit_code == 0
        before = cypher(instance, "dataset_summary")
        trust = cypher(instance, "trusts_of_people", *EVERYBODY)
    dump = tmp_path / "monday.dump"
    made = instance.call("backup", str(dump))
    assert made.exit_code == 0, made.stderr
    assert dump.stat().st_size > 1_000
    assert [path.name for path in tmp_path.iterdir()] == ["monday.dump"]
    again = instance.call("backup", str(dump))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    with server(instance).in_use():
        assert instance.call("wipe", "--yes").exit_code == 0
        assert cypher(instance, "dataset_summary") != before

    asked = instance.call("restore", str(dump))
    assert (asked.exit_code, "--yes" in asked.stderr) == (2, True)
    back = instance.call("restore", str(dump), "--yes")
    assert back.exit_code == 0, back.stderr
    with server(instance).in_use():
        assert cypher(instance, "dataset_summary") == before
        assert cypher(instance, "trusts_of_people", *EVERYBODY) == trust
    # people, brands, topic, data set; roles, trust, activity, and evidence in whose place trust is stated
    made_by_load = 4 + 2 + 1 + 1 + 2 + 6 + 3 + 2
    begun_and_ended = [list(lines) for _, lines in groupby(instance.trail(), key=itemgetter("id"))]
    assert [len(lines) for lines in begun_and_ended] == [2, 2, 2]
    ended = [lines[-1] for lines in begun_and_ended]
    assert [(line["operation"], line["rows"], line["things"]) for line in ended] == [
        ("load", {"CREATED": made_by_load}, [str(instance.data)]),
        ("wipe", {"REMOVED": 8}, []),
        ("restore", {}, [str(dump)]),
    ]
    assert {(line["role"], line["undone"]) for line in instance.trail()} == {("COMMAND", False)}


def test_what_is_no_dump_changes_nothing(instance: Instance, tmp_path: Path) -> None:
    before = cypher(instance, "dataset_summary")
    wrong = tmp_path / "wrong.dump"
    wrong.write_bytes(b"no dump at all")
    refused = instance.call("restore", str(wrong), "--yes")
    assert (refused.exit_code, "Neo4j's load failed" in refused.stderr) == (2, True)
    assert cypher(instance, "dataset_summary") == before
    assert [line["undone"] for line in instance.trail()[-2:]] == [False, True]
    nowhere = instance.call("restore", str(tmp_path / "nothing.dump"), "--yes")
    assert (nowhere.exit_code, "is no file" in nowhere.stderr) == (2, True)
