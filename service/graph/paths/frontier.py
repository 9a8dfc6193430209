"""A heap of waiting labels, smallest key first: four children a node, keys and slots in arrays of their own. Compiled.

Labels are never moved within it when a better one comes; the worse one is recognised when its turn comes.
"""

import numpy as np
import numpy.typing as npt

from service.graph.compiled import kernel
from service.graph.snapshot import Int

Keys = npt.NDArray[np.int64]


@kernel
def push(keys: Keys, slots: Int, size: int, key: int, slot: int) -> int:
    """Add a label; the new size."""
    place = size
    while place > 0:
        parent = (place - 1) >> 2
        if keys[parent] <= key:
            break
        keys[place] = keys[parent]
        slots[place] = slots[parent]
        place = parent
    keys[place] = key
    slots[place] = slot
    return size + 1


@kernel
def pop(keys: Keys, slots: Int, size: int) -> int:
    """Take away the first label (read it before); the new size."""
    size -= 1
    key, slot = keys[size], slots[size]
    place = 0
    while True:
        child = 4 * place + 1
        if child >= size:
            break
        least = child
        for other in range(child + 1, min(child + 4, size)):
            if keys[other] < keys[least]:
                least = other
        if keys[least] >= key:
            break
        keys[place] = keys[least]
        slots[place] = slots[least]
        place = least
    keys[place] = key
    slots[place] = slot
    return size
