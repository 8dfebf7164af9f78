"""What many layers have, as arrays, is what each says of itself."""

from designer.layers import CATALOGUE
from designer.ui.canvas.scene.kinds import ANY, Kinds
from designer.ui.canvas.scene.measure import NODE_HEIGHT, height_for, node_height
from tests.ui.canvas.nets import make


def test_arrays_say_what_every_layer_says() -> None:
    layers = [kind() for kind in CATALOGUE.values()] * 2
    layers += [make("Split", sizes=(1, 2, 3, 4, 5)), make("Split", sizes=(7, 8))]
    kinds = Kinds(layers)
    for i, layer in enumerate(layers):
        assert kinds.inputs[i] == (ANY if layer.inputs is None else layer.inputs)
        assert kinds.outputs[i] == layer.output_count
        assert kinds.heights[i] == node_height(layer)
        assert kinds.families[kinds.family[i]] == layer.family
    assert {2, 5} <= set(kinds.outputs.tolist())
    assert len(set(kinds.families)) == len(kinds.families)


def test_many_ports_make_a_node_higher_by_steps_of_the_grid() -> None:
    heights = [height_for(ports) for ports in range(20)]
    assert heights[:4] == [NODE_HEIGHT] * 4
    assert heights == sorted(heights)
    assert {(height - NODE_HEIGHT) % 8 for height in heights} == {0}
    assert len(Kinds([]).heights) == 0
