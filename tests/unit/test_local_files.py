"""Small files of a state folder."""

import stat
from pathlib import Path

import pytest

from service.local.files import Lock, alone, alone_if_free, create_private, tail, write_whole


def test_private_file_is_private_from_the_start_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "password"
    create_private(path, "secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        create_private(path, "other")
    assert path.read_text() == "secret"


def test_write_whole_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "record"
    write_whole(path, "one")
    write_whole(path, "two")
    assert path.read_text() == "two"
    assert list(tmp_path.iterdir()) == [path]


def test_failed_write_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "record"
    write_whole(path, "one")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "two \ud800")
    assert path.read_text() == "one"
    assert list(tmp_path.iterdir()) == [path]


def test_tail_is_the_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    assert tail(path) == ""
    path.write_bytes(b"\n".join(b"%d" % number for number in range(20_000)) + b"\n\xff")
    assert tail(path, 3) == "19998\n19999\n\ufffd"


def test_lock_keeps_others_out_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "lock"
    with alone(path):
        with alone_if_free(path) as free:
            assert not free
        other = Lock(path)
        assert not other.try_shared()
    assert other.try_shared()
    third = Lock(path)
    assert third.try_shared()
    assert not third.try_exclusive()
    other.close()
    assert third.try_exclusive()
    third.close()
    with alone_if_free(path) as free:
        assert free
