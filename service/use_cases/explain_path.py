"""A path as sentences that a salesperson can read: who knows whom, on what evidence, since when, and what is weak."""

from typing import TYPE_CHECKING

from service.domain.model import GENERAL_TOPIC, Evidence

if TYPE_CHECKING:
    from service.domain.paths import Party, TrustedPathsQuestion, TrustStep
    from service.graph.paths.trusted_paths import FoundPath
    from service.graph.snapshot import Snapshot


def explain(snapshot: "Snapshot", question: "TrustedPathsQuestion", path: "FoundPath") -> str:
    """Plain English, one sentence a step, then the weakest link."""
    names = [snapshot.people.names[person] for person in path.people]
    if not path.steps:
        return f"{names[0]} {_place(snapshot, question)}: no introduction is needed."
    sentences = [_opening(snapshot, question, names)]
    sentences += [_step(snapshot, step) for step in path.steps]
    if len(path.steps) > 1:
        sentences.append(_weakest(snapshot, path))
    return " ".join(sentences)


def _place(snapshot: "Snapshot", question: "TrustedPathsQuestion") -> str:
    if question.from_.brand_id is not None and question.to.brand_id is not None:
        return f"is at {_party(snapshot, question.from_)} and decides at {_party(snapshot, question.to)}"
    if question.from_.brand_id is not None:
        return f"is at {_party(snapshot, question.from_)}"
    if question.to.brand_id is not None:
        return f"decides at {_party(snapshot, question.to)}"
    return "is the person asked for"


def _opening(snapshot: "Snapshot", question: "TrustedPathsQuestion", names: list[str]) -> str:
    start = names[0]
    if question.from_.brand_id is not None:
        start += f" of {_party(snapshot, question.from_)}"
    end = names[-1]
    if question.to.brand_id is not None:
        end += f", who decides at {_party(snapshot, question.to)}"
    inner = names[1:-1]
    if not inner:
        return f"{start} directly reaches {end}."
    through = inner[0] if len(inner) == 1 else f"{', '.join(inner[:-1])} and {inner[-1]}"
    comma = "," if question.to.brand_id is not None else ""
    return f"{start} reaches {end}{comma} through {through}."


def _step(snapshot: "Snapshot", step: "TrustStep") -> str:
    listener, speaker = (step.from_id, step.to_id) if step.listener_is_from else (step.to_id, step.from_id)
    topic = "in general" if step.topic_id == GENERAL_TOPIC else f"on {_topic(snapshot, step.topic_id)}"
    return f"{_person(snapshot, listener)} trusts {_person(snapshot, speaker)} {topic} ({_grounds(step)})."


def _grounds(step: "TrustStep") -> str:
    grounds = _listed(step.evidence) if step.evidence else "by explicit statement"
    if step.channel is not None:
        grounds += f", {step.channel.lower()}"
    if step.since is not None:
        grounds += f", since {step.since.isoformat()}"
    if step.last_seen is not None and step.last_seen != step.since:
        grounds += f", last on {step.last_seen.isoformat()}"
    if step.paid:
        grounds += ", partly paid"
    return grounds


def _listed(evidence: tuple[Evidence, ...]) -> str:
    most_first = sorted(evidence, key=lambda item: (-item.count, item.kind))
    return ", ".join(f"{item.count} × {item.kind.lower().replace('_', ' ')}" for item in most_first)


def _weakest(snapshot: "Snapshot", path: "FoundPath") -> str:
    weakest = max(path.steps, key=lambda step: step.cost)
    return (
        f"The weakest link is {_person(snapshot, weakest.from_id)} to {_person(snapshot, weakest.to_id)} "
        f"(strength {weakest.strength:.2f})."
    )


def _person(snapshot: "Snapshot", id_: str) -> str:
    return snapshot.people.names[snapshot.people.index.of(id_)]


def _topic(snapshot: "Snapshot", id_: str) -> str:
    return snapshot.topics.names[snapshot.topics.index.of(id_)]


def _party(snapshot: "Snapshot", party: "Party") -> str:
    return snapshot.brands.names[snapshot.brands.index.of(party.brand_id or "")]
