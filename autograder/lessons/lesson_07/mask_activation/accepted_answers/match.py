"""A match statement."""

from keras import ops


def mask_activation(scores, name, activation="mixed"):
    match activation:
        case "mixed":
            return ops.sigmoid(scores)
        case "channel":
            return scores / (ops.norm(scores, axis=-1, keepdims=True) + 1e-6)
        case "spatial":
            centred = scores - ops.mean(scores, axis=[1, 2], keepdims=True)
            return ops.sigmoid(centred / (ops.std(scores, axis=[1, 2], keepdims=True) + 1e-6))
