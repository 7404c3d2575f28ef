"""What lesson 01 claims: when channel gates tell garment channels from noise, and when they do not."""

import functools

import numpy as np

from course_lib import data, scores
from course_lib.claims import Claim, Experiment, lesson_functions
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
    seen = planted(seed, session.pick(smoke=300, quick=2000, full=12000))
    features, labels = seen.features, seen.labels.copy()
    sample = features[:256]
    classifier, memoriser, channel_attention, gates_of = lesson_functions(
        "01_channel_attention",
        "classifier",
        "memoriser",
        "channel_attention",
        "gates_of",
        features=features,
        sample=sample,
        energy=(sample * sample).sum(axis=(1, 2)),
    )
    head = memoriser if variant.startswith("memoriser") else classifier
    plain = variant.endswith("without gates")
    model, block = head((lambda x: x) if plain else (lambda x: channel_attention(x, "se", reduction=4)))
    held = len(features) // 5
    if variant == "shuffled labels":
        labels[held:] = np.random.default_rng(seed).permutation(labels[held:])
    if variant != "untrained gates":
        epochs = session.pick(smoke=1, quick=12, full=20)
        model.fit(features[held:], labels[held:], epochs=epochs, batch_size=64, verbose=0)
    accuracy = model.evaluate(features[:held], labels[:held], verbose=0)[1]
    if plain:
        return {"accuracy": accuracy}
    seen_accuracy = model.evaluate(features[held:], labels[held:], verbose=0)[1]
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
        sentence="Trained gates rank garment channels above noise channels; untrained gates hardly do.",
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
        sentence="The gates do not make the memoriser more accurate on new images.",
        experiment=GATES,
        metric="accuracy",
        variant="memoriser",
        against="memoriser without gates",
        expected="no detectable difference",
        unit="%",
        digits=1,
    ),
)
