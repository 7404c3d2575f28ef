"""What lesson 01 claims: when channel gates tell garment channels from noise, and when they do not."""

import functools

import keras
import numpy as np

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data, scores
from course_lib.session import Session
from course_lib.training.trials import data_hash


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


@functools.lru_cache(maxsize=1)
def planted(seed: int, n: int) -> data.Planted:
    return data.planted_channels(n, seed=seed, images=images().x_train, labels=images().y_train)


def gates(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Train one network of the lesson and score its gates; data, order and first weights go by the seed."""
    (count,) = from_lesson("01_channel_attention", "count", session=session)
    seen = planted(seed, count)
    classifier, memoriser, gated, gates_of, budget, (x, y), test = from_lesson(
        "01_channel_attention",
        "classifier",
        "memoriser",
        "gated",
        "gates_of",
        "budget",
        "train",
        "test",
        session=session,
        planted=seen,
    )
    keras.utils.set_random_seed(seed)
    head = memoriser if variant.startswith("memoriser") else classifier
    plain = variant.endswith("without gates")
    model, block = head((lambda x: x) if plain else gated)
    if variant == "shuffled labels":
        y = np.random.default_rng(seed).permutation(y)
    if variant != "untrained gates":
        model.fit(x, y, **budget, verbose=0)
    accuracy = model.evaluate(*test, verbose=0)[1]
    if plain:
        return {"accuracy": accuracy}
    seen_accuracy = model.evaluate(x, y, verbose=0)[1]
    auroc = scores.auroc(gates_of(block).mean(axis=0), seen.informative)
    return {"auroc": auroc, "accuracy": accuracy, "training_accuracy": seen_accuracy}


def real_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train)


GATES = Experiment(
    id="gates",
    variants=(
        "trained gates",
        "untrained gates",
        "shuffled labels",
        "without gates",
        "memoriser",
        "memoriser without gates",
    ),
    seeds=tuple(range(1, 11)),
    run=gates,
    data=real_images,
)

CLAIMS = (
    Claim(
        id="gates_rank_channels",
        sentence="Trained gates rank garment channels above noise channels more often than untrained gates.",
        experiment=GATES,
        metric="auroc",
        variant="trained gates",
        against="untrained gates",
    ),
    Claim(
        id="labels_are_needed",
        sentence="Gates trained on shuffled labels rank the channels worse.",
        experiment=GATES,
        metric="auroc",
        variant="trained gates",
        against="shuffled labels",
    ),
    Claim(
        id="gates_help_the_sum",
        sentence="A head that adds all channels up is more accurate behind the gates.",
        experiment=GATES,
        metric="accuracy",
        variant="trained gates",
        against="without gates",
        unit="%",
        digits=1,
    ),
    Claim(
        id="memoriser_learns_by_heart",
        sentence="The memoriser gets nearly all training images right.",
        experiment=GATES,
        metric="training_accuracy",
        variant="memoriser",
        at_least=0.9,
        unit="%",
        digits=0,
    ),
    Claim(
        id="memoriser_gates_do_not_tell",
        sentence="In front of the memoriser the gates' ranking shows no detectable difference from dice.",
        experiment=GATES,
        metric="auroc",
        variant="memoriser",
        against=0.5,
        expected="no detectable difference",
    ),
    Claim(
        id="head_decides",
        sentence="Gates rank the channels better in front of the sum than in front of the memoriser.",
        experiment=GATES,
        metric="auroc",
        variant="trained gates",
        against="memoriser",
    ),
    Claim(
        id="memoriser_gains_nothing",
        sentence="On new images the gates make no detectable difference to the memoriser's accuracy.",
        experiment=GATES,
        metric="accuracy",
        variant="memoriser",
        against="memoriser without gates",
        expected="no detectable difference",
        unit="%",
        digits=1,
    ),
)
