"""Makes the people of a snapshot: from all there are, or from a former snapshot's and those who changed."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from service.domain.model import Person
from service.graph.snapshot import Int, People
from service.graph.texts import Index, Texts


def people_of(people: Iterable[Person]) -> People:
    """Everybody, in order of id."""
    ordered = sorted(people, key=lambda person: person.id)
    return People(
        Index(Texts.of(person.id for person in ordered), "person"),
        Texts.of(person.name for person in ordered),
        np.array([person.opted_out for person in ordered], dtype=np.bool_),
    )


def changed_people(former: People, changed: Mapping[str, Person], gone: Collection[str]) -> tuple[People, Int]:
    """Former people with some changed or added and some gone; and where each former one is now, −1 if gone. Where that
    changes nothing they are the very same."""
    index = former.index
    changed = {id_: person for id_, person in changed.items() if not _is_among(former, person)}
    gone = [id_ for id_ in gone if id_ in index]
    if not changed and not gone:
        return former, np.arange(len(index), dtype=np.int32)
    shift = np.zeros(len(index) + 1, dtype=np.int32)
    stays = np.ones(len(index), dtype=np.bool_)
    spans: list[tuple[int, int, list[Person]]] = []
    for id_ in sorted({*changed, *gone}):
        place, known, put = index.place(id_), id_ in index, [changed[id_]] if id_ in changed else []
        spans.append((place, place + known, put))
        if known and not put:
            stays[place] = False
            shift[place + 1] -= 1
        elif put and not known:
            shift[place] += 1
    ids = index.ids.spliced((start, stop, [person.id for person in put]) for start, stop, put in spans)
    names = former.names.spliced((start, stop, [person.name for person in put]) for start, stop, put in spans)
    places = np.arange(len(index), dtype=np.int32) + np.cumsum(shift[:-1], dtype=np.int32)
    moved: Int = np.where(stays, places, np.int32(-1))
    people = People(Index(ids, "person"), names, np.zeros(len(ids), dtype=np.bool_))
    people.opted_out[moved[stays]] = former.opted_out[stays]
    for person in changed.values():
        people.opted_out[people.index.of(person.id)] = person.opted_out
    return people, moved


def _is_among(people: People, person: Person) -> bool:
    place = people.index.find(person.id)
    return place is not None and (people.names[place], bool(people.opted_out[place])) == (person.name, person.opted_out)
