"""Files of a state that the environment may name elsewhere are the same for commands and service."""

from pathlib import Path

import pytest

from service.cli.neo4j import settings_for
from service.cli.state import State
from service.local.connection import Connection

NAMED = {"KEY_FILE": "keys", "AUDIT_FILE": "trail", "FORGET_KEY": "forget", "REJECTS_FILE": "rejects"}


@pytest.mark.parametrize("elsewhere", [True, False])
def test_commands_and_service_have_the_same_files(
    elsewhere: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, name in NAMED.items():
        monkeypatch.delenv(f"RAINMAKER_{variable}", raising=False)
        if elsewhere:
            monkeypatch.setenv(f"RAINMAKER_{variable}", str(tmp_path / "elsewhere" / name))
    state = State(tmp_path / "state")
    files = [state.key_file, state.audit_file, state.forget_key, state.rejects]
    assert {file.parent for file in files} == {tmp_path / ("elsewhere" if elsewhere else "state")}
    service = settings_for(Connection("bolt://127.0.0.1:1", "neo4j", "secret"), state)
    assert [service.key_file, service.audit_file, service.forget_key, service.rejects_file] == files
