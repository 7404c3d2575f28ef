"""Einstein's summation."""

from keras import ops


def naive_attention(trunk, mask, name):
    return ops.einsum("nhwc,nhwc->nhwc", trunk, mask)
