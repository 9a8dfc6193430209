"""The schema as text, against its snapshot, against the names callers rely on, and every word of it described."""

import importlib
import pkgutil
from collections import defaultdict
from pathlib import Path

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    build_schema,
    is_specified_scalar_type,
)
from strawberry.types.base import StrawberryObjectDefinition

from service import api
from service.api.schema import sdl
from service.settings import PROJECT

HERE = Path(__file__).parent

built = build_schema(sdl())
contract = build_schema((HERE / "contract.graphql").read_text(encoding="utf-8"))


def test_the_snapshot_is_up_to_date() -> None:
    """`python -m service.api.schema > schema.graphql` renews it; the diff shows what callers will notice."""
    assert sdl() == (PROJECT / "schema.graphql").read_text(encoding="utf-8")


def test_no_two_types_share_a_name() -> None:
    """Strawberry does not notice where both are only met in connections: one takes the other's place."""
    classes: dict[str, set[str]] = defaultdict(set)
    for module in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            definition = vars(value).get("__strawberry_definition__") if isinstance(value, type) else None
            if isinstance(definition, StrawberryObjectDefinition) and definition.concrete_of is None:
                classes[definition.name].add(f"{value.__module__}.{value.__qualname__}")
    assert len(classes) > 40
    assert [names for names in classes.values() if len(names) > 1] == []


def test_every_word_is_described() -> None:
    silent: list[str] = []
    for name, type_ in built.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type_):
            continue
        parts: dict[str, str | None] = {name: type_.description}
        if isinstance(type_, GraphQLEnumType):
            parts |= {f"{name}.{word}": value.description for word, value in type_.values.items()}
        if isinstance(type_, GraphQLInputObjectType):
            parts |= {f"{name}.{field}": value.description for field, value in type_.fields.items()}
        if isinstance(type_, GraphQLObjectType):
            for field, value in type_.fields.items():
                parts[f"{name}.{field}"] = value.description
                parts |= {f"{name}.{field}({arg})": given.description for arg, given in value.args.items()}
        silent += [part for part, description in parts.items() if not (description or "").strip()]
    assert silent == []


def test_names_types_and_defaults_that_callers_rely_on() -> None:
    """Everything in contract.graphql is there as it stands; more fields and arguments are welcome."""
    broken: list[str] = []
    for name, wanted in contract.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(wanted):
            continue
        given = built.type_map.get(name)
        if type(given) is not type(wanted):
            broken.append(f"{name} is missing")
        elif isinstance(wanted, GraphQLEnumType) and isinstance(given, GraphQLEnumType):
            broken += [f"{name}.{word}" for word in wanted.values if word not in given.values]
        elif isinstance(wanted, GraphQLInputObjectType) and isinstance(given, GraphQLInputObjectType):
            broken += _differences(name, wanted.fields, given.fields)
            broken += [name] if wanted.is_one_of != given.is_one_of else []
        elif isinstance(wanted, GraphQLObjectType) and isinstance(given, GraphQLObjectType):
            for field, value in wanted.fields.items():
                found = given.fields.get(field)
                if found is None or str(found.type) != str(value.type):
                    broken.append(f"{name}.{field}: {value.type}, not {found and found.type}")
                else:
                    broken += _differences(f"{name}.{field}", value.args, found.args)
                    extra = {
                        arg for arg, spec in found.args.items() if arg not in value.args and str(spec.type)[-1] == "!"
                    }
                    broken += [f"{name}.{field}({arg}) is new and required" for arg in extra]
    assert broken == []


def _differences(place: str, wanted: dict, given: dict) -> list[str]:  # type: ignore[type-arg]
    return [
        f"{place}({name}): {_spec(spec)}, not {_spec(given[name]) if name in given else 'missing'}"
        for name, spec in wanted.items()
        if name not in given or _spec(spec) != _spec(given[name])
    ]


def _spec(argument: GraphQLArgument) -> tuple[str, str]:
    return str(argument.type), repr(argument.default_value)
