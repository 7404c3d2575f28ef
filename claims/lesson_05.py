"""What lesson 05 claims: what BAM gains at equal cost, and what its maps point at."""

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

TESTED = 2000
MAPPED = 300  # canvases on which maps are scored
BOTTLENECKS = ("first", "second", "third")
Canvases = tuple[np.ndarray, np.ndarray, np.ndarray]


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


@functools.lru_cache(maxsize=2)
def canvases_of(part: str, count: int, seed: int) -> Canvases:
    """Canvases (N, 56, 56, 1), labels (N,) and outlines (N, 56, 56), of images of the seed's own."""
    (canvases,) = from_lesson("05_bam", "canvases")
    pictures, labels = getattr(images(), f"x_{part}"), getattr(images(), f"y_{part}")
    chosen = np.random.default_rng(seed).choice(len(pictures), count, replace=False)
    made: Canvases = canvases(pictures[chosen], labels[chosen], seed)
    return made


def course_block() -> Callable[..., Any]:
    """The residual block of the course, as the lesson takes it."""
    course = SimpleNamespace(block=lambda _, *, otherwise: otherwise)
    (block,) = from_lesson("05_bam", "block", earlier=course)
    found: Callable[..., Any] = block
    return found


def gain(variant: str, seed: int, session: Session) -> dict[str, float]:
    """One candidate of the lesson; canvases, order and first weights go by the seed."""
    classifier, candidates, with_maps, maps_of, budget, n = from_lesson(
        "05_bam",
        "classifier",
        "candidates",
        "with_maps",
        "maps_of",
        "budget",
        "n",
        session=session,
        block=course_block(),
    )
    seen: list[Any] = []
    keras.utils.set_random_seed(seed)
    model = classifier(with_maps(seen) if variant == "BAM" else candidates[variant])
    x, y, _ = canvases_of("train", n, 2 * seed)
    keras.utils.set_random_seed(seed)  # the same order of canvases for all
    history = model.fit(x, y, **budget, verbose=0).history
    x, y, masks = canvases_of("test", session.pick(smoke=100, quick=TESTED, full=10000), 2 * seed + 1)
    measures = {
        "accuracy": model.evaluate(x, y, batch_size=500, verbose=0)[1],
        "training_accuracy": history["accuracy"][-1],
    }
    if not seen:
        return measures
    maps = maps_of(keras.Model(model.input, seen), x[:MAPPED])
    return measures | {
        f"auroc_{place}": scores.map_auroc(found, masks[:MAPPED])
        for place, found in zip(BOTTLENECKS, maps, strict=True)
    }


@functools.lru_cache(maxsize=1)
def maps_and_others(seed: int, profile: str) -> dict[str, float]:
    """How far the AUROC of each map lies from one half, and that of the maps of other canvases."""
    session = Session(seed, profile)
    classifier, with_maps, maps_of, budget, n = from_lesson(
        "05_bam",
        "classifier",
        "with_maps",
        "maps_of",
        "budget",
        "n",
        session=session,
        block=course_block(),
    )
    seen: list[Any] = []
    keras.utils.set_random_seed(seed)
    model = classifier(with_maps(seen))
    x, y, _ = canvases_of("train", n, 2 * seed)
    keras.utils.set_random_seed(seed)
    model.fit(x, y, **budget, verbose=0)
    x, _, masks = canvases_of("test", session.pick(smoke=100, quick=TESTED, full=10000), 2 * seed + 1)
    x, masks = x[:MAPPED], masks[:MAPPED]
    found = {}
    for place, maps in zip(BOTTLENECKS, maps_of(keras.Model(model.input, seen), x), strict=True):
        others = scores.control_maps(maps, seed)["another image's map"]
        found[place] = abs(scores.map_auroc(maps, masks) - 0.5)
        found[f"{place}, of another canvas"] = abs(scores.map_auroc(others, masks) - 0.5)
    return found


def apart(variant: str, seed: int, session: Session) -> dict[str, float]:
    """The distance of a map's AUROC from chance, whatever its sign; canvases and weights go by the seed."""
    return {"apart": maps_and_others(seed, session.profile)[variant]}


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


GAIN = Experiment(
    id="gain",
    variants=("BAM", "product", "maximum", "blind", "none"),
    seeds=tuple(range(1, 6)),
    run=gain,
    data=first_images,
)

APART = Experiment(
    id="apart",
    variants=tuple(name for place in BOTTLENECKS for name in (place, f"{place}, of another canvas")),
    seeds=tuple(range(1, 7)),
    run=apart,
    data=first_images,
)


def accuracy(id: str, sentence: str, variant: str, against: str, expected: str) -> Claim:
    """A claim about the accuracy on new canvases."""
    return Claim(id, sentence, GAIN, "accuracy", variant, against, expected, unit="%", digits=1)


def pointing(id: str, sentence: str, place: str, expected: str = "higher") -> Claim:
    """A claim about how well the map at a bottleneck tells garment from the rest, against chance."""
    return Claim(id, sentence, GAIN, f"auroc_{place}", "BAM", 0.5, expected)


SAME = "no detectable difference"
CLAIMS = (
    accuracy("against_none", "BAM makes no detectable difference to no attention.", "BAM", "none", SAME),
    accuracy("against_blind", "BAM makes no detectable difference to a blind control.", "BAM", "blind", SAME),
    accuracy("blind_against_none", "The blind control gains nothing detectable.", "blind", "none", SAME),
    accuracy("sum_against_product", "Sum and product do not detectably differ.", "BAM", "product", SAME),
    accuracy("sum_against_maximum", "Sum and maximum do not detectably differ.", "BAM", "maximum", SAME),
    pointing("first_map", "The first map tells garment from the rest better than chance.", "first"),
    pointing("second_map", "The second map tells garment from the rest better than chance.", "second"),
    pointing("third_map", "Whether the third map is higher on the garment goes by the run.", "third", SAME),
    *(
        Claim(
            f"{place}_apart",
            f"The {place} map tells garment from the rest, whatever its sign, better than another canvas's.",
            APART,
            "apart",
            place,
            f"{place}, of another canvas",
        )
        for place in BOTTLENECKS
    ),
)
