"""The files in operations/ speak of metrics that the service really tells, and every alert is explained."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from service.settings import PROJECT
from tests.api.client import Api

OPERATIONS = PROJECT / "operations"
RULES = yaml.safe_load((OPERATIONS / "prometheus" / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((OPERATIONS / "grafana" / "dashboards" / "rainmaker.json").read_text())
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
OURS = re.compile(r"\b(?:rainmaker|process)_\w+")
SELECTED = re.compile(r"\b((?:rainmaker|process)_\w+)\{([^}]*)\}")
GROUPED = re.compile(r"by \(([^)]*)\)")

EXPRESSIONS = [rule["expr"] for rule in RULES] + [
    target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
]


async def told(api: Api) -> dict[str, set[str]]:
    """The names of all samples, each with the names of its labels; what has counted nothing yet has none."""
    await api.post("{ brands { totalCount } nothing }")
    await api.error('{ trustedPaths(input: {from: {personId: "x"}, to: {personId: "y"}}) { complete } }')
    await api.http.post("/graphql", content=b"{}" * 3_000_000, headers={"content-type": "application/json"})
    page = (await api.http.get("/metrics")).text
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(page):
        ending = "_total" if family.type == "counter" else ""
        found.setdefault(family.name + ending, set())
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


@pytest.mark.parametrize("expression", EXPRESSIONS)
async def test_expressions_name_what_there_is(api: Api, expression: str) -> None:
    there = await told(api)
    named = set(OURS.findall(expression))
    assert named or expression.startswith("up{")
    assert named <= set(there)
    for metric, selectors in SELECTED.findall(expression):
        labels = set(re.findall(r"(\w+)\s*[=!]~?", selectors)) - {"job"}
        assert not there[metric] or labels <= there[metric], metric
    grouped = {label.strip() for labels in GROUPED.findall(expression) for label in labels.split(",")}
    known = set().union(*(there[metric] for metric in named)) if named else set()
    assert not known or grouped <= known
    assert expression.count("(") == expression.count(")")


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_every_alert_says_what_to_do(rule: dict[str, Any]) -> None:
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert anchor == rule["alert"].lower()
    text = (PROJECT / page).read_text()
    section = text.partition(f"### {rule['alert']}\n")[2].partition("\n### ")[0]
    assert len(section) > 100
    assert rule["labels"]["severity"] in ("page", "ticket")


def test_the_profile_mounts_what_is_here() -> None:
    watching = {name: service for name, service in COMPOSE["services"].items() if service.get("profiles") == ["watch"]}
    assert set(watching) == {"prometheus", "grafana"}
    for service in watching.values():
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert not source.startswith("./") or (PROJECT / source).is_dir()
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    scraping = yaml.safe_load((OPERATIONS / "prometheus" / "prometheus.yml").read_text())
    (job,) = scraping["scrape_configs"]
    assert job["authorization"]["credentials_file"] == "/run/secrets/metrics-key"
    assert watching["prometheus"]["secrets"] == ["metrics-key"]
    ignored = (PROJECT / ".gitignore").read_text().splitlines()
    assert COMPOSE["secrets"]["metrics-key"]["file"].removeprefix("./") in ignored
    assert (OPERATIONS / "prometheus" / scraping["rule_files"][0]).is_file()
    for place in Path(OPERATIONS / "grafana" / "provisioning").rglob("*.yml"):
        assert yaml.safe_load(place.read_text())["apiVersion"] == 1


def test_containers_ask_for_keys() -> None:
    assert COMPOSE["services"]["rainmaker"]["environment"]["RAINMAKER_AUTH"] == "${RAINMAKER_AUTH:-keys}"
    assert "RAINMAKER_AUTH=keys" in (PROJECT / "Dockerfile").read_text()
