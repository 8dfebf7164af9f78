"""How weights begin: PyTorch's way, in which deep plain nets fall silent, or He's."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from designer.codegen import render_script
from designer.engine import script
from designer.storage import template


def fresh(name: str, initialization: str) -> nn.Module:
    """The net as a run has it before its first step."""
    design = template(name).design()
    design = replace(design, training=replace(design.training, initialization=initialization))
    module = script.from_text(render_script(design), f"script of {name} {initialization}")
    settings = module.Settings(device="cpu")
    assert settings.initialization == initialization
    torch.manual_seed(3)
    made = module.make_model(settings, module.Place(torch.device("cpu")))
    assert isinstance(made, nn.Module)
    return made


def told_apart(net: nn.Module) -> float:
    """How much the scores of different images differ."""
    images = torch.rand(8, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        return float(net.eval()(images).std(0).mean())


@pytest.mark.parametrize("name", ["all-cnn-c", "network-in-network"])
def test_a_deep_plain_net_tells_images_apart_from_the_first_step(name: str) -> None:
    assert template(name).design().training.initialization == "he"
    assert told_apart(fresh(name, "he")) > 300 * told_apart(fresh(name, "pytorch"))


def test_he_is_what_torch_calls_kaiming_normal() -> None:
    net = fresh("all-cnn-c", "he")
    for module in net.modules():
        if isinstance(module, nn.Conv2d):
            fan_in = module.weight[0].numel()
            spread = float(module.weight.detach().std())
            assert spread == pytest.approx((2 / fan_in) ** 0.5, rel=0.1)
            assert module.bias is not None and not module.bias.any()


def test_pytorchs_own_way_changes_nothing() -> None:
    torch.manual_seed(3)
    design = template("all-cnn-c").design()
    module = script.from_text(render_script(design), "plain script")
    expected = module.build_model().state_dict()
    found = fresh("all-cnn-c", "pytorch").state_dict()
    assert all(torch.equal(found[key], value) for key, value in expected.items())
