"""Scores of attention against a known truth: how well a map finds the object, and gates rank the channels.

No score means much alone. `control_maps` gives maps that know nothing of the image or of the object in it,
`untrained` the same network before it learned; `data.shuffled_labels` trains one that could learn nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras


def pointing_game(maps: np.ndarray, masks: np.ndarray) -> float:
    """Return the share of maps whose highest value lies on the object, in [0, 1].

    Where several positions share the highest value, the map scores the share of them on the object: a flat
    map scores the object's share of the area, as pointing at random would.

    Args:
        maps: Shape (N, H, W) or (N, H, W, 1), any finite numbers.
        masks: Same shape, true (or 1) on the object.

    Raises:
        ValueError: If the shapes differ, the maps hold NaN or infinity, or there is no map.
    """
    maps, inside = _flat_pair(maps, masks)
    highest = maps == maps.max(axis=1, keepdims=True)  # (N, H*W)
    return float(np.mean((highest & inside).sum(axis=1) / highest.sum(axis=1)))


def energy_in_mask(maps: np.ndarray, masks: np.ndarray) -> float:
    """Return the share of a map's total that lies on the object, averaged over the maps, in [0, 1].

    A map that is zero everywhere points nowhere and counts as flat.

    Args:
        maps: Shape (N, H, W) or (N, H, W, 1), not negative.
        masks: Same shape, true (or 1) on the object.

    Raises:
        ValueError: If the shapes differ, the maps hold NaN, infinity or negative numbers, or there is no map.
    """
    maps, inside = _flat_pair(maps, masks)
    if maps.min() < 0:
        raise ValueError(
            f"energy_in_mask: the maps go down to {maps.min():.3g}, and energy is never negative. "
            "Take the map after its sigmoid."
        )
    maps = np.where(maps.sum(axis=1, keepdims=True) == 0, 1.0, maps)
    return float(np.mean((maps * inside).sum(axis=1) / maps.sum(axis=1)))


def map_auroc(maps: np.ndarray, masks: np.ndarray) -> float:
    """Return the AUROC of a map's values as a guess of the object's pixels, averaged over the maps.

    It is the probability that a pixel on the object has a higher value than one beside it; 0.5 is chance, and
    what a flat map gets. Only the order of the values counts, not how bright a map is.

    Args:
        maps: Shape (N, H, W) or (N, H, W, 1), any finite numbers.
        masks: Same shape, true (or 1) on the object.

    Raises:
        ValueError: If the shapes differ, the maps hold NaN or infinity, there is no map, or a mask is all
            one.
    """
    maps, inside = _flat_pair(maps, masks)
    return float(np.mean([auroc(values, truth) for values, truth in zip(maps, inside, strict=True)]))


def auroc(scores: np.ndarray, truth: np.ndarray) -> float:
    """Return the probability that a true item scores above a false one; ties count half.

    0.5 is chance, 1.0 a perfect ranking.

    Args:
        scores: Shape (C,), one number per item.
        truth: Shape (C,), true or false.

    Raises:
        ValueError: If the lengths differ or the truth is all true or all false.
    """
    from sklearn.metrics import roc_auc_score  # takes a second to load

    scores, truth = np.asarray(scores, dtype=float), np.asarray(truth, dtype=bool)
    if scores.shape != truth.shape:
        raise ValueError(
            f"auroc: {scores.shape} scores against {truth.shape} truths. Give one truth per score."
        )
    if truth.all() or not truth.any():
        raise ValueError("auroc: the truth is all the same. A ranking needs items of both kinds.")
    return float(roc_auc_score(truth, scores))


def score_maps(candidates: Mapping[str, np.ndarray], masks: np.ndarray) -> dict[str, dict[str, float]]:
    """Return every score of every candidate, as {score's name: {candidate: value}}.

    Each score suits `figures.compare`.

    Args:
        candidates: From a name to maps (N, H, W), not negative: first the maps in question, then controls.
        masks: Shape (N, H, W), true (or 1) on the object.

    Raises:
        ValueError: As `pointing_game`, `energy_in_mask` and `map_auroc` raise it.
    """
    return {
        title: {name: score(maps, masks) for name, maps in candidates.items()}
        for title, score in (
            ("pointing game", pointing_game),
            ("energy in the mask", energy_in_mask),
            ("AUROC of the pixels", map_auroc),
        )
    }


def control_maps(maps: np.ndarray, seed: int) -> dict[str, NDArray[np.float64]]:
    """Return maps that know nothing about the images, each as large as `maps`, (N, H, W).

    - "uniform": the same everywhere. It scores what pointing at random would.
    - "centre prior": a round spot in the middle, with a deviation of a sixth of each side. Pictures are often
      centred, and a good score must not come from that.
    - "another image's map": the maps themselves, permuted so that no image has its own. What is left of a
      score comes from a habit of the network, not from this image.

    Args:
        maps: Shape (N, H, W) or (N, H, W, 1), at least two maps.
        seed: Of the permutation; a whole number, 0 or more.

    Raises:
        ValueError: For another shape or a negative seed.
    """
    maps = np.asarray(maps, dtype=float)
    maps = maps[..., 0] if maps.ndim == 4 and maps.shape[-1] == 1 else maps
    if maps.ndim != 3 or len(maps) < 2:
        raise ValueError(f"maps of shape {maps.shape} are not allowed; give (n, h, w), with n at least 2.")
    if seed < 0:
        raise ValueError(f"seed={seed!r} is not allowed; give a whole number of at least 0.")
    rows, columns = (np.linspace(-3, 3, side) if side > 1 else np.zeros(1) for side in maps.shape[1:])
    centre = np.exp(-(rows[:, None] ** 2 + columns**2) / 2)  # (H, W)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(maps))
    dealt = np.empty_like(maps)
    dealt[order] = maps[np.roll(order, 1)]  # the next in a random circle
    return {
        "uniform": np.ones_like(maps),
        "centre prior": np.broadcast_to(centre, maps.shape).copy(),
        "another image's map": dealt,
    }


def untrained(model: keras.Model, seed: int) -> keras.Model:
    """Return a model of the same form with fresh weights: what the form alone gives.

    Keras' own seed is left as it is. A layer whose initialiser was given a seed starts as it did before.

    Args:
        model: Any Keras model.
        seed: Decides the weights.

    Reference: the model randomisation test of Adebayo and others, "Sanity Checks for Saliency Maps", 2018,
    arXiv:1810.03292.
    """
    import keras

    before = random.getstate()  # initialisers take their seeds from Python's generator
    try:
        random.seed(seed)
        return keras.models.clone_model(model)
    finally:
        random.setstate(before)


def _flat_pair(maps: np.ndarray, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the maps as floats (N, H*W) and the masks as booleans (N, H*W)."""
    maps, masks = np.asarray(maps, dtype=float), np.asarray(masks)
    if maps.ndim == masks.ndim + 1 and maps.shape[-1] == 1:
        maps = maps[..., 0]
    if masks.ndim == maps.ndim + 1 and masks.shape[-1] == 1:
        masks = masks[..., 0]
    if maps.shape != masks.shape:
        raise ValueError(
            f"The maps have shape {maps.shape}, the masks {masks.shape}. Resize the maps to the masks first."
        )
    if maps.size == 0:
        raise ValueError("There is no map to score. Give at least one map and its mask.")
    if not np.isfinite(maps).all():
        raise ValueError("The maps hold NaN or infinity. Look for a division by zero where they are made.")
    return maps.reshape(len(maps), -1), masks.reshape(len(masks), -1) > 0
