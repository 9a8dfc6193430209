"""Where a running Rainmaker is found, and what to ask it first."""

from typing import TYPE_CHECKING

from service.cli.screen import answers, done, say
from service.cli.state import RunningService

if TYPE_CHECKING:
    from service.graph.snapshot import Snapshot

_FROM, _TO = "3mdeb.com", "edk2-project"
_ON_THE_DEMO = f"""{{ trustedPaths(input: {{from: {{brandId: "{_FROM}"}}, to: {{brandId: "{_TO}"}}, first: 3}}) {{
    paths {{ strength explanation }} }} }}"""
_ON_ANY_DATA = "{ topics(first: 5) { totalCount edges { node { id name } } } }"


def example_on(snapshot: "Snapshot") -> str:
    """A question that has an answer on this graph."""
    brands = snapshot.brands.index
    return _ON_THE_DEMO if _FROM in brands and _TO in brands else _ON_ANY_DATA


def tell_where(service: RunningService) -> None:
    """The addresses, and a question to begin with."""
    done("Rainmaker is ready.")
    say(f"  Explorer  {service.url}/")
    say(f"  GraphiQL  {service.url}/graphql")
    say(f"  API       POST {service.url}/graphql")
    if service.auth != "none":
        say("  Keys      ./rainmaker keys create NAME makes one; callers send it as Authorization: Bearer …")
    say(f"  Bolt      {service.bolt}  user {service.bolt_user}, password in {service.password_place}")
    say("\nA question to paste into GraphiQL:\n")
    answers.print(service.example, markup=False, highlight=False, soft_wrap=True)
    say("")
