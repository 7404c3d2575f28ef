"""Reshape, cast first."""


def preprocess(images):
    return images.astype("float32").reshape(-1, 28, 28, 1) / 255.0
