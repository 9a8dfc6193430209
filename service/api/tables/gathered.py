"""Which types become tables where many of them come as objects."""

from service.api.execution.tables import Gatherers
from service.api.tables.paths import Paths
from service.api.tables.people import People
from service.api.types.paths import TrustedPath
from service.api.types.people import Person

GATHERED: Gatherers = {Person: People, TrustedPath: Paths}
