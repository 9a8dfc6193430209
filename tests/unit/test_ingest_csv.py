"""CSV in all its shapes: where rows begin, what breaks one row, what breaks a file."""

import gzip
from pathlib import Path

import pytest

from service.ingest.csv_file import CHUNK_ROWS, read_csv
from service.ingest.errors import NothingLoaded
from service.ingest.raw import LINE, RawTable
from service.ingest.tables import PEOPLE


def table(tmp_path: Path, content: bytes, name: str = "people.csv") -> RawTable:
    path = tmp_path / name
    path.write_bytes(content)
    return read_csv(path, PEOPLE)


def rows(raw: RawTable) -> list[tuple[object, ...]]:
    return raw.rows.rows()


def faults(raw: RawTable) -> list[tuple[int, str, str]]:
    return [(reject.line, reject.reason, reject.row) for reject in raw.rejects]


def test_plain_rows_with_their_lines(tmp_path: Path) -> None:
    raw = table(tmp_path, b"id,name\na,Ada\nb,Ben\n")
    assert raw.rows.columns == [LINE, "id", "name"]
    assert rows(raw) == [(2, "a", "Ada"), (3, "b", "Ben")]
    assert (raw.read, raw.rejects, raw.unknown, raw.file) == (2, (), (), "people.csv")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends(tmp_path: Path, end: bytes) -> None:
    assert rows(table(tmp_path, end.join([b"id,name", b"a,Ada", b"b,Ben"]))) == [(2, "a", "Ada"), (3, "b", "Ben")]


def test_a_bom_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert rows(table(tmp_path, b"\xef\xbb\xbfid,name\na,Ada\n")) == [(2, "a", "Ada")]


def test_only_the_first_bom_goes(tmp_path: Path) -> None:
    assert rows(table(tmp_path, b"id,name\n\xef\xbb\xbfa,Ada\n")) == [(2, "\ufeffa", "Ada")]


def test_quoted_newlines_keep_the_line_where_a_row_begins(tmp_path: Path) -> None:
    raw = table(tmp_path, b'id,name\na,"Ada\nof\r\nLondon"\nb,Ben\n')
    assert rows(raw) == [(2, "a", "Ada\nof\r\nLondon"), (5, "b", "Ben")]


def test_quotes_and_commas(tmp_path: Path) -> None:
    assert rows(table(tmp_path, b'id,name\na,"Ada ""A"", Countess"\nb,5" Ben\n')) == [
        (2, "a", 'Ada "A", Countess'),
        (3, "b", '5" Ben'),
    ]


def test_nothing_is_trimmed(tmp_path: Path) -> None:
    assert rows(table(tmp_path, b"id,name\n a , Ada \n")) == [(2, " a ", " Ada ")]


def test_blank_lines_are_no_rows_but_count_as_lines(tmp_path: Path) -> None:
    raw = table(tmp_path, b"id,name\n\na,Ada\n\n\nb,Ben\n\n")
    assert rows(raw) == [(3, "a", "Ada"), (6, "b", "Ben")]
    assert raw.read == 2


def test_ragged_rows(tmp_path: Path) -> None:
    raw = table(tmp_path, b"id,name\na\nb,Ben\nc,Cy,1\n")
    assert rows(raw) == [(3, "b", "Ben")]
    assert faults(raw) == [
        (2, "fewer cells than the header", "a"),
        (4, "more cells than the header", "c,Cy,1"),
    ]
    assert raw.read == 3


def test_invalid_utf8_costs_its_row_only(tmp_path: Path) -> None:
    raw = table(
        tmp_path, "id,name\na,Zoë\n".encode() + b"b,Zo\xeb\nc,Cy\n" + 'd,"x\n\xff"\n'.encode("latin-1") + b"e,E\n"
    )
    assert rows(raw) == [(2, "a", "Zoë"), (4, "c", "Cy"), (7, "e", "E")]
    assert faults(raw) == [(3, "not valid UTF-8", "b,Zo\\xeb"), (5, "not valid UTF-8", 'd,"x\n\\xff"')]


def test_an_encoded_surrogate_is_no_utf8(tmp_path: Path) -> None:
    raw = table(tmp_path, b"id,name\na,\xed\xb2\x80\nb,Ben\n")
    assert rows(raw) == [(3, "b", "Ben")]
    assert faults(raw) == [(2, "not valid UTF-8", "a,\\xed\\xb2\\x80")]


def test_an_unclosed_quote_costs_its_line_only(tmp_path: Path) -> None:
    raw = table(tmp_path, b'id,name\na,"Ada\nb,Ben\nc,Cy\n')
    assert rows(raw) == [(3, "b", "Ben"), (4, "c", "Cy")]
    assert faults(raw) == [(2, "a quote opens here and does not close", 'a,"Ada')]


def test_an_unclosed_quote_on_the_last_line(tmp_path: Path) -> None:
    raw = table(tmp_path, b'id,name\na,Ada\nb,"Ben')
    assert rows(raw) == [(2, "a", "Ada")]
    assert faults(raw) == [(3, "a quote opens here and does not close", 'b,"Ben')]


def test_many_broken_quotes_are_told_one_by_one(tmp_path: Path) -> None:
    raw = table(tmp_path, b'id,name\na,"Ada\nb,Ben\n"c,Cy\nd,"D"x\ne,E\n')
    assert rows(raw) == [(3, "b", "Ben"), (6, "e", "E")]
    assert faults(raw) == [
        (2, "text after a closing quote", 'a,"Ada'),
        (4, "text after a closing quote", '"c,Cy'),
        (5, "text after a closing quote", 'd,"D"x'),
    ]


def test_a_cell_beyond_the_tokenisers_limit(tmp_path: Path) -> None:
    raw = table(tmp_path, b"id,name\na," + b"x" * 131_073 + b"\nb,Ben\n")
    assert rows(raw) == [(3, "b", "Ben")]
    assert [(line, reason) for line, reason, _ in faults(raw)] == [
        (2, "a cell of over 131,072 characters, or a quote that does not close")
    ]


def test_a_broken_line_is_reread_with_its_invalid_bytes(tmp_path: Path) -> None:
    raw = table(tmp_path, b'id,name\na,"\xff\nb,\xfe\nc,Cy\n')
    assert rows(raw) == [(4, "c", "Cy")]
    assert faults(raw) == [(2, "a quote opens here and does not close", 'a,"\\xff'), (3, "not valid UTF-8", "b,\\xfe")]


def test_unknown_columns_are_kept_apart(tmp_path: Path) -> None:
    raw = table(tmp_path, b"age,id,#line,name\n4,a,9,Ada\n")
    assert raw.unknown == ("age", "#line")
    assert raw.rows.select(LINE, "id", "name").rows() == [(2, "a", "Ada")]
    assert raw.rows.width == 5


@pytest.mark.parametrize("content", [b"", b"\n\r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_of(tmp_path: Path, content: bytes) -> None:
    raw = table(tmp_path, content)
    assert rows(raw) == []
    assert faults(raw) == [(1, "the file is empty: no header", "")]
    assert raw.read == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id\na\n", r"people\.csv: the header lacks name; it reads 'id'\."),
        (b"id;name\na;Ada\n", r"the header lacks id, name; it reads 'id;name'"),
        (b" id,name\n", r"the header lacks id"),
        (b"id,name,id\n", r"the header names id more than once"),
        (b'id,"name\n', r"the header is broken: a quote opens"),
        (b"id,name\xff\n", r"the header is broken: not valid UTF-8"),
        ("id,name\n".encode("utf-16"), r"the header is broken: not valid UTF-8"),
    ],
)
def test_a_header_that_does_not_do(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(NothingLoaded, match=message):
        table(tmp_path, content)


def test_gzip(tmp_path: Path) -> None:
    raw = table(tmp_path, gzip.compress(b"id,name\na,Ada\n"), "people.csv.gz")
    assert rows(raw) == [(2, "a", "Ada")]
    assert raw.file == "people.csv.gz"


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\na,Ada\n",
        gzip.compress(b"id,name\na,Ada\n" * 1000)[:-9],
        gzip.compress(b"id")[:12] + b"\xff\xff\xff\xff",
    ],
    ids=["no gzip", "cut off", "garbled"],
)
def test_a_broken_gzip(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NothingLoaded, match=r"people\.csv\.gz cannot be read to its end"):
        table(tmp_path, content, "people.csv.gz")


def test_more_rows_than_a_chunk(tmp_path: Path) -> None:
    count = CHUNK_ROWS * 2 + 1
    raw = table(tmp_path, b"id,name\n" + b"".join(b"%d,N\n" % n for n in range(count)))
    assert raw.rows.height == raw.read == count
    assert raw.rows[CHUNK_ROWS].row(0) == (CHUNK_ROWS + 2, str(CHUNK_ROWS), "N")
    assert raw.rows[-1].row(0) == (count + 1, str(count - 1), "N")


def test_exactly_a_chunk(tmp_path: Path) -> None:
    raw = table(tmp_path, b"id,name\n" + b"a,A\n" * CHUNK_ROWS)
    assert raw.rows.height == CHUNK_ROWS
