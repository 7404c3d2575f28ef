"""What lesson 04 claims: what depth does with and without shortcuts, and what SE gains at equal cost."""

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data
from course_lib.session import Session
from course_lib.training.trials import data_hash


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


def fitted(model: keras.Model, seed: int, session: Session) -> dict[str, float]:
    """Train as the lesson does: accuracy on the training images while training, and on all test images."""
    shrink, budget = from_lesson("04_se_networks", "shrink", "budget", session=session)
    x, y = some(seed, session)
    keras.utils.set_random_seed(seed)  # the same order of images for all variants
    history = model.fit(x, y, **budget, verbose=0).history
    x_test, y_test = shrink(images().x_test), images().y_test
    return {
        "training_loss": history["loss"][-1],
        "training_accuracy": history["accuracy"][-1],
        "accuracy": model.evaluate(x_test, y_test, batch_size=500, verbose=0)[1],
    }


def some(seed: int, session: Session) -> tuple[np.ndarray, np.ndarray]:
    """Training images of a seed's own, (N, 14, 14, 1), and their labels (N,)."""
    shrink, n = from_lesson("04_se_networks", "shrink", "n", session=session)
    chosen = np.random.default_rng(seed).choice(len(images().x_train), n, replace=False)
    return shrink(images().x_train[chosen]), images().y_train[chosen]


def depth(variant: str, seed: int, session: Session) -> dict[str, float]:
    """One network of the lesson; images, order and first weights go by the seed."""
    four, fresh, agreement = from_lesson("04_se_networks", "four", "fresh", "agreement", session=session)
    model = fresh(*four[variant])
    x, y = some(seed, session)
    before = agreement(model, x[:100], y[:100])
    return {"agreement": before, **fitted(model, seed, session)}


def course_se() -> Callable[..., Any]:
    """Squeeze-and-excitation of the course, as the lesson takes it."""
    course = SimpleNamespace(block=lambda _, *, otherwise, **arguments: otherwise)
    (found,) = from_lesson("04_se_networks", "squeeze_excite", earlier=course)
    chosen: Callable[..., Any] = found
    return chosen


def gain(variant: str, seed: int, session: Session) -> dict[str, float]:
    """The lesson's small SE-ResNet, or the same with blind gates or none."""
    small, candidates = from_lesson(
        "04_se_networks", "small", "candidates", session=session, squeeze_excite=course_se()
    )
    keras.utils.set_random_seed(seed)  # first weights of a seed's own
    return fitted(small(candidates[variant]), seed, session)


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


DEPTH = Experiment(
    id="depth",
    variants=("plain, 8 layers", "plain, 32 layers", "residual, 8 layers", "residual, 32 layers"),
    seeds=tuple(range(1, 6)),
    run=depth,
    data=first_images,
)
GAIN = Experiment(
    id="gain",
    variants=("SE", "blind gates", "no gate"),
    seeds=tuple(range(1, 7)),
    run=gain,
    data=first_images,
)

CLAIMS = (
    Claim(
        id="plain_deep_fits_worse",
        sentence="The deep plain network fits its training images worse than the shallow one.",
        experiment=DEPTH,
        metric="training_accuracy",
        variant="plain, 32 layers",
        against="plain, 8 layers",
        expected="lower",
        unit="%",
        digits=0,
    ),
    Claim(
        id="residual_deep_fits_better",
        sentence="The deep residual network fits its training images better than the shallow one.",
        experiment=DEPTH,
        metric="training_accuracy",
        variant="residual, 32 layers",
        against="residual, 8 layers",
        unit="%",
        digits=0,
    ),
    Claim(
        id="deep_on_new_images",
        sentence="On new images the deep residual network is more accurate than the deep plain one.",
        experiment=DEPTH,
        metric="accuracy",
        variant="residual, 32 layers",
        against="plain, 32 layers",
        unit="%",
        digits=0,
    ),
    Claim(
        id="residual_on_new_images",
        sentence="On new images the deep residual network is more accurate than the shallow one.",
        experiment=DEPTH,
        metric="accuracy",
        variant="residual, 32 layers",
        against="residual, 8 layers",
        unit="%",
        digits=1,
    ),
    Claim(
        id="plain_gradients_shatter",
        sentence="Before training, neighbouring gradients agree less in the deep plain network.",
        experiment=DEPTH,
        metric="agreement",
        variant="plain, 32 layers",
        against="plain, 8 layers",
        expected="lower",
    ),
    Claim(
        id="residual_gradients_hold",
        sentence="Before training, neighbouring gradients agree more in the deep residual network.",
        experiment=DEPTH,
        metric="agreement",
        variant="residual, 32 layers",
        against="plain, 32 layers",
    ),
    Claim(
        id="se_against_none",
        sentence="SE makes no detectable difference on new images to no gate.",
        experiment=GAIN,
        metric="accuracy",
        variant="SE",
        against="no gate",
        unit="%",
        digits=1,
        expected="no detectable difference",
    ),
    Claim(
        id="se_against_blind",
        sentence="With SE the small network is less accurate on new images than with gates that cannot look.",
        experiment=GAIN,
        metric="accuracy",
        variant="SE",
        against="blind gates",
        unit="%",
        digits=1,
        expected="lower",
    ),
    Claim(
        id="blind_against_none",
        sentence="Gates that cannot look make no detectable difference to none.",
        experiment=GAIN,
        metric="accuracy",
        variant="blind gates",
        against="no gate",
        unit="%",
        digits=1,
        expected="no detectable difference",
    ),
    Claim(
        id="none_fits_better_than_se",
        sentence="Without a gate the small network fits its training images better than with SE.",
        experiment=GAIN,
        metric="training_accuracy",
        variant="no gate",
        against="SE",
        unit="%",
        digits=1,
    ),
    Claim(
        id="none_fits_better_than_blind",
        sentence="Without a gate the small network fits its training images better than with blind gates.",
        experiment=GAIN,
        metric="training_accuracy",
        variant="no gate",
        against="blind gates",
        unit="%",
        digits=1,
    ),
    Claim(
        id="se_fits_like_blind",
        sentence="On the training images SE makes no detectable difference to gates that cannot look.",
        experiment=GAIN,
        metric="training_accuracy",
        variant="SE",
        against="blind gates",
        unit="%",
        digits=1,
        expected="no detectable difference",
    ),
)
