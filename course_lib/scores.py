"""Scores for attention against a known truth: does a map point at the object, do gates rank the channels?"""

import numpy as np
from sklearn.metrics import roc_auc_score


def pointing_game(maps: np.ndarray, masks: np.ndarray) -> float:
    """Return the share of maps whose highest value lies on the object, in [0, 1].

    maps: (N, H, W) or (N, H, W, 1), any finite numbers. masks: same shape, true (or 1) on the object.
    Where several positions share the highest value, the map scores the share of them on the object: a flat
    map scores the object's share of the area, as pointing at random would.
    ValueError if the shapes differ, the maps hold NaN or infinity, or there is no map.
    """
    maps, inside = _flat_pair(maps, masks)
    highest = maps == maps.max(axis=1, keepdims=True)  # (N, H*W)
    return float(np.mean((highest & inside).sum(axis=1) / highest.sum(axis=1)))


def energy_in_mask(maps: np.ndarray, masks: np.ndarray) -> float:
    """Return the share of a map's total that lies on the object, averaged over the maps, in [0, 1].

    maps: (N, H, W) or (N, H, W, 1), not negative. masks: same shape, true (or 1) on the object.
    A map that is zero everywhere points nowhere and counts as flat.
    ValueError if the shapes differ, the maps hold NaN, infinity or negative numbers, or there is no map.
    """
    maps, inside = _flat_pair(maps, masks)
    if maps.min() < 0:
        raise ValueError(
            f"energy_in_mask: the maps go down to {maps.min():.3g}, and energy is never negative. "
            "Take the map after its sigmoid."
        )
    maps = np.where(maps.sum(axis=1, keepdims=True) == 0, 1.0, maps)
    return float(np.mean((maps * inside).sum(axis=1) / maps.sum(axis=1)))


def auroc(scores: np.ndarray, truth: np.ndarray) -> float:
    """Return the probability that a true item scores above a false one; ties count half.

    scores: (C,), one number per item. truth: (C,), true or false. 0.5 is chance, 1.0 a perfect ranking.
    ValueError if the lengths differ or the truth is all true or all false.
    """
    scores, truth = np.asarray(scores, dtype=float), np.asarray(truth, dtype=bool)
    if scores.shape != truth.shape:
        raise ValueError(
            f"auroc: {scores.shape} scores against {truth.shape} truths. Give one truth per score."
        )
    if truth.all() or not truth.any():
        raise ValueError("auroc: the truth is all the same. A ranking needs items of both kinds.")
    return float(roc_auc_score(truth, scores))


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
