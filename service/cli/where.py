"""Where a running Rainmaker is found."""

from service.cli.screen import answers, done, say
from service.cli.state import RunningService

EXAMPLE = """{ trustedPaths(input: {from: {brandId: "intel.com"}, to: {brandId: "dpdk-project"}, topicId: "dpdk"}) {
    paths { strength people { name } explanation } } }"""


def tell_where(service: RunningService) -> None:
    """The addresses, and a question to begin with."""
    done("Rainmaker is ready.")
    say(f"  GraphiQL  {service.url}/graphql")
    say(f"  API       POST {service.url}/graphql")
    say(f"  Bolt      {service.bolt}  user {service.bolt_user}, password in {service.password_place}")
    say("\nA question to paste into GraphiQL:\n")
    answers.print(EXAMPLE, markup=False, highlight=False, soft_wrap=True)
