"""The ids of imported nodes: counted on, not counted anew."""

from __future__ import annotations

from designer.core.shape import Shape
from designer.engine.importing.sketch import NUMBERED, Sketch
from designer.layers.activations import ReLU


class Counting(set[str]):
    """A set that knows how often it was asked."""

    asked = 0

    def __contains__(self, value: object) -> bool:
        self.asked += 1
        return super().__contains__(value)


def test_the_ids_of_many_nodes_take_no_longer_each_than_those_of_few() -> None:
    sketch = Sketch(Shape((3, 8, 8)))
    taken = sketch._taken = Counting(sketch._taken)
    value = sketch.image
    for _ in range(200):
        (value,) = sketch.add((NUMBERED,), ReLU(), value)
        (value,) = sketch.add(("stem", "act"), ReLU(), value)
    assert {"relu1", "relu200", "stem_act", "stem_act_2", "stem_act_200"} <= sketch.steps.keys()
    assert len(sketch.steps) == 401
    assert taken.asked < 5 * 400
