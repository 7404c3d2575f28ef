"""The blocks once more in plain NumPy, in float64, straight from the equations.

`W` is a layer's weights by the end of their path, as in `W["reduce/kernel"]`. Feature maps are (N, H, W, C).
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

Weights = Callable[[str], np.ndarray | None]


def expected(layer: keras.Layer, x: np.ndarray) -> list[np.ndarray]:
    """Output and attention of the layer, computed by hand from its weights and configuration."""
    values = {
        tuple(v.path.split("/")): np.asarray(keras.ops.convert_to_numpy(v), float) for v in layer.weights
    }
    first = {path[0] for path in values}
    depth = 1 if first == {layer.name} else 0

    def W(name: str) -> np.ndarray | None:
        wanted = tuple(name.split("/"))
        return next((value for path, value in values.items() if path[depth:] == wanted), None)

    result = BY_HAND[type(layer).__name__](x.astype(float), W, layer.get_config())
    return result if isinstance(result, list) else [result]


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


def inside(W: Weights, name: str) -> Weights:
    return lambda inner: W(f"{name}/{inner}")


def dense(x: np.ndarray, W: Weights) -> np.ndarray:
    bias = W("bias")
    return x @ W("kernel").reshape(x.shape[-1], -1) + (0 if bias is None else bias)


def norm(x: np.ndarray, W: Weights, epsilon: float = 1e-5) -> np.ndarray:
    return (x - W("moving_mean")) / np.sqrt(W("moving_variance") + epsilon) * W("gamma") + W("beta")


def padded(x: np.ndarray, reach: int, stride: int, fill: float) -> np.ndarray:
    """Room for windows of `reach` at every stride, as much before as after, the odd pixel after."""
    widths = [(0, 0)]
    for size in x.shape[1:3]:
        total = max((-(-size // stride) - 1) * stride + reach - size, 0)
        widths.append((total // 2, total - total // 2))
    return np.pad(x, [*widths, (0, 0)], constant_values=fill)


def conv(x: np.ndarray, W: Weights, stride: int = 1, dilation: int = 1) -> np.ndarray:
    kernel, bias = W("kernel"), W("bias")
    k = kernel.shape[0]
    height, width = (-(-size // stride) for size in x.shape[1:3])
    wide = padded(x, (k - 1) * dilation + 1, stride, 0)
    total = np.zeros((len(x), height, width, kernel.shape[3]))
    for i in range(k):
        for j in range(k):
            window = wide[:, i * dilation :: stride, j * dilation :: stride][:, :height, :width]
            total += window @ kernel[i, j]
    return total + (0 if bias is None else bias)


def max_pool(x: np.ndarray) -> np.ndarray:
    height, width = (-(-size // 2) for size in x.shape[1:3])
    wide = padded(x, 3, 2, -np.inf)
    return np.max(
        [wide[:, i::2, j::2][:, :height, :width] for i in range(3) for j in range(3)],
        axis=0,
    )


def bilinear(x: np.ndarray, height: int, width: int, convention: str) -> np.ndarray:
    def along(x: np.ndarray, size: int) -> np.ndarray:
        rows, last = [], len(x) - 1
        for k in range(size):
            aligned = k * last / max(size - 1, 1)
            place = aligned if convention == "aligned" else min(max((k + 0.5) * len(x) / size - 0.5, 0), last)
            low = int(place)
            high = min(low + 1, last)
            rows.append(x[low] + (place - low) * (x[high] - x[low]))
        return np.array(rows)

    x = np.moveaxis(along(np.moveaxis(x, 1, 0), height), 0, 1)
    return np.moveaxis(along(np.moveaxis(x, 2, 0), width), 0, 2)


def squeeze_excitation(x: np.ndarray, W: Weights, config: dict[str, Any]) -> list[np.ndarray]:
    z = x.mean((1, 2), keepdims=True)
    gates = sigmoid(dense(relu(dense(z, inside(W, "reduce"))), inside(W, "expand")))
    return [x * gates, gates]


POOL = {"average": np.mean, "max": np.max}


def channel_attention(x: np.ndarray, W: Weights, config: dict[str, Any]) -> list[np.ndarray]:
    scores = 0
    for pool in config["pools"]:
        z = POOL[pool](x, (1, 2), keepdims=True)
        scores = scores + dense(relu(dense(z, inside(W, "reduce"))), inside(W, "expand"))
    return [x * sigmoid(scores), sigmoid(scores)]


def spatial_attention(x: np.ndarray, W: Weights, config: dict[str, Any]) -> list[np.ndarray]:
    maps = np.concatenate([POOL[pool](x, -1, keepdims=True) for pool in config["pools"]], -1)
    scores = conv(maps, inside(W, "conv"))
    weights = sigmoid(norm(scores, inside(W, "norm")) if config["batch_norm"] else scores)
    return [x * weights, weights]


def cbam(x: np.ndarray, W: Weights, config: dict[str, Any]) -> list[np.ndarray]:
    channel = {"pools": config["channel_pools"]}
    spatial = {"pools": config["spatial_pools"], "batch_norm": config["batch_norm"]}
    if config["order"] == "channel_spatial":
        x, gates = channel_attention(x, inside(W, "channel"), channel)
        x, weights = spatial_attention(x, inside(W, "spatial"), spatial)
    else:
        x, weights = spatial_attention(x, inside(W, "spatial"), spatial)
        x, gates = channel_attention(x, inside(W, "channel"), channel)
    return [x, gates, weights]


def bam(x: np.ndarray, W: Weights, config: dict[str, Any]) -> list[np.ndarray]:
    layout, dilation = config["layout"], config["dilation"]

    def after(y: np.ndarray, name: str, last: bool) -> np.ndarray:
        if layout == "everywhere" or (layout == "code" and not last) or (layout == "equation" and last):
            y = norm(y, inside(W, f"{name}_norm"))
        return y if last or layout == "equation" else relu(y)

    channel = after(
        dense(x.mean((1, 2), keepdims=True), inside(W, "channel/reduce")), "channel/reduce", False
    )
    channel = after(dense(channel, inside(W, "channel/expand")), "channel/expand", True)
    spatial = after(conv(x, inside(W, "spatial/reduce")), "spatial/reduce", False)
    for name in ("spatial/dilated_1", "spatial/dilated_2"):
        spatial = after(conv(spatial, inside(W, name), dilation=dilation), name, False)
    spatial = after(conv(spatial, inside(W, "spatial/join")), "spatial/join", True)
    joined = {"sum": np.add, "product": np.multiply, "max": np.maximum}[config["fusion"]](channel, spatial)
    return [x + x * sigmoid(joined), sigmoid(joined)]


def unit(x: np.ndarray, W: Weights, config: dict[str, Any]) -> np.ndarray:
    strides = config.get("strides", 1)
    active = relu(norm(x, inside(W, "norm_1")))
    y = conv(active, inside(W, "conv_1"))
    y = conv(relu(norm(y, inside(W, "norm_2"))), inside(W, "conv_2"), strides)
    y = conv(relu(norm(y, inside(W, "norm_3"))), inside(W, "conv_3"))
    return y + (x if W("project/kernel") is None else conv(active, inside(W, "project"), strides))


def trunk(x: np.ndarray, W: Weights, config: dict[str, Any]) -> np.ndarray:
    for i in range(1, config["units"] + 1):
        x = unit(x, inside(W, f"unit_{i}"), {})
    return x


def mixed(x: np.ndarray) -> np.ndarray:
    return sigmoid(x)


def over_channels(x: np.ndarray) -> np.ndarray:
    return x / np.sqrt((x**2).sum(-1, keepdims=True))


def over_space(x: np.ndarray) -> np.ndarray:
    return sigmoid((x - x.mean((1, 2), keepdims=True)) / x.std((1, 2), keepdims=True))


def soft_mask(x: np.ndarray, W: Weights, config: dict[str, Any]) -> np.ndarray:
    seen, mask = [], x
    for k in range(1, config["poolings"] + 1):
        mask = trunk(max_pool(mask), inside(W, f"down_{k}"), config)
        seen.append(mask)
    mask = trunk(mask, inside(W, "bottom"), config)
    for k in range(config["poolings"] - 1, 0, -1):
        skip = seen[k - 1]
        mask = bilinear(mask, *skip.shape[1:3], config["upsampling"])
        mask = mask + (unit(skip, inside(W, f"skip_{k}"), {}) if config["skip"] == "residual" else skip)
        mask = trunk(mask, inside(W, f"up_{k}"), config)
    mask = bilinear(mask, *x.shape[1:3], config["upsampling"])
    for k in (1, 2):
        if config["batch_norm"]:
            mask = relu(norm(mask, inside(W, f"last/norm_{k}")))
        mask = conv(mask, inside(W, f"last/conv_{k}"))
    return {"mixed": mixed, "channel": over_channels, "spatial": over_space}[config["activation"]](mask)


def module(x: np.ndarray, W: Weights, config: dict[str, Any]) -> list[np.ndarray]:
    x = trunk(x, inside(W, "before"), {"units": config["p"]})
    mask = soft_mask(x, inside(W, "mask"), {**config, "units": config["r"]})
    y = trunk(x, inside(W, "trunk"), {"units": config["t"]})
    y = y + mask * y if config["residual"] else mask * y
    return [trunk(y, inside(W, "after"), {"units": config["p"]}), mask]


BY_HAND: dict[str, Callable[..., Any]] = {
    "SqueezeExcitation": squeeze_excitation,
    "ChannelAttention": channel_attention,
    "SpatialAttention": spatial_attention,
    "CBAM": cbam,
    "BAM": bam,
    "ResidualUnit": unit,
    "TrunkBranch": trunk,
    "SoftMaskBranch": soft_mask,
    "ResidualAttentionModule": module,
}
