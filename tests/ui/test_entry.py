"""Values are read as a person types them, and written back the same."""

import pytest

from designer.core.parameter import Parameter, parameters_of
from designer.core.training import TrainingSettings
from designer.layers import CATALOGUE
from designer.ui.fields.entry import EntryError, read, step, write


def parameter(kind: str, name: str) -> Parameter:
    return next(p for p in CATALOGUE[kind].parameters() if p.name == name)


@pytest.mark.parametrize(
    ("kind", "name", "text", "value"),
    [
        ("Conv2d", "out_channels", "64", 64),
        ("Conv2d", "kernel_size", "3", 3),
        ("Conv2d", "kernel_size", "3 × 5", (3, 5)),
        ("Conv2d", "kernel_size", "3x5", (3, 5)),
        ("Conv2d", "kernel_size", "[3, 5]", (3, 5)),
        ("Conv2d", "padding", "same", "same"),
        ("Conv2d", "padding", "1, 2", (1, 2)),
        ("Dropout", "p", "0.25", 0.25),
        ("Normalize", "mean", "0.5", 0.5),
        ("Normalize", "mean", "0.4, 0.5, 0.6", (0.4, 0.5, 0.6)),
        ("MaxPool2d", "stride", "", None),
        ("ZeroPad2d", "padding", "-1", -1),
        ("ZeroPad2d", "padding", "1, 0, -2, 0", (1, 0, -2, 0)),
        ("Upsample", "scale_factor", "1.5", 1.5),
        ("Upsample", "scale_factor", "1.5 × 2", (1.5, 2.0)),
        ("Split", "sizes", "8", (8,)),
        ("Permute", "dims", "0, 3, 1, 2", (0, 3, 1, 2)),
    ],
)
def test_a_text_is_read(kind: str, name: str, text: str, value: object) -> None:
    result = read(parameter(kind, name), text)
    assert (result, type(result)) == (value, type(value))
    assert read(parameter(kind, name), write(result)) == value


@pytest.mark.parametrize(
    ("kind", "name", "value", "text"),
    [
        ("Conv2d", "padding", (1, 2), "1 × 2"),
        ("Upsample", "scale_factor", (1.5, 2.0), "1.5 × 2"),
        ("Split", "sizes", (8, 8), "8, 8"),
        ("ZeroPad2d", "padding", (1, 0, 1, 0), "1, 0, 1, 0"),
        ("Normalize", "mean", (0.5, 0.5), "0.5, 0.5"),
    ],
)
def test_only_height_and_width_are_written_with_a_cross(
    kind: str, name: str, value: object, text: str
) -> None:
    assert write(value, parameter(kind, name).kind) == text


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        ("Conv2d", "out_channels", ""),
        ("Conv2d", "out_channels", "3.5"),
        ("Conv2d", "out_channels", "9" * 40),
        ("Conv2d", "kernel_size", "3 × 5 × 7"),
        ("Conv2d", "padding", "sam"),
        ("Dropout", "p", "nan"),
        ("Dropout", "p", "half"),
    ],
)
def test_what_is_no_value_is_refused_with_what_is_expected(kind: str, name: str, text: str) -> None:
    with pytest.raises(EntryError, match=f"{name} is .*; received"):
        read(parameter(kind, name), text)


def test_every_default_of_the_catalogue_survives_being_written_and_read() -> None:
    settings = parameters_of(TrainingSettings)
    every = [p for kind in CATALOGUE.values() for p in kind.parameters()] + list(settings)
    typed = [p for p in every if p.kind not in ("boolean", "choice")]
    assert len(typed) > 20
    for one in typed:
        assert read(one, write(one.default)) == one.default, one.name


def test_steps_keep_to_the_first_digit_and_to_the_limits() -> None:
    rate = next(p for p in parameters_of(TrainingSettings) if p.name == "learning_rate")
    assert step(rate, 0.001, 1) == 0.002
    assert step(rate, 0.001, -1) == 0.0009
    assert step(parameter("Conv2d", "stride"), 1, -1) == 1
    assert step(parameter("Conv2d", "stride"), (1, 2), 1) == (2, 3)
    assert step(parameter("Conv2d", "padding"), "same", 1) == "same"
