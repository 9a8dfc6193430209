"""Python's collector of cycles, kept from looking where there is nothing to find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_off() -> Iterator[None]:
    """Not at all while modules are imported: they stay, and looking through them took a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settle_memory() -> None:
    """Leave alone what is there to stay, and look less often: it took a third of the processor time of a wide answer,
    and answers make no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
