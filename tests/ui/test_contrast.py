"""Every ink is legible on every ground it is used on, dark and light."""

import pytest

from designer.ui.theme.contrast import (
    SIGN_NEEDS,
    SIGN_PAIRS,
    TEXT_NEEDS,
    TEXT_PAIRS,
    contrast,
)
from designer.ui.theme.tokens import DARK, LIGHT, Tokens


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("pairs", "needs"), [(TEXT_PAIRS, TEXT_NEEDS), (SIGN_PAIRS, SIGN_NEEDS)])
def test_every_pair_has_the_contrast_it_needs(
    tokens: Tokens, pairs: tuple[tuple[str, str], ...], needs: float
) -> None:
    measured = {
        f"{ink} on {ground}": round(contrast(getattr(tokens, ink), getattr(tokens, ground)), 2)
        for ink, ground in pairs
    }
    assert {pair: value for pair, value in measured.items() if value < needs} == {}
