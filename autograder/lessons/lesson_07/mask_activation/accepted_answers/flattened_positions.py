"""The positions as one axis."""

from keras import layers, ops


def mask_activation(scores, name, activation="mixed"):
    if activation == "mixed":
        return layers.Activation("sigmoid")(scores)
    _, height, width, channels = scores.shape
    flat = ops.reshape(scores, (-1, height * width, channels))
    if activation == "channel":
        flat = flat / (ops.sqrt(ops.einsum("npc,npc->np", flat, flat))[..., None] + 1e-8)
    else:
        flat = flat - ops.mean(flat, axis=1, keepdims=True)
        flat = ops.sigmoid(flat / ops.sqrt(ops.mean(flat * flat, axis=1, keepdims=True) + 1e-8))
    return ops.reshape(flat, (-1, height, width, channels))
