"""`x * s[:, None, None, :]`."""

# `squeeze` and `excitation` are those of the lesson.


def channel_attention(x, name, reduction=16):
    s = excitation(squeeze(x, name), x.shape[-1], reduction, name)
    return x * s[:, None, None, :]
