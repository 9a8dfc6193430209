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
