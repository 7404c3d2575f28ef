"""A class that handed in lesson 00: three right answers in different styles, four mistakes, one torn file."""

from autograder.demo.sample import Sample

AXIS = {
    "preprocess": """\
def preprocess(images):
    return np.expand_dims(images.astype(np.float32) / 255, -1)
""",
    "describe": """\
def describe(images):
    return {
        "size": images.shape[0],
        "shape": images.shape,
        "min": float(images.min()),
        "max": float(images.max()),
        "mean": float(images.mean()),
    }
""",
    "quiz_pixels": "quiz_pixels_answer = 47_040_000\n",
    "quiz_memory": "quiz_memory_answer = 188.16\n",
    "written_first_look": "Compared with what? On which images? How many runs?\n",
}

RESHAPED = AXIS | {
    "preprocess": """\
def preprocess(images):
    scaled = np.asarray(images, dtype="float32") * np.float32(1 / 255)
    return scaled.reshape(*images.shape, 1)
""",
    "quiz_pixels": "quiz_pixels_answer = 60_000 * 28 ** 2\n",
}

BY_KEYS = AXIS | {
    "describe": """\
def describe(images):
    found = {name: float(getattr(np, name)(images)) for name in ("min", "max", "mean")}
    return dict(size=len(images), shape=np.shape(images), **found)
""",
    "quiz_memory": "quiz_memory_answer = quiz_pixels_answer * 4 / 1_000_000\n",
}

WHOLE_NUMBERS = AXIS | {
    "preprocess": """\
def preprocess(images):
    return (images[..., None] // 255).astype("float32")
""",
}

BY_LARGEST = AXIS | {
    "preprocess": """\
def preprocess(images):
    return (images[..., None] / images.max()).astype("float32")
""",
}

ALL_PIXELS = AXIS | {"describe": AXIS["describe"].replace("images.shape[0]", "images.size")}

ONE_BYTE = AXIS | {"quiz_memory": "quiz_memory_answer = 47.04\n"}

CLASS = (
    Sample("ada", "right, with an axis added", 17, AXIS),
    Sample("emmy", "right, reshaped and multiplied", 17, RESHAPED),
    Sample("grace", "right, with a loop over the names", 17, BY_KEYS),
    Sample("henri", "divides without a remainder", 11, WHOLE_NUMBERS),
    Sample("karl", "divides by the largest pixel there is", 11, BY_LARGEST),
    Sample("maria", "counts pixels, not images", 15, ALL_PIXELS),
    Sample("rosa", "one byte for each number", 14, ONE_BYTE),
    Sample("sofia", "a file cut off in the middle", 0, AXIS, torn=True),
)
