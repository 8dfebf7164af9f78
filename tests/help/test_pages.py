"""Pages as values: what they say of layers, of a user's own node, of notions and problems."""

import re
from pathlib import Path

import pytest

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Node
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.help import notions, topics
from designer.help.addresses import FAULT, KEYS, LAYER, TOPIC
from designer.help.arithmetic import costs, dense, facts_of
from designer.help.book import Book
from designer.help.faults import fault_page
from designer.help.layers import layer_page
from designer.help.markdown import markdown
from designer.help.page import Code, Curve, Page, Points, Sample, Span, Words, Worked, spans
from designer.layers import CATALOGUE
from designer.rules import RULES
from designer.rules.catalogue import codes


def worked(page: Page) -> list[Worked]:
    return [block for block in page.blocks if isinstance(block, Worked)]


def text(page: Page) -> str:
    """All that a page says, as the manual prints it."""
    return markdown(page, lambda address: None)


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_layer_says_how_it_computes_and_what_goes_wrong(kind: str) -> None:
    made = CATALOGUE[kind]
    assert made.formula
    assert made.pitfalls
    assert all(sentence.endswith(".") for sentence in made.pitfalls)
    page = layer_page(made)
    assert page.lead.endswith(".")
    assert worked(page)
    assert any(isinstance(block, Code) for block in page.blocks)
    assert all(parameter.name in text(page) for parameter in made.parameters())


def test_the_quiz_of_the_lesson_is_worked_out_on_the_page_of_conv2d() -> None:
    rows = [(block.title, block.lines[-1]) for block in worked(layer_page(CATALOGUE["Conv2d"]))]
    assert rows == [
        ("Padding same, stride 1", "depth = 8 filters → 8 × 28 × 28"),
        ("Padding valid, stride 1", "depth = 8 filters → 8 × 26 × 26"),
        ("Padding valid, stride 2", "depth = 8 filters → 8 × 13 × 13"),
    ]


def test_a_convolution_says_what_a_dense_layer_would_need() -> None:
    conv = CATALOGUE["Conv2d"](out_channels=8, kernel_size=3, padding="same")
    facts = facts_of(conv, (Shape((3, 28, 28)),))
    assert dense(facts) == 3 * 28 * 28 * 8 * 28 * 28 + 8 * 28 * 28
    told = dict(costs(facts))
    assert told["a dense layer instead"].endswith("= 14,758,016 weights and biases")
    assert told["so sharing saves"] == "14,758,016 / 224 = 65,884 times"
    assert dense(facts_of(CATALOGUE["ReLU"](), (Shape((3, 28, 28)),))) == 0


def test_greyscale_shows_both_rules_in_numbers() -> None:
    samples = [
        b.numbers for b in layer_page(CATALOGUE["Greyscale"]).blocks if isinstance(b, Sample)
    ]
    assert [sample.lines[0] for sample in samples] == [
        "(0.8 + 0.4 + 0.1) / 3 = 0.4333",
        "0.299 · 0.8 + 0.587 · 0.4 + 0.114 · 0.1 = 0.4854",
    ]


def test_a_1x1_convolution_is_shown_as_a_matrix_multiplication_over_channels() -> None:
    (sample,) = [b for b in layer_page(CATALOGUE["Conv1x1"]).blocks if isinstance(b, Sample)]
    numbers = sample.numbers
    pixel = [channel[0][0] for channel in numbers.given[0]]
    made = [sum(w * x for w, x in zip(row, pixel, strict=True)) for row in numbers.weights]
    assert [channel[0][0] for channel in numbers.gives[0]] == made


def test_pooling_shows_windows_of_its_own_size_and_stride() -> None:
    for kind, wanted in (
        ("MaxPool2d", ((8, 4), (6, 7))),
        ("AvgPool2d", ((4.25, 1.75), (2.25, 4.25))),
    ):
        samples = [b for b in layer_page(CATALOGUE[kind]).blocks if isinstance(b, Sample)]
        assert len(samples) == 2
        assert samples[0].numbers.gives == ((wanted,),)
        assert samples[0].numbers != samples[1].numbers


def test_an_activation_has_a_curve() -> None:
    (curve,) = [b for b in layer_page(CATALOGUE["ReLU"]).blocks if isinstance(b, Curve)]
    assert curve.points[0] == (-3, 0)
    assert curve.points[-1] == (3, 3)


def small() -> Design:
    nodes = [
        Node("image", CATALOGUE["Input"](channels=3)),
        Node("first", CATALOGUE["Conv2d"](out_channels=4, kernel_size=5)),
        Node("fc", CATALOGUE["Linear"]()),
    ]
    return Design("Small").with_nodes(nodes, [Edge("image", "first"), Edge("first", "fc")])


def test_a_node_of_ones_own_is_worked_out_in_front() -> None:
    facts = analyze(small()).facts["first"]
    page = Book().page(f"{LAYER}Conv2d", "first", facts)
    assert page is not None
    own = worked(page)[0]
    assert own.title == "first"
    assert own.lines[0] == "3 × 28 × 28 in"
    assert dict(own.costs)["parameters"] == "5 · 5 · 3 · 4 + 4 = 304"
    assert own.windows is not None
    assert own.windows[0].kernel == 5


def test_a_node_whose_shape_is_not_known_is_left_out() -> None:
    facts = analyze(small()).facts["fc"]
    page = Book().page(f"{LAYER}Linear", "fc", facts)
    assert page == Book().page(f"{LAYER}Linear")


def test_a_problem_has_its_meaning_its_place_and_what_mends_it() -> None:
    design = small()
    found = analyze(design, RULES).diagnostics
    page = fault_page("needs-vector", design, found)
    assert page is not None
    assert page.lead == codes()["needs-vector"]
    points = [block for block in page.blocks if isinstance(block, Points)]
    assert "fc is a Linear and needs a vector" in points[0].items[0]
    assert any("Flatten" in label for label in points[1].items)
    assert isinstance(page.blocks[-1], Words)
    assert "`Linear`" in page.blocks[-1].text


def test_every_problem_has_a_page_and_the_list_names_it() -> None:
    listed = text(Book().page("topic/problems") or pytest.fail())
    for code, meaning in codes().items():
        page = Book().fault(f"{FAULT}{code}", Design(), ())
        assert page is not None
        assert meaning in listed
        assert code in listed
    assert Book().fault(f"{FAULT}no-such-code", Design(), ()) is None


def test_an_address_that_nobody_knows_has_no_page() -> None:
    assert Book().page("layer/Nothing") is None
    assert Book().page("topic/nothing") is None
    assert Book().page("") is None


def test_pages_of_others_are_found_beside_ours() -> None:
    keys = Page(KEYS, "Keys", "", "What the keyboard does.")
    book = Book({KEYS: lambda: keys})
    assert book.page(KEYS) is keys
    assert KEYS in [entry.address for _, group in book.entries() for entry in group]


def test_every_entry_has_a_page() -> None:
    book = Book()
    entries = [entry for _, group in book.entries() for entry in group]
    assert len({entry.address for entry in entries}) == len(entries)
    assert {e.address for e in entries} >= {f"{TOPIC}{name}" for name in topics.PAGES}
    for entry in entries:
        page = book.page(entry.address)
        assert page is not None
        assert page.address == entry.address


def test_marked_text_has_words_code_and_links() -> None:
    assert list(spans("Put a `Flatten` before, or `x`; see [shapes](topic/shape).")) == [
        Span("Put a "),
        Span("Flatten", True, "layer/Flatten"),
        Span(" before, or "),
        Span("x", True),
        Span("; see "),
        Span("shapes", address="topic/shape"),
        Span("."),
    ]


@layer("Activation")
class Doubled(Layer):
    """Gives twice what comes in."""

    times: int = param(2, min=1, help="How many times")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs


def test_a_layer_of_another_distribution_is_shown_over_inputs_that_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from designer.core.call import call

    monkeypatch.setattr(Doubled, "module", lambda self, *inputs: call("nn.Identity"))
    page = layer_page(Doubled)
    assert worked(page)[0].lines[0] == "16 × 14 × 14 in"
    assert "x = torch.rand(8, 16, 14, 14)" in text(page)


def test_no_number_of_a_page_is_typed_where_a_layer_can_say_it() -> None:
    """The notions' sources hold no figure of a thousand or more: those are computed."""
    sources = sorted(Path(notions.__file__).parent.glob("*.py"))
    assert len(sources) > 3
    for source in sources:
        typed = re.findall(r"\b\d{1,3},\d{3}\b|\b\d{4,}\b", source.read_text("utf-8"))
        assert typed == [], source.name
