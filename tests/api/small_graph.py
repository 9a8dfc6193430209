"""A graph small enough to know every answer by heart."""

from pathlib import Path

from neo4j import AsyncDriver

from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.use_cases.load_folder import load_folder
from tests.conftest import wipe

FILES = {
    "dataset.toml": """
        name = "Small"
        as_of = 2026-01-01
        [trust]
        saturation = 2.0
        half_life_days = 365
        [trust.weights]
        REVIEW = 1.0
        [activity]
        content = ["REVIEW"]
    """,
    "likelihood.toml": """
        days = 730
        strengths = [0.0, 1.0]
        shares = [0.0, 0.5]
    """,
    "people.csv": """
        id,name,headline,location,optedOut
        ada,Ada Lind,Head of networks,Oslo,
        ben,Ben Ødegård,,,
        cat,Cat O'Brien-Smith,Painter & printer,,
        dan,Dan Lind,,,true
        eve,Eve Lind,,,
        eve2,Eve Lind,,,
        fay,Fay,,,
    """,
    "brands.csv": """
        id,name,domain
        acme,Acme,acme.example
        nv,nvidia.com,
        zeta,Zeta Labs,
    """,
    "topics.csv": """
        id,name,parentId,description
        tech,Technology,,All that runs
        net,Networks,tech,
        dns,Names on the net,net,
        mail,Mail,net,
        art,Art,,
    """,
    "roles.csv": """
        personId,brandId,kind,topicId,title,strength,since,until
        ada,acme,DECISION_MAKER,net,Head,,2020-01-01,
        ada,acme,EMPLOYEE,,,0.5,,
        ada,zeta,CUSTOMER,,,,,
        ben,acme,DECISION_MAKER,,Owner,,,
        cat,acme,DECISION_MAKER,art,,,,
        dan,acme,DECISION_MAKER,net,,,,2025-12-31
        eve,zeta,ADVOCATE,dns,,,,
    """,
    "trust.csv": """
        fromId,toId,strength,topicId,since,lastSeen,channel,paid
        ada,ben,0.9,net,2024-02-29,2025-06-01,offline,
        ada,ben,0.5,dns,,,,
        ada,cat,0.5,,,,,
        ada,dan,0.5,net,,,,
        ada,eve,0.75,net,,,,true
        ben,ada,0.3,net,,,,
        cat,ada,0.8,,,,,
        eve2,ada,0.8,art,,,,
    """,
    "interactions.csv": """
        at,fromId,toId,kind,topicId,channel,stage,paid,ref
        2025-01-01,eve,ada,REVIEW,net,online,DECISION,,
        2025-03-01,eve,ada,REVIEW,net,online,,,
        2025-02-01,eve,ada,CALL,net,online,CONSIDERATION,,
    """,
}


def write(folder: Path) -> Path:
    """The graph as a folder to load."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


async def fill(scratch: Database, driver: AsyncDriver, folder: Path) -> None:
    """Have the scratch database hold this graph and nothing else."""
    await wipe(driver)
    report = await load_folder(write(folder), Neo4jGraphWriter(scratch), rejects=folder / "rejects.csv")
    assert report.rejected == 0
