"""What lesson 08 claims: naive against residual attention; wrong labels, beside a ResNet of equal cost."""

import functools
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data
from course_lib.session import Session
from course_lib.training.trials import data_hash

TESTED = 2000
COURSE = SimpleNamespace(block=lambda _, *, otherwise, **arguments: otherwise)  # the course's unit and module


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


@functools.lru_cache(maxsize=1)
def new_images(profile: str) -> tuple[np.ndarray, np.ndarray]:
    """Images to test on, (N, 28, 28, 1), and their classes (N,)."""
    (prepared,) = from_lesson("08_residual_attention_network", "prepared")
    return prepared(images().x_test[:TESTED]), images().y_test[:TESTED]


def some(seed: int, session: Session) -> tuple[np.ndarray, np.ndarray]:
    """Training images of a seed's own, (n, 28, 28, 1), and their classes (n,)."""
    prepared, n = from_lesson("08_residual_attention_network", "prepared", "n", session=session)
    chosen = np.random.default_rng(seed).choice(len(images().x_train), n, replace=False)
    return prepared(images().x_train[chosen]), images().y_train[chosen]


@functools.lru_cache(maxsize=6)
def network(variant: str, profile: str) -> tuple[keras.Model, Any, list[np.ndarray]]:
    """A network of the lesson, compiled once for all seeds, a function that makes it anew, and its state.

    To build the graph of one training step takes longer than to train: each seed puts weights of its own in.
    """
    session = Session(1, profile)
    classifier, kinds, plain, plain_units, shallow, deep, state = from_lesson(
        "08_residual_attention_network",
        "classifier",
        "kinds",
        "plain",
        "RESNET",
        "SHALLOW",
        "DEEP",
        "state",
        session=session,
        earlier=COURSE,
    )
    kind, _, depth = variant.partition(", ")
    modules = {"": (1, 1, 1), "shallow": (shallow,), "deep": (deep,)}[depth]

    def fresh() -> keras.Model:
        if kind == "ResNet":
            return classifier(plain_units, plain)
        return classifier(modules, kinds["naive" if kind == "naive" else "residual"])

    model = fresh()
    return model, fresh, state(model)


def started(variant: str, seed: int, session: Session) -> tuple[keras.Model, list[np.ndarray]]:
    """The network with first weights that go by the seed, and all numbers to put back before a training."""
    model, fresh, numbers = network(variant, session.profile)
    keras.utils.set_random_seed(seed)
    first = fresh().get_weights()
    return model, [np.asarray(weight) for weight in first] + numbers[len(first) :]


def fitted(
    model: keras.Model, numbers: list[np.ndarray], x: np.ndarray, y: np.ndarray, seed: int, session: Session
) -> dict[str, Any]:
    """Train as the lesson does, from these numbers on: what it fits, and names right of new images."""
    put_back, share_right, budget = from_lesson(
        "08_residual_attention_network", "put_back", "share_right", "budget", session=session
    )
    put_back(model, numbers)
    keras.utils.set_random_seed(seed)  # the same order of images for all
    history = model.fit(x, y, **budget, verbose=0).history
    x_test, y_test = new_images(session.profile)
    right = share_right(model, x_test, y_test)
    return {"loss": history["loss"][-1], "fitted": history["accuracy"][-1], "right": right}


def depth(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Naive or residual attention in one stage; images, order and first weights go by the seed."""
    model, numbers = started(variant, seed, session)
    return fitted(model, numbers, *some(seed, session), seed, session)


def noise(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Attention or the ResNet, trained on each share of wrong labels from the same first weights."""
    (noisy_sets,) = from_lesson("08_residual_attention_network", "noisy_sets")
    model, numbers = started(variant, seed, session)
    x, y = some(seed, session)
    found = {}
    for share, labels in noisy_sets(y, seed).items():
        found[f"right_{share:.0%}".rstrip("%")] = fitted(model, numbers, x, labels, seed, session)["right"]
    return {**found, "lost": found["right_10"] - found["right_70"]}


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


DEPTH = Experiment(
    id="depth",
    variants=("naive, shallow", "residual, shallow", "naive, deep", "residual, deep"),
    seeds=tuple(range(1, 6)),
    run=depth,
    data=first_images,
)
NOISE = Experiment(
    id="noise",
    variants=("attention", "ResNet"),
    seeds=tuple(range(1, 6)),
    run=noise,
    data=first_images,
)
NONE = "no detectable difference"


def of_depth(id: str, sentence: str, metric: str, variant: str, against: str, expected: str) -> Claim:
    """A claim about a trained stage."""
    return Claim(id, sentence, DEPTH, metric, variant, against, expected, unit="%", digits=1)


def of_noise(id: str, sentence: str, metric: str, expected: str = NONE) -> Claim:
    """A claim about attention against the ResNet, after training on wrong labels."""
    return Claim(id, sentence, NOISE, metric, "attention", "ResNet", expected, unit="%", digits=1)


CLAIMS = (
    of_depth(
        "shallow_fits",
        "No difference was detected between the two forms of one module on training images.",
        "fitted",
        "residual, shallow",
        "naive, shallow",
        NONE,
    ),
    of_depth(
        "deep_fits",
        "No difference was detected between the two forms of modules in a row on training images.",
        "fitted",
        "residual, deep",
        "naive, deep",
        NONE,
    ),
    of_depth(
        "shallow_right",
        "No difference was detected between the two forms of one module on new images.",
        "right",
        "residual, shallow",
        "naive, shallow",
        NONE,
    ),
    of_depth(
        "deep_right",
        "No difference was detected between the two forms of modules in a row on new images.",
        "right",
        "residual, deep",
        "naive, deep",
        NONE,
    ),
    of_depth(
        "naive_depth",
        "No difference was detected between modules in a row and one, both naive, on new images.",
        "right",
        "naive, deep",
        "naive, shallow",
        NONE,
    ),
    of_depth(
        "residual_depth",
        "No difference was detected between modules in a row and one, both residual, on new images.",
        "right",
        "residual, deep",
        "residual, shallow",
        NONE,
    ),
    of_noise(
        "noise_10", "With few wrong labels attention does not detectably differ from the ResNet.", "right_10"
    ),
    of_noise(
        "noise_30", "With more wrong labels attention does not detectably differ from the ResNet.", "right_30"
    ),
    of_noise(
        "noise_50",
        "With half of the labels wrong attention does not detectably differ from the ResNet.",
        "right_50",
    ),
    of_noise(
        "noise_70", "With most labels wrong attention does not detectably differ from the ResNet.", "right_70"
    ),
    of_noise(
        "noise_lost",
        "No difference was detected between attention and the ResNet in what wrong labels cost them.",
        "lost",
    ),
)
