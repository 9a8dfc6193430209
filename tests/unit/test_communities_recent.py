"""The small memory of answers."""

from service.use_cases.recent import Recent


def test_what_is_unused_for_longest_makes_room() -> None:
    memory: Recent[str, int] = Recent(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c"), len(memory)) == (1, None, 3, 2)


def test_putting_again_replaces_and_counts_as_use() -> None:
    memory: Recent[str, int] = Recent(2)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.put("a", 9)
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b")) == (9, None)


def test_dropping_what_is_not_there_is_nothing() -> None:
    memory: Recent[str, int] = Recent(2)
    memory.put("a", 1)
    memory.drop("a")
    memory.drop("a")
    assert (memory.get("a"), len(memory)) == (None, 0)


def test_heavy_entries_make_room_by_weight() -> None:
    memory: Recent[str, int] = Recent(10, heaviest=10, weigh=lambda value: value)
    for key, weight in (("a", 4), ("b", 4), ("c", 3)):
        memory.put(key, weight)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (None, 4, 3)
    # Replaced by something lighter, it leaves room for another.
    memory.put("b", 1)
    memory.put("d", 6)
    assert len(memory) == 3
    # What is too heavy by itself is held alone.
    memory.put("e", 99)
    assert (memory.get("e"), len(memory)) == (99, 1)
    memory.put("f", 1)
    assert (memory.get("f"), len(memory)) == (1, 1)


def test_only_what_is_wanted_stays() -> None:
    memory: Recent[str, int] = Recent(10)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.keep(lambda key: key != "a")
    assert (memory.get("a"), memory.get("b"), len(memory)) == (None, 2, 1)
