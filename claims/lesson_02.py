"""What lesson 02 claims: where the map points on cluttered canvases, and what it does for accuracy."""

import functools
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import layers

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data, scores
from course_lib.session import Session
from course_lib.training.trials import data_hash

TESTED = 2000
Canvases = tuple[np.ndarray, np.ndarray, np.ndarray]


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


@functools.lru_cache(maxsize=2)
def canvases_of(part: str, count: int, seed: int) -> Canvases:
    """Canvases (N, 56, 56, 1), labels (N,) and true outlines (N, 56, 56) of the first images of a part."""
    (canvases,) = from_lesson("02_spatial_attention", "canvases")
    pictures, labels = getattr(images(), f"x_{part}"), getattr(images(), f"y_{part}")
    return canvases(pictures[:count], labels[:count], seed)  # type: ignore[no-any-return]


def lesson() -> tuple[Callable[..., Any], ...]:
    return from_lesson(
        "02_spatial_attention", "classifier", "spatial_attention", "channel_pool", "maps_of", "blurred"
    )


def with_map(x: keras.KerasTensor) -> keras.KerasTensor:
    """The lesson's block."""
    _, spatial_attention, *_ = lesson()
    return spatial_attention(x, "where")


def one_factor(x: keras.KerasTensor) -> keras.KerasTensor:
    """The lesson's block with the map's mean in the map's place: same cost, no choice of where."""
    _, _, channel_pool, *_ = lesson()
    convolution = layers.Conv2D(1, 7, padding="same", activation="sigmoid", use_bias=False)
    factor = keras.ops.mean(convolution(channel_pool(x, "pool")), axis=(1, 2), keepdims=True)
    return layers.Multiply()([x, factor])


def trained(
    refine: Callable[..., Any], price: float, weights: list[np.ndarray] | None, seed: int, session: Session
) -> tuple[keras.Model, keras.Model]:
    """The lesson's classifier after one half of its training, from `weights` on if they are given."""
    classifier, *_ = lesson()
    keras.utils.set_random_seed(2 * seed + (weights is not None))  # the same order of images for all variants
    model, around = classifier(refine, price=price)
    if weights:
        model.set_weights(weights)
    count, budget = from_lesson("02_spatial_attention", "count", "budget", session=session)
    x, y, _ = canvases_of("train", count, 2 * seed)
    model.fit(x, y, **budget, verbose=0)
    return model, around


@functools.lru_cache(maxsize=1)
def half_way(seed: int, profile: str) -> tuple[keras.Model, keras.Model]:
    """The network with the block after the first half, which several variants share."""
    return trained(with_map, 0.0, None, seed, Session(seed, profile))


@functools.lru_cache(maxsize=1)
def priced(seed: int, profile: str) -> tuple[keras.Model, keras.Model]:
    """The same network after a second half in which looking has the lesson's price."""
    weights = half_way(seed, profile)[0].get_weights()
    return trained(with_map, lesson_price(), weights, seed, Session(seed, profile))


def lesson_price() -> float:
    (price,) = from_lesson("02_spatial_attention", "price")
    return float(price)


def looking(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Accuracy and scores of a map on new canvases; canvases, order and first weights go by the seed."""
    classifier, _, _, maps_of, blurred = lesson()
    x, y, masks = canvases_of("test", session.pick(smoke=100, quick=TESTED, full=10000), 2 * seed + 1)
    (centre,) = from_lesson("02_spatial_attention", "centre")
    fixed = {
        "uniform": lambda: np.ones_like(x[..., 0]),
        "centre": lambda: np.broadcast_to(centre, masks.shape),
        "brightest pixel": lambda: x[..., 0],
        "brightest region": lambda: blurred(x),
    }
    if variant in fixed:
        return map_scores(fixed[variant](), masks)  # type: ignore[no-untyped-call]
    if variant.startswith(("no block", "one factor")):
        refine = (lambda x: x) if variant == "no block" else one_factor
        model, _ = trained(refine, 0.0, None, seed, session)
        price = lesson_price() if variant.endswith("with a price") else 0.0
        model, _ = trained(refine, price, model.get_weights(), seed, session)
        return {"accuracy": model.evaluate(x, y, batch_size=500, verbose=0)[1]}
    if variant == "untrained":
        keras.utils.set_random_seed(2 * seed)
        model, around = classifier(with_map)
    elif variant in ("map with a price", "map of another canvas"):
        model, around = priced(seed, session.profile)
    else:
        model, around = half_way(seed, session.profile)
        if variant == "map, trained longer":
            model, around = trained(with_map, 0.0, model.get_weights(), seed, session)
    maps = np.concatenate([maps_of(around, part) for part in np.array_split(x, max(1, len(x) // 500))])
    if variant == "map of another canvas":
        return map_scores(np.roll(maps, 1, axis=0), masks)
    return {
        **map_scores(maps, masks),
        "mean_of_map": float(maps.mean()),
        "accuracy": model.evaluate(x, y, batch_size=500, verbose=0)[1],
    }


def map_scores(maps: np.ndarray, masks: np.ndarray) -> dict[str, float]:
    """Pointing game, energy in the mask, and the mean AUROC of a map's pixels against the outline."""
    return {
        "pointing": scores.pointing_game(maps, masks),
        "energy": scores.energy_in_mask(maps, masks),
        "auroc": scores.map_auroc(maps[::10], masks[::10]),  # one canvas in ten is enough for the slow one
    }


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


LOOKING = Experiment(
    id="looking",
    variants=(
        "map",
        "map with a price",
        "map of another canvas",
        "map, trained longer",
        "no block",
        "one factor",
        "one factor with a price",
        "untrained",
        "centre",
        "uniform",
        "brightest pixel",
        "brightest region",
    ),
    seeds=tuple(range(1, 11)),
    run=looking,
    data=first_images,
)

CLAIMS = (
    Claim(
        id="priced_against_centre",
        sentence="The map with a price hits the garment more often than the spot in the centre.",
        experiment=LOOKING,
        metric="pointing",
        variant="map with a price",
        against="centre",
        unit="%",
        digits=0,
    ),
    Claim(
        id="priced_against_region",
        sentence="The map with a price hits the garment more often than the brightest region.",
        experiment=LOOKING,
        metric="pointing",
        variant="map with a price",
        against="brightest region",
        unit="%",
        digits=0,
    ),
    Claim(
        id="priced_against_other",
        sentence="A map hits the garment more often than the map of another canvas.",
        experiment=LOOKING,
        metric="pointing",
        variant="map with a price",
        against="map of another canvas",
        unit="%",
        digits=0,
    ),
    Claim(
        id="priced_against_untrained",
        sentence="The map with a price hits the garment more often than an untrained map.",
        experiment=LOOKING,
        metric="pointing",
        variant="map with a price",
        against="untrained",
        unit="%",
        digits=0,
    ),
    Claim(
        id="free_against_centre",
        sentence="Trained as long without a price, no map shows that it hits more often than the centre.",
        experiment=LOOKING,
        metric="pointing",
        variant="map, trained longer",
        against="centre",
        unit="%",
        digits=0,
        expected="no detectable difference",
    ),
    Claim(
        id="free_against_region",
        sentence="Without a price, the map hits the garment less often than the brightest region.",
        experiment=LOOKING,
        metric="pointing",
        variant="map, trained longer",
        against="brightest region",
        unit="%",
        digits=0,
        expected="lower",
    ),
    Claim(
        id="half_way_against_free",
        sentence="Trained on without a price, the map hits the garment less often than half-way.",
        experiment=LOOKING,
        metric="pointing",
        variant="map",
        against="map, trained longer",
        unit="%",
        digits=0,
    ),
    Claim(
        id="price_against_free",
        sentence="The map with a price hits the garment more often than one trained as long without.",
        experiment=LOOKING,
        metric="pointing",
        variant="map with a price",
        against="map, trained longer",
        unit="%",
        digits=0,
    ),
    Claim(
        id="priced_energy",
        sentence="With a price, a larger share of the map lies on the garment than of a uniform one.",
        experiment=LOOKING,
        metric="energy",
        variant="map with a price",
        against="uniform",
        unit="%",
        digits=1,
    ),
    Claim(
        id="free_energy",
        sentence="Without a price, a little more of the map lies on the garment than of a uniform one.",
        experiment=LOOKING,
        metric="energy",
        variant="map, trained longer",
        against="uniform",
        unit="%",
        digits=1,
    ),
    Claim(
        id="priced_energy_against_centre",
        sentence="Less of the map with a price lies on the garment than of the spot in the centre.",
        experiment=LOOKING,
        metric="energy",
        variant="map with a price",
        against="centre",
        expected="lower",
        unit="%",
        digits=1,
    ),
    Claim(
        id="priced_energy_against_canvas",
        sentence="Less of the map with a price lies on the garment than of the canvas itself.",
        experiment=LOOKING,
        metric="energy",
        variant="map with a price",
        against="brightest pixel",
        expected="lower",
        unit="%",
        digits=1,
    ),
    Claim(
        id="priced_energy_against_other",
        sentence="A larger share of a map lies on the garment than of the map of another canvas.",
        experiment=LOOKING,
        metric="energy",
        variant="map with a price",
        against="map of another canvas",
        unit="%",
        digits=1,
    ),
    Claim(
        id="free_map_is_open",
        sentence="The map without a price is open nearly everywhere.",
        experiment=LOOKING,
        metric="mean_of_map",
        variant="map, trained longer",
        at_least=0.9,
    ),
    Claim(
        id="priced_against_pixel",
        sentence="The map with a price hits the garment more often than the brightest pixel.",
        experiment=LOOKING,
        metric="pointing",
        variant="map with a price",
        against="brightest pixel",
        unit="%",
        digits=0,
    ),
    Claim(
        id="priced_ranks_pixels_worse",
        sentence="As a ranking of pixels the map with a price is worse than one trained as long without.",
        experiment=LOOKING,
        metric="auroc",
        variant="map with a price",
        against="map, trained longer",
        expected="lower",
    ),
    Claim(
        id="accuracy_against_one_factor",
        sentence="No difference in accuracy can be detected between the map with a price and one factor.",
        experiment=LOOKING,
        metric="accuracy",
        variant="map with a price",
        against="one factor with a price",
        unit="%",
        digits=1,
        expected="no detectable difference",
    ),
    Claim(
        id="accuracy_against_no_block",
        sentence="No difference in accuracy can be detected between the map with a price and no block.",
        experiment=LOOKING,
        metric="accuracy",
        variant="map with a price",
        against="no block",
        expected="no detectable difference",
        unit="%",
        digits=1,
    ),
    Claim(
        id="accuracy_without_price",
        sentence="Without a price, no difference in accuracy can be detected between the map and no block.",
        experiment=LOOKING,
        metric="accuracy",
        variant="map, trained longer",
        against="no block",
        unit="%",
        digits=1,
        expected="no detectable difference",
    ),
)
