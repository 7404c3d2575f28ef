"""What lesson 03 claims: what attention does for an autoencoder, and whether it uses its maps."""

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data, scores
from course_lib.session import Session
from course_lib.training.trials import data_hash

TESTED = 1000


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


def course_blocks() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The channel and the spatial attention of the course, as the lesson takes them."""
    course = SimpleNamespace(block=lambda _, *, otherwise, **arguments: otherwise)
    channel, spatial = from_lesson(
        "03_attention_autoencoder", "channel_block", "spatial_block", earlier=course
    )
    return channel, spatial


def pairs(task: str, seed: int, session: Session) -> tuple[np.ndarray, ...]:
    """Images to train on and their targets, images to test on and theirs: (N, 28, 28, 1) each."""
    pixels, noisy, count = from_lesson(
        "03_attention_autoencoder", "pixels", "noisy", "count", session=session
    )
    # Other training images for every seed, as far as there are enough.
    start = (seed * count) % (len(images().x_train) - count + 1)
    train = pixels(images().x_train[start : start + count])
    test = pixels(images().x_test[: session.pick(smoke=100, quick=TESTED, full=10000)])
    if task == "redraw":
        return train, train, test, test
    return noisy(train, 2 * seed), train, noisy(test, 2 * seed + 1), test


@functools.lru_cache(maxsize=1)
def trained(task: str, kind: str, seed: int, profile: str) -> tuple[keras.Model, list[Any]]:
    """A trained network of the lesson, and what goes into and comes out of its spatial attentions."""
    session = Session(seed, profile)
    network, blind, watched, nothing, narrow, wide, budget = from_lesson(
        "03_attention_autoencoder",
        "network",
        "blind",
        "watched",
        "nothing",
        "FILTERS",
        "WIDER",
        "budget",
        session=session,
    )
    channel, spatial = course_blocks()
    seen: list[Any] = []
    keras.utils.set_random_seed(seed)
    model = {
        "looking": lambda: network(channel, watched(spatial, seen), narrow),
        "blind": lambda: network(blind(channel), blind(spatial), narrow),
        "plain": lambda: network(nothing, nothing, narrow),
        "wider": lambda: network(nothing, nothing, wide),
    }[kind]()
    x, y, _, _ = pairs(task, seed, session)
    keras.utils.set_random_seed(seed)  # the same order of images for all
    model.fit(x, y, **budget, verbose=0)
    return model, seen


def redrawing(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Error on new images, and scores of the maps; images, noise and first weights go by the seed."""
    task, kind = variant.split(": ")
    _, _, x, y = pairs(task, seed, session)
    if kind == "centre":
        return map_scores(scores.control_maps(y, seed)["centre prior"], y[..., 0])
    if kind == "looking, swapped maps":
        model, seen = trained(task, "looking", seed, session.profile)
        maps = np.roll(maps_of_first_stage(model, seen, x), 1, axis=0)
        error = swapped_error(task, seed, session.profile, x, y)
        return {"error": error, **map_scores(maps, y[..., 0])}
    model, seen = trained(task, kind, seed, session.profile)
    drawn = model.predict(x, batch_size=500, verbose=0)
    measures = {"error": thousandths(drawn, y)}
    if not seen:
        return measures
    return measures | map_scores(maps_of_first_stage(model, seen, x), y[..., 0])


def thousandths(drawn: np.ndarray, y: np.ndarray) -> float:
    """The mean squared error in thousandths, as the lesson's picture has it."""
    return 1000 * float(np.mean((drawn - y) ** 2))


def maps_of_first_stage(model: keras.Model, seen: list[Any], x: np.ndarray) -> np.ndarray:
    """The spatial map of the first stage for each image, (N, 28, 28)."""
    (maps_of,) = from_lesson("03_attention_autoencoder", "maps_of")
    maps: np.ndarray = maps_of(keras.Model(model.input, seen[0]), x)
    return maps


def map_scores(maps: np.ndarray, clean: np.ndarray) -> dict[str, float]:
    """How well a map ranks garment pixels above background, and how much it changes within an image."""
    garment = clean > 0.1  # (N, 28, 28)
    both = garment.any(axis=(1, 2)) & ~garment.all(axis=(1, 2))
    return {
        "auroc": scores.map_auroc(maps[both], garment[both]),
        "lowest": float(np.quantile(maps, 0.05)),
        "highest": float(np.quantile(maps, 0.95)),
    }


def swapped_error(task: str, seed: int, profile: str, x: np.ndarray, y: np.ndarray) -> float:
    """The error of the trained network when every image gets the spatial maps of another one."""
    network, swapped, filters = from_lesson("03_attention_autoencoder", "network", "swapped", "FILTERS")
    model, _ = trained(task, "looking", seed, profile)
    channel, spatial = course_blocks()
    other = network(channel, swapped(spatial), filters)
    other.set_weights(model.get_weights())
    return thousandths(other.predict(x, batch_size=500, verbose=0), y)


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


REDRAWING = Experiment(
    id="redrawing",
    variants=(
        "denoise: looking",
        "denoise: looking, swapped maps",
        "denoise: centre",
        "denoise: blind",
        "denoise: plain",
        "denoise: wider",
        "redraw: looking",
        "redraw: blind",
        "redraw: plain",
    ),
    seeds=tuple(range(1, 7)),
    run=redrawing,
    data=first_images,
)

CLAIMS = (
    Claim(
        id="denoise_against_blind",
        sentence="Denoising, looking makes no detectable difference to a blind network of equal size.",
        experiment=REDRAWING,
        metric="error",
        variant="denoise: looking",
        against="denoise: blind",
        expected="no detectable difference",
    ),
    Claim(
        id="denoise_against_plain",
        sentence="Denoising, attention makes no detectable difference to a network without.",
        experiment=REDRAWING,
        metric="error",
        variant="denoise: looking",
        against="denoise: plain",
        expected="no detectable difference",
    ),
    Claim(
        id="denoise_against_wider",
        sentence="Denoising, attention makes no detectable difference to a wider network without.",
        experiment=REDRAWING,
        metric="error",
        variant="denoise: looking",
        against="denoise: wider",
        expected="no detectable difference",
    ),
    Claim(
        id="redraw_against_blind",
        sentence="Redrawing, looking makes no detectable difference to a blind network of equal size.",
        experiment=REDRAWING,
        metric="error",
        variant="redraw: looking",
        against="redraw: blind",
        expected="no detectable difference",
    ),
    Claim(
        id="redraw_against_plain",
        sentence="Redrawing, attention makes no detectable difference to a network without.",
        experiment=REDRAWING,
        metric="error",
        variant="redraw: looking",
        against="redraw: plain",
        expected="no detectable difference",
    ),
    Claim(
        id="maps_against_other",
        sentence="A map and the map of another image rank garment pixels with no detectable difference.",
        experiment=REDRAWING,
        metric="auroc",
        variant="denoise: looking",
        against="denoise: looking, swapped maps",
        expected="no detectable difference",
    ),
    Claim(
        id="maps_against_centre",
        sentence="No map shows that it ranks garment pixels better than a spot in the centre does.",
        experiment=REDRAWING,
        metric="auroc",
        variant="denoise: looking",
        against="denoise: centre",
        expected="no detectable difference",
    ),
    Claim(
        id="maps_against_chance",
        sentence="Whether a map ranks garment above background or below goes by the run.",
        experiment=REDRAWING,
        metric="auroc",
        variant="denoise: looking",
        against=0.5,
        expected="no detectable difference",
    ),
    Claim(
        id="own_maps_against_swapped",
        sentence="With the maps of another image the trained network has a larger error.",
        experiment=REDRAWING,
        metric="error",
        variant="denoise: looking",
        against="denoise: looking, swapped maps",
        expected="lower",
    ),
    Claim(
        id="swapped_maps_against_own",
        sentence="The error with another image's maps is the larger one.",
        experiment=REDRAWING,
        metric="error",
        variant="denoise: looking, swapped maps",
        against="denoise: looking",
    ),
)
