"""Sum over a list, product by einsum."""

import keras


def bam(x, channel_branch, spatial_branch, name):
    score = sum(branch(x, f"{name}_{i}") for i, branch in enumerate((channel_branch, spatial_branch)))
    return keras.ops.einsum("nhwc,nhwc->nhwc", x, 1 + keras.ops.sigmoid(score))
