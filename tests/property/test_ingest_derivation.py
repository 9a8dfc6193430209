"""The derivation against the same arithmetic in plain Python, and CSV against what was written into it."""

import csv
import gzip
import io
import math
import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.model import Dataset
from service.ingest.cells import Cells
from service.ingest.csv_file import read_csv
from service.ingest.derive import TRUST_COLUMNS, derive_trust, with_statements
from service.ingest.raw import LINE, RawTable
from service.ingest.tables import INTERACTIONS, PEOPLE

Key = tuple[str, str, str]
Interaction = tuple[date, str, str, str, str, str | None, str | None, bool]
Statement = tuple[str, str, str, float, date | None, date | None, str | None, bool]

PEOPLE_IDS = st.sampled_from(["a", "b", "é", "\U0001f600", "\uffee"])
KINDS = ["REVIEW", "ACK", "TALK", "é"]
DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))
CHANNELS = st.sampled_from([None, "mail", "phone", "\uffee", "\U0001f600"])
STAGES = ["AWARENESS", "CONSIDERATION", "DECISION", "LOYALTY"]
TOPICS = st.sampled_from(["", "t", "u"])
PAIRS = st.tuples(PEOPLE_IDS, PEOPLE_IDS).filter(lambda pair: pair[0] != pair[1])

interactions = st.lists(
    st.builds(
        lambda at, pair, topic, kind, channel, stage, paid: (at, *pair, topic, kind, channel, stage, paid),
        DAYS, PAIRS, TOPICS, st.sampled_from(KINDS), CHANNELS, st.none() | st.sampled_from(STAGES), st.booleans(),
    ),
    max_size=60,
)  # fmt: skip
statements = st.lists(
    st.builds(
        lambda pair, topic, strength, since, last, channel, paid: (*pair, topic, strength, since, last, channel, paid),
        PAIRS, TOPICS, st.floats(-1, 1).filter(bool), st.none() | DAYS, st.none() | DAYS, CHANNELS, st.booleans(),
    ),
    max_size=8,
    unique_by=lambda row: row[:3],
)  # fmt: skip
datasets = st.builds(
    lambda saturation, weights: Dataset("d", saturation=saturation, weights=MappingProxyType(weights)),
    st.floats(0.01, 100),
    st.dictionaries(st.sampled_from(KINDS), st.floats(0, 10)),
)


def by_hand(
    rows: list[Interaction], stated: list[Statement], dataset: Dataset
) -> tuple[dict[Key, object], dict[Key, object]]:
    """Trust and distrust by key, one interaction at a time. Strengths to 13 places: two exp differ in the last bit."""
    groups: dict[Key, list[Interaction]] = defaultdict(list)
    for row in rows:
        groups[row[1], row[2], row[3]].append(row)
    trust: dict[Key, object] = {}
    for key, group in groups.items():
        counts: dict[str, int] = defaultdict(int)
        halves: dict[str, int] = defaultdict(int)
        paid_counts: dict[str, int] = defaultdict(int)
        channels: dict[str, int] = defaultdict(int)
        for _, _, _, _, kind, channel, _, paid in group:
            counts[kind] += 1
            halves[kind] += 1 if paid else 2
            paid_counts[kind] += paid
            if channel is not None:
                channels[channel] += 1
        evidence = sum(dataset.weights.get(kind, 1.0) * halves[kind] / 2 for kind in sorted(counts))
        by_one_or_none = not channels or list(channels.values()) == [len(group)]
        strength = min(max(1 - math.exp(-evidence / dataset.saturation), 0.001), 0.99)
        trust[key] = (
            round(strength, 13),
            round(-math.log(strength) * 1e6),
            min(row[0] for row in group),
            max(row[0] for row in group),
            min(channels, key=lambda name: (-channels[name], name), default=None),
            [stage for stage in STAGES if any(row[6] == stage for row in group)],
            any(row[7] for row in group),
            sorted(counts),
            [counts[kind] for kind in sorted(counts)],
            [paid_counts[kind] for kind in sorted(counts)] if any(row[7] for row in group) else None,
            None if by_one_or_none else sorted(channels),
            None if by_one_or_none else [channels[name] for name in sorted(channels)],
            None,
        )
    distrust: dict[Key, object] = {}
    for from_id, to_id, topic, strength, since, last, channel, paid in stated:
        trust.pop((from_id, to_id, topic), None)
        size = min(max(abs(strength), 0.001), 0.99)
        if strength < 0:
            distrust[from_id, to_id, topic] = (size, since, last)
        else:
            cost = round(-math.log(size) * 1e6)
            trust[from_id, to_id, topic] = (round(size, 13), cost, since, last, channel, [], paid, [], [], *[None] * 4)
    return trust, distrust


@settings(max_examples=80)
@given(interactions, statements, datasets)
def test_derived_trust_is_what_plain_python_computes(
    rows: list[Interaction], stated: list[Statement], dataset: Dataset
) -> None:
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(
        ("at", "fromId", "toId", "topicId", "kind", "channel", "stage"), pl.String
    )
    frame = pl.DataFrame(rows, schema=schema | {"at": pl.Date, "paid": pl.Boolean}, orient="row")
    columns: dict[str, type[pl.DataType]] = dict.fromkeys(("fromId", "toId", "topicId"), pl.String)
    columns |= {"strength": pl.Float64, "since": pl.Date, "lastSeen": pl.Date, "channel": pl.String, "paid": pl.Boolean}
    given_trust = pl.DataFrame(stated, schema=columns, orient="row")

    found = with_statements(derive_trust(frame, dataset), given_trust)

    trust, distrust = by_hand(rows, stated, dataset)
    assert tuple(found.trust.columns) == TRUST_COLUMNS
    assert {row[:3]: (round(row[3], 13), *row[4:]) for row in found.trust.iter_rows()} == trust
    assert {row[:3]: row[3:] for row in found.distrust.iter_rows()} == distrust
    assert found.trust.height == len(trust)
    keys = [row[:3] for row in found.trust.iter_rows()]
    assert keys == sorted(keys)


offsets = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-12-31"), timezones=st.just(UTC) | offsets
)


@settings(max_examples=60)
@given(st.lists(moments, max_size=20), st.booleans())
def test_moments_fall_on_their_utc_day(times: list[datetime], with_z: bool) -> None:
    texts = [time.isoformat().replace("+00:00", "Z") if with_z else time.isoformat() for time in times]
    rows = pl.DataFrame({LINE: range(len(texts)), "at": texts}, schema={LINE: pl.Int64, "at": pl.String})
    cell = Cells(RawTable(INTERACTIONS, "i.csv", rows, (), (), 0)).moment("at")
    out = rows.select(cell.value, bad=pl.any_horizontal(fault.when for fault in cell.faults))
    assert out["at"].to_list() == [time.astimezone(UTC).date() for time in times]
    assert not out["bad"].any()


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
csv_rows = st.lists(st.tuples(cells, cells), max_size=30)


@settings(max_examples=80)
@given(csv_rows, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]), st.booleans())
def test_whatever_is_written_as_csv_is_read_back(
    rows: list[tuple[str, str]], end: str, quoting: int, zipped: bool
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(("id", "name"))
    lines = []
    for row in rows:
        lines.append(len(buffer.getvalue().replace("\r\n", "\n").replace("\r", "\n").split("\n")))
        writer.writerow(row)
    content = buffer.getvalue().encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("people.csv.gz" if zipped else "people.csv")
        path.write_bytes(gzip.compress(content) if zipped else content)
        raw = read_csv(path, PEOPLE)
    assert raw.rejects == ()
    assert raw.rows.rows() == [(line, *row) for line, row in zip(lines, rows, strict=True)]


@settings(max_examples=120)
@given(st.binary(max_size=200), st.integers(0, 3))
def test_no_bytes_break_the_reader_and_no_row_vanishes(noise: bytes, quotes: int) -> None:
    content = b"id,name\n" + noise.replace(b"n", b"\n").replace(b"c", b",") + b'"' * quotes + b"\nz,Zed\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(content)
        raw = read_csv(path, PEOPLE)
    lines = [*raw.rows[LINE], *(reject.line for reject in raw.rejects)]
    assert len(set(lines)) == len(lines) == raw.read
    text = content.decode("utf-8", "surrogateescape")
    physical = io.StringIO(text, newline="").readlines()
    told = "".join(map(str, [*raw.rows.iter_rows(), *(reject.row for reject in raw.rejects)]))
    assert all(line in lines or not physical[line - 1].strip("\r\n") or told for line in range(2, len(physical) + 1))
    assert "Zed" in told
