"""What lesson 06 claims: which choices of CBAM show at a small scale; where its map and Grad-CAM point."""

import functools
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data, scores
from course_lib.session import Session
from course_lib.training.trials import data_hash

TESTED = 4000
POINTED = 1000
SOURCES = {"CBAM, its map": "CBAM", "CBAM, Grad-CAM": "CBAM", "no attention, Grad-CAM": "no attention"}
CONTROLS = {"map of another canvas": "another image's map", "spot in the centre": "centre prior"}


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


@functools.lru_cache(maxsize=1)
def new_canvases(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Canvases to test on, (N, 28, 28, 1), their labels (N,) and outlines (N, 28, 28)."""
    (canvases,) = from_lesson("06_cbam", "canvases")
    made: tuple[np.ndarray, ...] = canvases(images().x_test[:TESTED], images().y_test[:TESTED], 2 * seed + 1)
    x, y, masks = made
    return x, y, masks


@functools.lru_cache(maxsize=2)
def trained(variant: str, seed: int, profile: str) -> tuple[keras.Model, Any]:
    """A trained network of the lesson, and what goes into and comes out of its last spatial half."""
    session = Session(seed, profile)
    course = SimpleNamespace(block=lambda _, *, otherwise, **arguments: otherwise)
    network, candidates, seen, canvases, budget, n = from_lesson(
        "06_cbam",
        "network",
        "candidates",
        "seen",
        "canvases",
        "budget",
        "n",
        session=session,
        earlier=course,
    )
    chosen = np.random.default_rng(seed).choice(len(images().x_train), n, replace=False)
    x, y, _ = canvases(images().x_train[chosen], images().y_train[chosen], 2 * seed)
    keras.utils.set_random_seed(seed)
    model = network(candidates[variant])
    keras.utils.set_random_seed(seed)  # the same order of images for all
    model.fit(x, y, **budget, verbose=0)
    return model, seen[-1] if seen else None


def choices(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Accuracy on new canvases, or where a map points; canvases and first weights go by the seed."""
    x, y, masks = new_canvases(seed)
    if variant not in SOURCES and variant not in CONTROLS:
        model, _ = trained(variant, seed, session.profile)
        return {"accuracy": model.evaluate(x, y, batch_size=500, verbose=0)[1]}
    maps_of, cams_of = from_lesson("06_cbam", "maps_of", "cams_of")
    model, around = trained(SOURCES.get(variant, "CBAM"), seed, session.profile)
    x, masks = x[:POINTED], masks[:POINTED]
    maps = cams_of(model, x) if variant.endswith("Grad-CAM") else maps_of(model, around, x)
    if variant in CONTROLS:
        maps = scores.control_maps(maps, seed)[CONTROLS[variant]]
    return {
        "pointing": scores.pointing_game(maps, masks),
        "energy": scores.energy_in_mask(maps, masks),
        "lowest": float(np.quantile(maps, 0.05)),
        "highest": float(np.quantile(maps, 0.95)),
    }


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


CHOICES = Experiment(
    id="choices",
    variants=(
        "average alone",
        "maximum alone",
        "average and maximum",
        "CBAM, 3 × 3",
        "spatial first",
        "side by side",
        "blind CBAM",
        "no attention",
        "no attention, Grad-CAM",
        "CBAM",
        "CBAM, its map",
        "CBAM, Grad-CAM",
        "map of another canvas",
        "spot in the centre",
    ),
    seeds=tuple(range(1, 7)),
    run=choices,
    data=first_images,
)
NONE = "no detectable difference"


def accuracy(id: str, sentence: str, variant: str, against: str, expected: str = NONE) -> Claim:
    """A claim about the share of new canvases that are named right."""
    return Claim(id, sentence, CHOICES, "accuracy", variant, against, expected, unit="%", digits=2)


def pointing(id: str, sentence: str, variant: str, against: str, expected: str = "higher") -> Claim:
    """A claim about the share of canvases on which the highest value of a map lies on the garment."""
    return Claim(id, sentence, CHOICES, "pointing", variant, against, expected, unit="%", digits=0)


CLAIMS = (
    accuracy(
        "both_against_average",
        "Average and maximum together do not detectably differ from the average alone.",
        "average and maximum",
        "average alone",
    ),
    accuracy(
        "both_against_maximum",
        "Average and maximum together do not detectably differ from the maximum alone.",
        "average and maximum",
        "maximum alone",
    ),
    accuracy(
        "seven_against_three",
        "A kernel of 7 × 7 does not detectably differ from one of 3 × 3.",
        "CBAM",
        "CBAM, 3 × 3",
    ),
    accuracy(
        "spatial_half",
        "With the spatial half the network does not detectably differ from with the channel half alone.",
        "CBAM",
        "average and maximum",
    ),
    accuracy(
        "channel_first_against_spatial_first",
        "Channel first does not detectably differ from spatial first.",
        "CBAM",
        "spatial first",
    ),
    accuracy(
        "channel_first_against_side_by_side",
        "Channel first does worse than side by side.",
        "CBAM",
        "side by side",
        "lower",
    ),
    accuracy(
        "cbam_against_none", "CBAM does not detectably differ from no attention.", "CBAM", "no attention"
    ),
    accuracy(
        "cbam_against_blind", "CBAM does not detectably differ from its blind twin.", "CBAM", "blind CBAM"
    ),
    pointing(
        "map_against_centre", "The map points better than a spot in the centre.", "CBAM, its map",
        "spot in the centre",
    ),
    pointing(
        "map_against_other", "The map points better than that of another canvas.", "CBAM, its map",
        "map of another canvas",
    ),
    pointing(
        "cam_against_map", "Grad-CAM points worse than the map.", "CBAM, Grad-CAM", "CBAM, its map", "lower"
    ),
    pointing(
        "cam_against_plain_cam",
        "Grad-CAM points as well with CBAM as without attention.",
        "CBAM, Grad-CAM",
        "no attention, Grad-CAM",
        NONE,
    ),
)  # fmt: skip
