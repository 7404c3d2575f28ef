"""What lesson 07 claims: what fresh stacks do to signal and gradient; which mask activation helps."""

import functools
from types import SimpleNamespace

import keras
import numpy as np

from authoring.claims import Claim, Experiment, from_lesson
from course_lib import data, scores
from course_lib.session import Session
from course_lib.training.trials import data_hash

TESTED = 4000
POINTED = 1000
MASKS = ("first mask", "second mask")
OTHERS = ("first mask, of another canvas", "second mask, of another canvas")


@functools.lru_cache(maxsize=1)
def images() -> data.FashionMNIST:
    return data.fashion_mnist()


def stacks(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Size, likeness and gradients of a fresh stack; first weights and maps go by the seed."""
    stack, through, ways = from_lesson("07_attention_module", "stack", "through", "ways")
    kind, depth = variant.split(", ")
    keras.utils.set_random_seed(seed)
    found: dict[str, float] = through(stack(int(depth), ways[kind]), seed)
    return found | {f"log_{name}": float(np.log10(found[name])) for name in ("size", "gradient", "relative")}


@functools.lru_cache(maxsize=1)
def new_canvases(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Canvases to test on, (N, 28, 28, 1), their labels (N,) and outlines (N, 28, 28)."""
    (canvases,) = from_lesson("07_attention_module", "canvases")
    made: tuple[np.ndarray, ...] = canvases(images().x_test[:TESTED], images().y_test[:TESTED], 2 * seed + 1)
    x, y, outlines = made
    return x, y, outlines


@functools.lru_cache(maxsize=1)
def trained(variant: str, seed: int, profile: str) -> SimpleNamespace:
    """A trained network of the lesson, and its masks where they are watched."""
    network, candidates, seen, canvases, budget, n = from_lesson(
        "07_attention_module",
        "network",
        "candidates",
        "seen",
        "canvases",
        "budget",
        "n_images",
        session=Session(seed, profile),
    )
    chosen = np.random.default_rng(seed).choice(len(images().x_train), n, replace=False)
    x, y, _ = canvases(images().x_train[chosen], images().y_train[chosen], 2 * seed)
    keras.utils.set_random_seed(seed)
    model = network(**candidates[variant])
    keras.utils.set_random_seed(seed)  # the same order of images for all
    model.fit(x, y, **budget, verbose=0)
    return SimpleNamespace(model=model, masks=list(seen))


def activations(variant: str, seed: int, session: Session) -> dict[str, float]:
    """Accuracy on new canvases, or how well a mask tells garment from the rest; all goes by the seed."""
    x, y, outlines = new_canvases(seed)
    if variant not in (*MASKS, *OTHERS, "spot in the centre"):
        model = trained(variant, seed, session.profile).model
        return {"accuracy": model.evaluate(x, y, batch_size=500, verbose=0)[1]}
    (enlarged,) = from_lesson("07_attention_module", "enlarged")
    made = trained("mixed", seed, session.profile)
    place = int("second" in variant)
    around = keras.Model(made.model.input, made.masks[place])
    maps = enlarged(around.predict(x[:POINTED], batch_size=500, verbose=0))
    if variant in OTHERS:
        maps = scores.control_maps(maps, seed)["another image's map"]
    elif variant not in MASKS:
        maps = scores.control_maps(maps, seed)["centre prior"]
    return {"auroc": scores.map_auroc(maps, outlines[:POINTED])}


def first_images() -> str:
    pictures = images()
    if pictures.source != "Fashion-MNIST":
        raise ValueError(f"This claim needs the real images, and these are {pictures.source}.")
    return data_hash(pictures.x_train, pictures.y_train, pictures.x_test, pictures.y_test)


STACKS = Experiment(
    id="stacks",
    variants=tuple(f"{kind}, {depth}" for kind in ("naive", "residual") for depth in (1, 2, 4, 8)),
    seeds=tuple(range(1, 7)),
    run=stacks,
    data=first_images,
)
ACTIVATIONS = Experiment(
    id="activations",
    variants=("channel", "spatial", "blind", "mixed", *MASKS, *OTHERS, "spot in the centre"),
    seeds=tuple(range(1, 6)),
    run=activations,
    data=first_images,
)
NONE = "no detectable difference"


def stacked(
    id: str, sentence: str, metric: str, variant: str, against: str, expected: str, digits: int = 2
) -> Claim:
    """A claim about fresh stacks."""
    return Claim(id, sentence, STACKS, metric, variant, against, expected, digits=digits)


def accuracy(id: str, sentence: str, variant: str, against: str, expected: str = NONE) -> Claim:
    """A claim about the share of new canvases that are named right."""
    return Claim(id, sentence, ACTIVATIONS, "accuracy", variant, against, expected, unit="%", digits=1)


def pointing(id: str, sentence: str, variant: str, against: str, expected: str) -> Claim:
    """A claim about how well a mask tells garment from the rest."""
    return Claim(id, sentence, ACTIVATIONS, "auroc", variant, against, expected)


CLAIMS = (
    *(
        stacked(
            f"likeness_{depth}",
            "After naive modules the output is less like the input than after residual ones.",
            "likeness",
            f"naive, {depth}",
            f"residual, {depth}",
            "lower",
        )
        for depth in (1, 2, 4, 8)
    ),
    *(
        stacked(
            f"size_{depth}",
            "After naive modules the numbers are smaller than after residual ones.",
            "size",
            f"naive, {depth}",
            f"residual, {depth}",
            "lower",
            1,
        )
        for depth in (1, 2, 4, 8)
    ),
    *(
        stacked(
            f"relative_{depth}",
            "The relative gradient of naive modules is larger than that of residual ones.",
            "relative",
            f"naive, {depth}",
            f"residual, {depth}",
            "higher",
            1,
        )
        for depth in (1, 2, 4, 8)
    ),
    *(
        stacked(f"gradient_{n}", sentence, "gradient", f"naive, {n}", f"residual, {n}", expected, 1)
        for n, expected, sentence in (
            (1, "lower", "The gradient of one naive module is smaller than that of one residual module."),
            (2, NONE, "No difference was detected between the gradients of two modules of either form."),
            (4, "higher", "The gradient of four naive modules is larger than that of four residual ones."),
            (8, "higher", "The gradient of eight naive modules is larger than that of eight residual ones."),
        )
    ),
    stacked(
        "naive_size_stays",
        "Eight naive modules leave numbers as large as one does, or larger.",
        "size",
        "naive, 8",
        "naive, 1",
        "higher",
        1,
    ),
    stacked(
        "naive_gradient_grows",
        "The gradient of eight naive modules is larger than that of one.",
        "log_gradient",
        "naive, 8",
        "naive, 1",
        "higher",
        1,
    ),
    stacked(
        "residual_gradient_grows",
        "The gradient of eight residual modules is larger than that of one.",
        "log_gradient",
        "residual, 8",
        "residual, 1",
        "higher",
        1,
    ),
    accuracy(
        "mixed_against_channel",
        "The mixed mask does not detectably differ from the channel one.",
        "mixed",
        "channel",
    ),
    accuracy(
        "mixed_against_spatial",
        "The mixed mask does not detectably differ from the spatial one.",
        "mixed",
        "spatial",
    ),
    accuracy(
        "mixed_against_blind",
        "The mixed mask names more canvases right than its blind twin.",
        "mixed",
        "blind",
        "higher",
    ),
    pointing(
        "first_mask_against_other",
        "The first mask tells garment from the rest no better, detectably, than that of another canvas.",
        "first mask",
        "first mask, of another canvas",
        NONE,
    ),
    pointing(
        "second_mask_against_other",
        "The second mask is lower on the garment, more so than that of another canvas.",
        "second mask",
        "second mask, of another canvas",
        "lower",
    ),
    Claim(
        "second_mask_turned",
        "Turned round, the second mask stays below what the spot in the centre reaches at least.",
        ACTIVATIONS,
        "auroc",
        "second mask",
        at_least=0.25,
    ),
    Claim(
        "centre_knows",
        "A spot in the centre tells garment from the rest better than the second mask turned round.",
        ACTIVATIONS,
        "auroc",
        "spot in the centre",
        at_least=0.75,
    ),
)
