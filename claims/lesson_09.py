"""What lesson 09 claims: what three blocks gain over their blind twins, and how often reports cry wolf."""

import functools
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from scipy.stats import bootstrap

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data
from course_lib.session import Session
from course_lib.training.trials import Run, compare, data_hash

USELESS = 2000  # made-up blocks of one seed
COMPARED = 400  # of them by a bootstrap, which takes its time
PAIRS = 5
PLAIN = "plain bootstrap and reading"
COURSE = "the course's bootstrap and reading"
NONE = "no detectable difference"


def alarms(variant: str, seed: int, session: Session) -> dict[str, float]:
    """How often a way to report calls a useless block better or worse, in percent."""
    useless_blocks, alarms, reading = from_lesson(
        "09_attention_on_trial", "useless_blocks", "alarms", "reading"
    )
    with_block, without = useless_blocks(USELESS, PAIRS, seed=seed)
    if variant in (PLAIN, COURSE):
        pairs = zip(with_block[:COMPARED], without[:COMPARED], strict=True)
        called = [
            verdict(a, b) if variant == COURSE else reading(a - b, bootstrapped(a - b)) for a, b in pairs
        ]
        return {"percent": 100 * float(np.mean([word != NONE for word in called]))}
    return {"percent": alarms(with_block, without)[variant]}


def verdict(with_block: np.ndarray, without: np.ndarray) -> str:
    """What the course's own comparison says about one made-up block."""
    values = {"with": with_block, "without": without}
    runs = [
        Run(variant, seed, "quick", {"accuracy": float(value)}, 0.0, "", {}, "", {})
        for variant, measured in values.items()
        for seed, value in enumerate(measured)
    ]
    return compare(runs, "with", "without", "accuracy").verdict


def bootstrapped(differences: np.ndarray) -> tuple[float, float, float]:
    """Lower end, mean and upper end of a percentile bootstrap as it comes."""
    found = bootstrap(
        (differences,), np.mean, n_resamples=9_999, method="percentile", rng=np.random.default_rng(0)
    ).confidence_interval
    return float(found.low), float(differences.mean()), float(found.high)


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


def deviation_gate(x: Any, name: str) -> Any:
    """Suggestion B of the lesson: a gate from a value's own deviation, without weights."""
    squares = (x - ops.mean(x, axis=(1, 2), keepdims=True)) ** 2  # (N, H, W, C)
    variance = ops.mean(squares, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    return x * layers.Activation("sigmoid", name=name)(squares / (4 * (variance + 1e-4)) + 0.5)


def coordinate_attention(x: Any, name: str) -> Any:
    """Suggestion C of the lesson: gates of rows and columns, with eight hidden channels."""
    height, _, channels = x.shape[1:]
    rows = ops.mean(x, axis=2, keepdims=True)  # (N, H, 1, C)
    columns = ops.transpose(ops.mean(x, axis=1, keepdims=True), (0, 2, 1, 3))  # (N, W, 1, C)
    both = ops.concatenate([rows, columns], axis=1)  # (N, H + W, 1, C): one normalisation for both
    hidden = layers.Conv2D(8, 1, name=name + "_narrow")(both)
    hidden = ops.relu(layers.BatchNormalization(momentum=0.9, name=name + "_norm")(hidden))
    by_row = layers.Conv2D(channels, 1, activation="sigmoid", name=name + "_rows")(hidden[:, :height])
    by_column = layers.Conv2D(channels, 1, activation="sigmoid", name=name + "_columns")(hidden[:, height:])
    return x * by_row * ops.transpose(by_column, (0, 2, 1, 3))


def nothing(x: Any, name: str) -> Any:
    return x


def on_trial(variant: str, seed: int, session: Session) -> dict[str, float]:
    """One trial of the lesson with one of its suggestions, or with the blind twin of one."""
    trial, blind, my_attention, seed_canvases, network, fit, score = from_lesson(
        "09_attention_on_trial",
        "trial",
        "blind",
        "my_attention",
        "seed_canvases",
        "network",
        "fit",
        "score",
        session=session,
        dataset=images(),
    )
    known: dict[str, Callable[[Any, str], Any]] = {
        "neighbours": my_attention,
        "deviation": deviation_gate,
        "coordinate": coordinate_attention,
        "none": nothing,
    }
    attention = known[variant.removeprefix("blind ")]
    chosen = blind(attention) if variant.startswith("blind ") else attention
    keras.backend.clear_session()
    measures: dict[str, float] = trial(chosen, seed, seed_canvases, network, fit, score)
    return measures


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train)


def made_up() -> str:
    return "made up"


ALARMS = Experiment(
    id="alarms",
    variants=("best run against best run", "normal distribution", "your interval and reading", PLAIN, COURSE),
    seeds=tuple(range(1, 11)),
    run=alarms,
    data=made_up,
)
BLOCKS = Experiment(
    id="blocks",
    variants=(
        "neighbours",
        "blind neighbours",
        "deviation",
        "blind deviation",
        "coordinate",
        "blind coordinate",
        "none",
    ),
    seeds=tuple(range(1, 9)),
    run=on_trial,
    data=first_images,
)


def gain(id: str, sentence: str, variant: str, against: str, metric: str, expected: str) -> Claim:
    """A claim about a percentage of new canvases."""
    return Claim(id, sentence, BLOCKS, metric, variant, against, expected, digits=1)


CLAIMS = (
    Claim(
        "best_run_alarms",
        "Whoever compares best runs calls every useless block better or worse.",
        ALARMS,
        "percent",
        "best run against best run",
        at_least=99,
        digits=0,
    ),
    Claim(
        "normal_alarms",
        "The normal distribution calls more useless blocks better or worse than it promises.",
        ALARMS,
        "percent",
        "normal distribution",
        5.0,
        "higher",
        digits=1,
    ),
    Claim(
        "reading_alarms",
        "Student's interval with the second rule keeps its promise.",
        ALARMS,
        "percent",
        "your interval and reading",
        5.0,
        NONE,
        digits=1,
    ),
    Claim(
        "plain_alarms",
        "With five pairs a plain bootstrap calls more useless blocks better or worse than it promises.",
        ALARMS,
        "percent",
        PLAIN,
        5.0,
        "higher",
        digits=1,
    ),
    Claim(
        "course_alarms",
        "With five pairs the course's bootstrap does not quite keep its promise either.",
        ALARMS,
        "percent",
        COURSE,
        5.0,
        "higher",
        digits=1,
    ),
    Claim(
        "course_against_plain",
        "The course's bootstrap cries wolf less often than a plain one.",
        ALARMS,
        "percent",
        COURSE,
        PLAIN,
        "lower",
        digits=1,
    ),
    gain(
        "neighbours_accuracy",
        "Efficient channel attention names fewer canvases right than its blind twin.",
        "neighbours",
        "blind neighbours",
        "accuracy",
        "lower",
    ),
    gain(
        "deviation_accuracy",
        "The deviation gate names more canvases right than its blind twin.",
        "deviation",
        "blind deviation",
        "accuracy",
        "higher",
    ),
    gain(
        "coordinate_accuracy",
        "Coordinate attention and its blind twin do not detectably differ.",
        "coordinate",
        "blind coordinate",
        "accuracy",
        NONE,
    ),
    gain(
        "neighbours_against_none",
        "Efficient channel attention and no attention do not detectably differ.",
        "neighbours",
        "none",
        "accuracy",
        NONE,
    ),
    gain(
        "coordinate_pointing",
        "Coordinate attention points right more often than its blind twin.",
        "coordinate",
        "blind coordinate",
        "pointing",
        "higher",
    ),
    gain(
        "deviation_pointing",
        "The deviation gate points right more often than its blind twin.",
        "deviation",
        "blind deviation",
        "pointing",
        "higher",
    ),
    gain(
        "neighbours_pointing",
        "Efficient channel attention points right more often than its blind twin.",
        "neighbours",
        "blind neighbours",
        "pointing",
        "higher",
    ),
    gain(
        "blind_neighbours_pointing_against_none",
        "The blind twin of efficient channel attention points right less often than a flat map.",
        "blind neighbours",
        "none",
        "pointing",
        "lower",
    ),
    gain(
        "neighbours_pointing_against_none",
        "In pointing, no difference was detected between efficient channel attention and a flat map.",
        "neighbours",
        "none",
        "pointing",
        NONE,
    ),
)
