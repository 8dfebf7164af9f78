"""A few letters find what a person means."""

import pytest

from designer.app.actions import ACTIONS, BY_ID
from designer.app.also_called import ALSO
from designer.app.matching import best
from designer.layers import CATALOGUE
from designer.storage import TEMPLATES


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("conv", "Conv2d"),
        ("relu", "ReLU"),
        ("bn", "BatchNorm2d"),
        ("maxp", "MaxPool2d"),
        ("dense", "Linear"),
        ("gap", "GlobalAvgPool2d"),
        ("flat", "Flatten"),
    ],
)
def test_the_best_layer_comes_first(typed: str, first: str) -> None:
    kinds = CATALOGUE.values()
    found = best(typed, kinds, lambda kind: (kind.kind(), kind.search, kind.family))
    assert found[0].kind() == first


def test_what_does_not_fit_is_left_out() -> None:
    assert best("xyz", ["Conv2d", "ReLU"], lambda name: (name,)) == []


TITLES = [template.title for template in TEMPLATES]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lenet", ["LeNet-5", "GoogLeNet", "MobileNet v2", "ShuffleNet v2 ×1.0"]),
        ("alex", ["AlexNet"]),
        ("vgg", ["VGG-16"]),
        ("resnet 50", ["ResNet-50"]),
        ("dense", ["DenseNet-121"]),
    ],
)
def test_nets_that_only_have_the_letters_somewhere_are_not_listed(
    typed: str, found: list[str]
) -> None:
    assert best(typed, TITLES, lambda title: (title,)) == found


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("save", "Save"),
        ("sa", "Save"),
        ("savea", "Save as …"),
        ("select all", "Select all"),
        ("all select", "Select all"),
        ("exp scr", "Export the training script …"),
        ("loe", "Lay out everything"),
        ("undo", "Undo"),
        ("udno", None),
        ("prv problm", "Previous problem"),
    ],
)
def test_the_best_action_comes_first(typed: str, first: str | None) -> None:
    found = best(typed, ACTIONS, lambda action: (action.title, action.menu))
    assert (found[0].title if found else None) == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("theme", "Dark"),
        ("dark mode", "Dark"),
        ("full screen", "Canvas alone"),
        ("bigger", "Larger interface"),
        ("shortcuts", "Keys"),
        ("python", "Code"),
        ("clone", "Duplicate"),
    ],
)
def test_an_action_is_found_by_what_it_is_called_elsewhere(typed: str, first: str) -> None:
    found = best(typed, ACTIONS, lambda action: (action.title, ALSO.get(action.id, "")))
    assert found[0].title == first


def test_what_is_called_otherwise_is_an_action() -> None:
    assert ALSO.keys() <= BY_ID.keys()


def test_every_action_is_found_first_by_its_own_title() -> None:
    for action in ACTIONS:
        found = best(action.title, ACTIONS, lambda action: (action.title,))
        assert found[0].title == action.title


def test_a_word_that_is_said_of_a_thing_counts_less_than_one_in_a_name() -> None:
    things = [("Undo", "edit"), ("Edit the name", "view"), ("Credits", "help")]
    found = best("edit", things, lambda thing: thing)
    assert [name for name, _ in found] == ["Edit the name", "Credits", "Undo"]
