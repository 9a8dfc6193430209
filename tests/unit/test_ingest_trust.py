"""From evidence to trust, by figures computed by hand."""

import math
from datetime import date
from pathlib import Path

import pytest

from tests.graph_folders import make, read

WEIGHTS = "[trust]\nsaturation = 2.0\n[trust.weights]\nREVIEW = 1.0\nACK = 0.5\nNIL = 0\n"


def derived(
    tmp_path: Path, *rows: str, toml: str = WEIGHTS, trust: str = "fromId,toId,strength\n"
) -> list[dict[str, object]]:
    interactions = "\n".join(["at,fromId,toId,kind,topicId,channel,paid", *rows])
    return read(make(tmp_path, interactions=interactions, dataset_toml=toml, trust=trust)).trust.trust.to_dicts()


def test_one_relationship(tmp_path: Path) -> None:
    rows = derived(
        tmp_path,
        "2024-03-01T23:30:00-01:00,a,b,REVIEW,t,,",
        "2024-01-05,a,b,ACK,t,,",
        "2024-02-01,a,b,REVIEW,t,,",
    )
    strength = 1 - math.exp(-2.5 / 2.0)
    assert rows == [
        {
            "fromId": "a",
            "toId": "b",
            "topicId": "t",
            "strength": strength,
            "cost": round(-math.log(strength) * 1e6),
            "since": date(2024, 1, 5),
            "lastSeen": date(2024, 3, 2),
            "channel": None,
            "stages": [],
            "paid": False,
            "evidenceKinds": ["ACK", "REVIEW"],
            "evidenceCounts": [1, 2],
            "paidCounts": None,
            "channels": None,
            "channelCounts": None,
            "refs": None,
        }
    ]
    assert rows[0]["cost"] == 337_580


def test_directions_and_topics_stand_apart(tmp_path: Path) -> None:
    rows = derived(
        tmp_path,
        "2024-01-01,a,b,REVIEW,t,,",
        "2024-01-01,b,a,REVIEW,t,,",
        "2024-01-01,a,b,REVIEW,,,",
        "2024-01-01,a,b,REVIEW,u,,",
    )
    assert [(row["fromId"], row["toId"], row["topicId"]) for row in rows] == [
        ("a", "b", ""), ("a", "b", "t"), ("a", "b", "u"), ("b", "a", "t"),
    ]  # fmt: skip


def test_paid_counts_for_half_and_marks_all(tmp_path: Path) -> None:
    (row,) = derived(tmp_path, "2024-01-01,a,b,REVIEW,,,true", "2024-01-01,a,b,REVIEW,,,false")
    assert row["strength"] == 1 - math.exp(-1.5 / 2.0)
    assert row["paid"] is True
    assert row["evidenceCounts"] == [2]


def test_unknown_kinds_weigh_one(tmp_path: Path) -> None:
    (row,) = derived(tmp_path, "2024-01-01,a,b,TALK,,,")
    assert row["strength"] == 1 - math.exp(-1 / 2.0)
    (row,) = derived(tmp_path, "2024-01-01,a,b,TALK,,,", toml="")
    assert row["strength"] == 1 - math.exp(-1 / 3.0)


def test_clipping(tmp_path: Path) -> None:
    (row,) = derived(tmp_path, *["2024-01-01,a,b,REVIEW,,,"] * 30)
    assert (row["strength"], row["cost"]) == (0.99, 10_050)
    (row,) = derived(tmp_path, "2024-01-01,a,b,NIL,,,")
    assert (row["strength"], row["cost"]) == (0.001, 6_907_755)


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        (["mail", "mail", "phone"], "mail"),
        (["phone", "mail"], "mail"),
        (["", "", "phone"], "phone"),
        (["é", "z"], "z"),
        (["\uffee", "\U0001f600"], "\uffee"),  # by code point, not by UTF-16 unit
        (["b", "B"], "B"),
        (["", ""], None),
    ],
)
def test_channels(tmp_path: Path, channels: list[str], expected: str | None) -> None:
    (row,) = derived(tmp_path, *(f"2024-01-01,a,b,REVIEW,,{channel}," for channel in channels))
    assert row["channel"] == expected


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (["LOYALTY", "AWARENESS", "DECISION", "CONSIDERATION"], ["AWARENESS", "CONSIDERATION", "DECISION", "LOYALTY"]),
        (["DECISION", "", "CONSIDERATION", "DECISION", "CONSIDERATION"], ["CONSIDERATION", "DECISION"]),
        (["", ""], []),
    ],
)
def test_stages_are_distinct_and_in_the_order_of_the_path(
    tmp_path: Path, stages: list[str], expected: list[str]
) -> None:
    rows = "\n".join(f"2024-01-01,a,b,REVIEW,t,{stage}" for stage in stages)
    other = "2024-01-01,a,b,REVIEW,u,LOYALTY"
    interactions = f"at,fromId,toId,kind,topicId,stage\n{rows}\n{other}\n"
    on_t, on_u = read(make(tmp_path, interactions=interactions)).trust.trust.to_dicts()
    assert on_t["stages"] == expected
    assert on_u["stages"] == ["LOYALTY"]


def test_what_is_stated_is_at_no_stage(tmp_path: Path) -> None:
    interactions = "at,fromId,toId,kind,topicId,stage\n2024-01-01,a,b,REVIEW,t,DECISION\n"
    folder = read(make(tmp_path, interactions=interactions, trust="fromId,toId,strength,topicId\na,b,0.5,t\n"))
    assert folder.trust.trust["stages"].to_list() == [[]]


def test_statements_replace_what_is_derived(tmp_path: Path) -> None:
    interactions = [
        "2024-01-01,a,b,REVIEW,t,mail,true",
        "2024-01-01,a,b,REVIEW,,mail,true",
        "2024-01-01,a,c,REVIEW,t,,",
    ]
    trust = "fromId,toId,strength,topicId,since,channel\na,b,0.5,t,2020-01-01,\nb,a,1,,,stage\na,c,-0.0001,t,,\n"
    folder = read(
        make(tmp_path, interactions="\n".join(["at,fromId,toId,kind,topicId,channel,paid", *interactions]), trust=trust)
    )
    general, stated, other = folder.trust.trust.to_dicts()
    assert (general["topicId"], general["paid"], general["evidenceKinds"]) == ("", True, ["REVIEW"])
    assert stated == {
        "fromId": "a", "toId": "b", "topicId": "t", "strength": 0.5, "cost": 693_147, "since": date(2020, 1, 1),
        "lastSeen": None, "channel": None, "stages": [], "paid": False, "evidenceKinds": [], "evidenceCounts": [],
        "paidCounts": None, "channels": None, "channelCounts": None, "refs": None,
    }  # fmt: skip
    assert (other["fromId"], other["strength"], other["cost"], other["channel"]) == ("b", 0.99, 10_050, "stage")
    assert folder.trust.distrust.to_dicts() == [
        {"fromId": "a", "toId": "c", "topicId": "t", "strength": 0.001, "since": None, "lastSeen": None}
    ]
    beneath = folder.trust.overruled.select("fromId", "toId", "topicId", "evidenceKinds", "paidCounts", "channel")
    assert beneath.rows() == [("a", "b", "t", ["REVIEW"], [1], "mail"), ("a", "c", "t", ["REVIEW"], None, None)]
