"""Monthly activity of a folder, worked out by hand."""

from pathlib import Path

from tests.graph_folders import make, read

CONTENT = '[activity]\ncontent = ["REVIEW"]\n'


def activity(tmp_path: Path, *rows: str, toml: str = CONTENT) -> list[tuple[object, ...]]:
    interactions = "\n".join(["at,fromId,toId,kind,topicId", *rows])
    return read(make(tmp_path, interactions=interactions, dataset_toml=toml)).activity.rows()


def test_a_row_a_person_and_topic_with_months_side_by_side(tmp_path: Path) -> None:
    rows = activity(
        tmp_path,
        "2024-03-31T23:30:00-01:00,a,b,REVIEW,t",  # April in UTC
        "2024-01-05,a,b,ACK,t",
        "2024-01-06,b,a,REVIEW,t",
        "2024-01-07,a,c,REVIEW,u",
    )
    assert rows == [
        ("a", "t", [202401, 202404], [1, 1], [1, 0], [0, 1]),
        ("a", "u", [202401], [1], [0], [1]),
        ("b", "t", [202401, 202404], [1, 0], [1, 1], [1, 0]),
        ("c", "u", [202401], [0], [1], [0]),
    ]


def test_what_is_on_no_topic_is_nobody_s_activity(tmp_path: Path) -> None:
    assert activity(tmp_path, "2024-01-05,a,b,REVIEW,") == []


def test_without_content_kinds_nothing_is_a_post(tmp_path: Path) -> None:
    assert activity(tmp_path, "2024-01-05,a,b,REVIEW,t", toml="")[0] == ("a", "t", [202401], [1], [0], [0])


def test_a_folder_without_interactions(tmp_path: Path) -> None:
    assert activity(tmp_path) == []
