"""`keys` as an operator calls it, and `up` where strangers could come in."""

import re

import pytest

from service.access.key_file import KeyFile
from service.access.keys import key_shown
from service.access.ways_in import is_loopback
from tests.cli.conftest import Instance


def test_a_key_from_its_making_to_its_end(instance: Instance) -> None:
    created = instance.call("keys", "create", "crm", "--role", "WRITER", "--requests", "600", "--days", "90")
    assert created.exit_code == 0
    text = created.stdout.strip()
    assert re.fullmatch(r"rmk_[0-9a-f]{12}_[\w-]{43}", text)
    file = KeyFile(instance.state / "keys.json")
    key = key_shown(text, file.keys())
    assert (key.name, key.role, key.requests_per_minute, key.cost_per_minute) == ("crm", "WRITER", 600, None)
    listed = instance.call("keys", "list").stdout
    assert re.search(rf"crm +WRITER +{key.id} +\d{{4}}-\d\d-\d\d +\d{{4}}-\d\d-\d\d \d\d:\d\d UTC +600", listed)
    assert text.split("_", 2)[2] not in listed + created.stderr + file.path.read_text()
    again = instance.call("keys", "create", "crm")
    assert (again.exit_code, "there is a key named 'crm'" in again.stderr) == (2, True)
    assert instance.call("keys", "revoke", "crm").exit_code == 0
    assert file.keys() == {}
    gone = instance.call("keys", "revoke", "crm")
    assert (gone.exit_code, "no key with the id 'crm'" in gone.stderr) == (2, True)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_names_that_no_log_could_show(instance: Instance, name: str) -> None:
    refused = instance.call("keys", "create", name)
    assert (refused.exit_code, "NAME: must be" in refused.stderr) == (2, True)


@pytest.mark.parametrize("host", ["::", "192.0.2.1", "example.org", ".".join("0000")])
def test_open_to_a_network_without_keys_is_refused(instance: Instance, host: str) -> None:
    refused = instance.call("up", "--host", host)
    assert refused.exit_code == 2
    for word in ("--auth keys", "keys create", "RAINMAKER_AUTH=keys", "RAINMAKER_TOKEN_ISSUER", "127.0.0.1"):
        assert word in refused.stderr
    assert not (instance.state / "neo4j").exists()


def test_tokens_need_an_issuer(instance: Instance) -> None:
    refused = instance.call("up", "--auth", "jwt")
    assert (refused.exit_code, "RAINMAKER_TOKEN_ISSUER: must be set" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("host", "only_this_machine"),
    [("127.0.0.1", True), ("127.0.0.9", True), ("::1", True), ("localhost", True), ("localhost.example", False)],
)
def test_loopback(host: str, only_this_machine: bool) -> None:
    assert is_loopback(host) is only_this_machine
