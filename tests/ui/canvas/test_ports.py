"""Ports: several of them on a side, long ones, and where wires to each of them end."""

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, layer
from designer.core.shape import Shape
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.hit import port_at
from designer.ui.canvas.scene.look import Ports
from designer.ui.canvas.scene.measure import NODE_HEIGHT, node_height
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import drag, input_, output
from tests.ui.canvas.nets import make


@layer("Shape")
class Parted(Layer):
    """Gives its input twice, and a half of it."""

    parts: int = 5

    @property
    def output_count(self) -> int:
        return self.parts

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return tuple(Shape((i + 1, *inputs[0][1:])) for i in range(self.parts))


@layer("Merge")
class Chosen(Layer):
    """Takes exactly three inputs."""

    inputs = 3

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs[:1]


def parted() -> Design:
    nodes = [
        Node("image", make("Input", 4, 8, 8), (0, 0)),
        Node("parts", Parted(), (192, 0)),
        Node("pick", Chosen(), (384, 0)),
    ]
    edges = [Edge("image", "parts"), Edge("parts", "pick", 0, 1), Edge("parts", "pick", 2, 4)]
    return Design(graph=Graph.of(nodes, edges))


def test_many_ports_make_a_node_higher_by_steps_of_the_grid() -> None:
    assert node_height(Parted(3)) == NODE_HEIGHT
    assert node_height(Parted(5)) > NODE_HEIGHT
    assert all((node_height(Parted(n)) - NODE_HEIGHT) % 8 == 0 for n in range(1, 40))


def test_wires_begin_and_end_at_their_own_ports() -> None:
    design = parted()
    picture = compose(design, analyze(design))
    parts, pick = picture.index["parts"], picture.index["pick"]
    assert picture.outputs(parts) == Ports(5, 0b10010)
    assert picture.inputs(pick) == Ports(3, 0b101)
    for wire, (port, out) in ((1, (0, 1)), (2, (2, 4))):
        begin, end = picture.routes.of(wire)[0], picture.routes.of(wire)[-1]
        assert tuple(begin) == picture.port_place(parts, out, output=True)
        assert tuple(end) == picture.port_place(pick, port, output=False)


def test_each_port_is_found_under_the_pointer() -> None:
    design = parted()
    picture = compose(design, analyze(design))
    i = picture.index["parts"]
    for port in range(5):
        hit = port_at(picture, picture.port_place(i, port, output=True), 5.0)
        assert hit is not None
        assert (hit.item, hit.port, hit.output) == (i, port, True)


def test_shapes_of_several_outputs_are_said_as_far_as_they_differ() -> None:
    design = parted()
    picture = compose(design, analyze(design))
    assert picture.look(picture.index["parts"]).second == "1 | 2 | 3 | 4 | 5 × 8 × 8"


def test_a_wire_is_drawn_between_chosen_ports(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(parted())
    drag(canvas, output(canvas, "parts", 3), input_(canvas, "pick", 1))
    assert Edge("parts", "pick", 1, 3) in canvas.session.design.edges
    assert canvas.session.analysis.facts["pick"].outputs == (Shape((2, 8, 8)),)
    canvas.grab()


def test_a_long_port_grows_with_its_wires(make_canvas: MakeCanvas) -> None:
    nodes = [Node(f"in{i}", make("Input"), (0, 80.0 * i)) for i in range(4)]
    design = Design(graph=Graph.of([*nodes, Node("all", make("Concat"), (300, 120))]))
    canvas = make_canvas(design)
    for i in range(4):
        drag(canvas, output(canvas, f"in{i}"), input_(canvas, "all"))
    edges = canvas.session.design.edges
    assert [(e.source, e.port) for e in edges] == [(f"in{i}", i) for i in range(4)]
    ends = canvas.picture.ends[:, 3]
    assert (ends[1:] - ends[:-1] == 6.0).all()
