"""Nets as a person writes them in PyTorch: the peers of the generated ones."""

import torch
import torch.nn.functional as F
from torch import nn


class LeNet5(nn.Module):
    """LeNet-5 for 28 × 28 images."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.avg_pool2d(torch.tanh(self.conv1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        x = torch.tanh(self.fc1(x))
        x = torch.tanh(self.fc2(x))
        return self.fc3(x)


class LeNet2050(nn.Module):
    """Caffe's LeNet: 20 and 50 maps, a hidden layer of 500."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 20, 5)
        self.conv2 = nn.Conv2d(20, 50, 5)
        self.fc1 = nn.Linear(800, 500)
        self.fc2 = nn.Linear(500, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(self.conv1(x), 2)
        x = F.max_pool2d(self.conv2(x), 2)
        return self.fc2(F.relu(self.fc1(torch.flatten(x, 1))))


class VggLike(nn.Module):
    """Two pairs of 3 × 3 convolutions of 32 and 64 maps, a hidden layer of 256."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1)
        self.conv3 = nn.Conv2d(32, 64, 3, padding=1)
        self.conv4 = nn.Conv2d(64, 64, 3, padding=1)
        self.fc1 = nn.Linear(3136, 256)
        self.fc2 = nn.Linear(256, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(F.relu(self.conv2(F.relu(self.conv1(x)))), 2)
        x = F.max_pool2d(F.relu(self.conv4(F.relu(self.conv3(x)))), 2)
        return self.fc2(F.relu(self.fc1(torch.flatten(x, 1))))


class Inception(nn.Module):
    """Four branches beside each other, joined along the channels."""

    def __init__(
        self, channels: int, one: int, three: tuple[int, int], five: tuple[int, int], pool: int
    ) -> None:
        super().__init__()
        self.one = nn.Conv2d(channels, one, 1)
        self.reduce3 = nn.Conv2d(channels, three[0], 1)
        self.conv3 = nn.Conv2d(*three, 3, padding=1)
        self.reduce5 = nn.Conv2d(channels, five[0], 1)
        self.conv5 = nn.Conv2d(*five, 5, padding=2)
        self.project = nn.Conv2d(channels, pool, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        one = F.relu(self.one(x))
        three = F.relu(self.conv3(F.relu(self.reduce3(x))))
        five = F.relu(self.conv5(F.relu(self.reduce5(x))))
        pool = F.relu(self.project(F.max_pool2d(x, 3, stride=1, padding=1)))
        return torch.cat([one, three, five, pool], 1)


class NormalisedInception(nn.Module):
    """The same with batch normalisation behind every convolution."""

    def __init__(
        self, channels: int, one: int, three: tuple[int, int], five: tuple[int, int], pool: int
    ) -> None:
        super().__init__()
        self.one = nn.Conv2d(channels, one, 1)
        self.norm1 = nn.BatchNorm2d(one)
        self.reduce3 = nn.Conv2d(channels, three[0], 1)
        self.norm2 = nn.BatchNorm2d(three[0])
        self.conv3 = nn.Conv2d(*three, 3, padding=1)
        self.norm3 = nn.BatchNorm2d(three[1])
        self.reduce5 = nn.Conv2d(channels, five[0], 1)
        self.norm4 = nn.BatchNorm2d(five[0])
        self.conv5 = nn.Conv2d(*five, 5, padding=2)
        self.norm5 = nn.BatchNorm2d(five[1])
        self.project = nn.Conv2d(channels, pool, 1)
        self.norm6 = nn.BatchNorm2d(pool)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        one = F.relu(self.norm1(self.one(x)))
        three = F.relu(self.norm2(self.reduce3(x)))
        three = F.relu(self.norm3(self.conv3(three)))
        five = F.relu(self.norm4(self.reduce5(x)))
        five = F.relu(self.norm5(self.conv5(five)))
        pool = self.project(F.max_pool2d(x, 3, stride=1, padding=1))
        return torch.cat([one, three, five, F.relu(self.norm6(pool))], 1)


class InceptionSmall(nn.Module):
    """A small inception net for 28 × 28 images."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.first = Inception(32, 32, (32, 48), (8, 16), 16)
        self.norm = nn.BatchNorm2d(112)
        self.second = NormalisedInception(112, 48, (48, 64), (12, 24), 24)
        self.fc = nn.Linear(160, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(self.norm(self.first(x)), 2)
        return self.fc(self.second(x).mean((2, 3)))
