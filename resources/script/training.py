"""Training: the loop, with everything that a checkpoint needs to go on exactly."""

import math
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from data import Feed, Images, batches, shuffled
from evaluation import Stopped, arithmetic, check_fit, evaluate, logits_of, make_model
from progress import Epoch, Reporter, Result, StepLog, Sums
from settings import Failure, Settings, Unusable, reason_of, shown, take_place
from weights import (
    load_into,
    read_checkpoint,
    read_weights,
    save_checkpoint,
    save_weights,
)

CHECKPOINT_SECONDS = 30.0


def make_optimizer(settings: Settings, model: nn.Module) -> torch.optim.Optimizer:
    """Make the optimiser of all weights that are not frozen."""
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    rate, decay = settings.learning_rate, settings.weight_decay
    momentum = settings.momentum
    match settings.optimizer:
        case "SGD":
            return torch.optim.SGD(
                weights, rate, momentum, weight_decay=decay, fused=can_fuse(weights)
            )
        case "Adam":
            return torch.optim.Adam(
                weights, rate, weight_decay=decay, fused=can_fuse(weights)
            )
        case "AdamW":
            return torch.optim.AdamW(
                weights, rate, weight_decay=decay, fused=can_fuse(weights)
            )
        case "RMSprop":
            return torch.optim.RMSprop(
                weights, rate, momentum=momentum, weight_decay=decay
            )
    raise Failure(f"'{settings.optimizer}' is not an optimiser of this script")


def can_fuse(weights: list[nn.Parameter]) -> bool:
    """Say whether one kernel can update all weights of these."""
    return all(weight.device.type in ("cpu", "cuda") for weight in weights)


def rate_factor(schedule: str, done: float) -> float:
    """Give the share of the learning rate when a share of all steps is done."""
    if schedule == "cosine":
        return 0.5 * (1 + math.cos(math.pi * done))
    if schedule == "step":
        return 0.1 ** ((done >= 0.5) + (done >= 0.75))
    return 1.0


@dataclass
class Position:
    """Where a run stands: steps done in an epoch, and the best epoch until then."""

    epoch: int = 1
    step: int = 0
    best_epoch: int = 0
    best_accuracy: float = -1.0
    best_loss: float = math.inf


class Training:
    """A net on its way through the epochs; its folder holds what it has reached."""

    def __init__(
        self, settings: Settings, images: Images, folder: Path, reporter: Reporter
    ) -> None:
        """Make the net and bring the images to it."""
        self.settings, self.images, self.folder = settings, images, folder
        self.reporter = reporter
        self.place = place = take_place(settings)
        torch.manual_seed(settings.seed)
        self.model = make_model(settings, place)
        check_fit(self.model, images, place)
        self.net = (
            DistributedDataParallel(self.model) if place.world > 1 else self.model
        )
        self.optimizer = make_optimizer(settings, self.model)
        self.feed = Feed(images.train, settings, place)
        self.validation = Feed(images.validation, settings, place)
        self.at, self.sums = Position(), Sums()
        self.log = StepLog(reporter, place)
        self.steps_per_epoch = len(self.batches_of(1))
        if place.rank > 0:
            torch.manual_seed(settings.seed + place.rank)

    def run(self) -> Result:
        """Train to the last epoch, then measure the best weights on the test images.

        Raises Stopped where the reporter wants it, with a checkpoint left behind.
        """
        settings, done = self.settings, self.steps_done()
        self.reporter.started(settings.epochs, self.steps_per_epoch, done)
        self.log.last, self.saved_at = done, time.perf_counter()
        while self.at.epoch <= settings.epochs:
            try:
                self.train_epoch()
                self.finish_epoch()
            except Stopped:
                self.log.read()
                self.save()
                raise
        return self.finish()

    def train_epoch(self) -> None:
        """Take the steps of this epoch that are still to be done."""
        self.net.train()
        self.log.sums = self.sums
        for indices in self.batches_of(self.at.epoch)[self.at.step :]:
            if self.place.world == 1 and self.reporter.should_stop():
                raise Stopped
            self.train_step(indices)
            self.at.step += 1
            if self.log.is_due():
                self.log.read()
                if self.someone_stops():
                    raise Stopped
                if time.perf_counter() - self.saved_at > CHECKPOINT_SECONDS:
                    self.save()
        self.log.read()

    def train_step(self, indices: torch.Tensor) -> None:
        """Follow the gradient of one batch; every process takes its part of it."""
        place, size = self.place, len(indices)
        mine = indices if place.world == 1 else indices[place.rank :: place.world]
        x, y = self.feed.batch(mine)
        self.set_rate()
        self.optimizer.zero_grad()
        with arithmetic(self.settings, place.device):
            logits = logits_of(self.net(x))
        loss = F.cross_entropy(logits, y)
        if place.world > 1:  # the mean over processes is the mean over the whole batch
            loss = loss * (len(mine) * place.world / size)
        loss.backward()
        self.optimizer.step()
        hits = (logits.detach().argmax(1) == y).count_nonzero()
        self.log.add(loss.detach(), hits, size)

    def set_rate(self) -> None:
        """Set the learning rate of this step; it depends on the step alone."""
        if self.settings.schedule != "constant":
            done = self.steps_done() / (self.settings.epochs * self.steps_per_epoch)
            rate = self.settings.learning_rate
            for group in self.optimizer.param_groups:
                group["lr"] = rate * rate_factor(self.settings.schedule, done)

    def finish_epoch(self) -> None:
        """Validate, keep the weights if they are the best, and write a checkpoint."""
        at, sums = self.at, self.sums
        stop = self.reporter.should_stop
        loss, accuracy = evaluate(
            self.model, self.validation, self.settings, self.place, stop
        )
        if not math.isfinite(loss):
            raise Failure(
                f"The validation loss became {loss} after epoch {at.epoch}",
                "Try a smaller learning rate; the last good checkpoint is kept.",
            )
        is_best = (accuracy, -loss) > (at.best_accuracy, -at.best_loss)
        if is_best:
            at.best_epoch, at.best_accuracy, at.best_loss = at.epoch, accuracy, loss
        record = Epoch(
            at.epoch,
            sums.loss / sums.images,
            sums.hits / sums.images,
            loss,
            accuracy,
            is_best,
        )
        self.at, self.sums = replace(at, epoch=at.epoch + 1, step=0), Sums()
        if self.place.leads:
            names = ("weights", "last") if is_best else ("last",)
            for name in names:
                path = self.folder / f"{name}.safetensors"
                save_weights(self.model.state_dict(), self.images.classes, path)
        self.save()
        if self.place.leads:
            self.reporter.epoch_done(record)

    def finish(self) -> Result:
        """Take the best weights and read the test images, once."""
        state = self.model.state_dict()
        if self.place.leads:
            best, _ = read_weights(self.folder / "weights.safetensors")
            load_into(self.model, best)
        if self.place.world > 1:
            for tensor in state.values():
                dist.broadcast(tensor, 0)
        test = Feed(self.images.test, self.settings, self.place)
        loss, accuracy = evaluate(self.model, test, self.settings, self.place)
        return Result(loss, accuracy, self.at.best_epoch, self.at.best_accuracy)

    def batches_of(self, epoch: int) -> list[torch.Tensor]:
        """Give the indices of every batch of an epoch."""
        order = shuffled(len(self.feed.y), self.settings.seed, epoch)
        fewest = 2 * self.place.world
        return batches(self.feed.home(order), self.settings.batch_size, fewest)

    def steps_done(self) -> int:
        """Count the steps since the beginning of the run."""
        return (self.at.epoch - 1) * self.steps_per_epoch + self.at.step

    def someone_stops(self) -> bool:
        """Ask every process whether to stop, so that all do."""
        stop = self.place.leads and self.reporter.should_stop()
        if self.place.world > 1:
            answer = torch.tensor(float(stop), device=self.place.device)
            dist.all_reduce(answer)
            stop = answer.item() > 0
        return stop

    def save(self) -> None:
        """Write a checkpoint: tensors and plain values, nothing that could be code."""
        self.saved_at = time.perf_counter()
        if self.place.leads:
            state = {
                "settings": asdict(self.settings),
                "at": asdict(self.at),
                "sums": asdict(self.sums),
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "random": random_states(self.place.device),
            }
            save_checkpoint(state, self.folder)

    def resume(self) -> None:
        """Go on from the newest checkpoint of the folder, exactly."""
        state = read_checkpoint(self.folder)
        load_into(self.model, state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.at, self.sums = Position(**state["at"]), Sums(**state["sums"])
        if self.place.leads:
            restore_random(state["random"], self.place.device)


def random_states(device: torch.device) -> dict[str, torch.Tensor]:
    """Read the states of all random generators that a net may use."""
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    if device.type == "mps":
        states["mps"] = torch.mps.get_rng_state()
    return states


def restore_random(states: dict[str, Any], device: torch.device) -> None:
    """Set the random generators to the states of a checkpoint."""
    torch.set_rng_state(states["cpu"])
    if device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"], device)
    if device.type == "mps" and "mps" in states:
        torch.mps.set_rng_state(states["mps"])


def fit(
    settings: Settings,
    images: Images,
    folder: Path,
    reporter: Reporter,
    resume: bool = False,
) -> Result:
    """Train the net of this file; the folder gets its weights and its checkpoints.

    Raises Stopped where the reporter wants it, and Failure where it cannot go on.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(
            f"{shown(folder)} cannot be the folder of a run: {reason_of(error)}",
            "Choose another one with --out.",
        ) from None
    training = Training(settings, images, folder, reporter)
    if resume:
        training.resume()
    return training.run()
