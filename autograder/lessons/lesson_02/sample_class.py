"""A class that handed in lesson 02: three right answers in different styles, four mistakes, one torn file."""

from autograder.demo.sample import Sample

LAYERS = {
    "channel_pool": """\
def channel_pool(x, name):
    mean = keras.ops.mean(x, axis=-1, keepdims=True)
    largest = keras.ops.max(x, axis=-1, keepdims=True)
    return layers.Concatenate(name=name + "_two")([mean, largest])
""",
    "spatial_attention": """\
def spatial_attention(x, name, kernel_size=7):
    scores = layers.Conv2D(1, kernel_size, padding="same", name=name + "_scores")(channel_pool(x, name))
    return layers.Multiply(name=name + "_out")([x, layers.Activation("sigmoid")(scores)])
""",
    "quiz_kernel_weights": "quiz_kernel_weights_answer = 98\n",
    "quiz_map_values": "quiz_map_values_answer = 3136\n",
    "quiz_reach": "quiz_reach_answer = 3\n",
    "written_spatial": "Three pictures can be picked; a score over many, against controls, is missing.\n",
}

STACKED = LAYERS | {
    "channel_pool": """\
def channel_pool(x, name):
    return keras.ops.stack([keras.ops.max(x, axis=-1), keras.ops.mean(x, axis=-1)], axis=-1)
""",
    "spatial_attention": """\
def spatial_attention(x, name, kernel_size=7):
    convolve = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_conv")
    return x * keras.ops.sigmoid(convolve(channel_pool(x, name)))
""",
    "quiz_map_values": "quiz_map_values_answer = 56**2\n",
}

SUMMED = LAYERS | {
    "channel_pool": """\
def channel_pool(x, name):
    mean = keras.ops.sum(x, axis=-1, keepdims=True) / x.shape[-1]
    return keras.ops.concatenate([mean, keras.ops.amax(x, axis=-1, keepdims=True)], axis=-1)
""",
    "quiz_kernel_weights": "quiz_kernel_weights_answer = 2 * 7 * 7\n",
}

OVER_POSITIONS = LAYERS | {
    "channel_pool": """\
def channel_pool(x, name):
    mean = keras.ops.mean(x, axis=(1, 2), keepdims=True)
    largest = keras.ops.max(x, axis=(1, 2), keepdims=True)
    return keras.ops.concatenate([mean, largest], axis=-1)
""",
    "spatial_attention": """\
def spatial_attention(x, name, kernel_size=7):
    pooled = keras.ops.stack([keras.ops.max(x, axis=-1), keras.ops.mean(x, axis=-1)], axis=-1)
    return x * layers.Conv2D(1, kernel_size, padding="same", activation="sigmoid", name=name + "_map")(pooled)
""",
}

NO_SIGMOID = LAYERS | {
    "spatial_attention": """\
def spatial_attention(x, name, kernel_size=7):
    return x * layers.Conv2D(1, kernel_size, padding="same", name=name + "_map")(channel_pool(x, name))
""",
}

MAP_ONLY = LAYERS | {
    "spatial_attention": """\
def spatial_attention(x, name, kernel_size=7):
    convolve = layers.Conv2D(1, kernel_size, padding="same", activation="sigmoid", name=name + "_map")
    return convolve(channel_pool(x, name))
""",
}

ONE_MAP_COUNTED = LAYERS | {
    "quiz_kernel_weights": "quiz_kernel_weights_answer = 49\n",
    "quiz_reach": "quiz_reach_answer = 7\n",
}

CLASS = (
    Sample("ada", "right, with layers and a bias", 17, LAYERS),
    Sample("emmy", "right, stacked, with the maximum first", 17, STACKED),
    Sample("grace", "right, with a sum for the mean", 17, SUMMED),
    Sample("henri", "pools over positions", 13, OVER_POSITIONS),
    Sample("karl", "no sigmoid", 10, NO_SIGMOID),
    Sample("maria", "returns the map, not the refined feature map", 10, MAP_ONLY),
    Sample("rosa", "one map counted, the whole kernel as reach", 13, ONE_MAP_COUNTED),
    Sample("sofia", "a file cut off in the middle", 0, LAYERS, torn=True),
)

# For large classes: mistakes that nobody has a name for, and a submission that needs a person's eye.
ODD = (
    LAYERS
    | {
        "channel_pool": """\
def channel_pool(x, name):
    return keras.ops.concatenate([x[..., :1] ** 2, x[..., 1:2]], axis=-1)
"""
    },
    LAYERS
    | {
        "channel_pool": """\
def channel_pool(feature_map, name):
    first = feature_map[..., :1] ** 2
    return keras.ops.concatenate([first, feature_map[..., 1:2]], axis=-1)
"""
    },
    LAYERS | {"channel_pool": "import os\n\nos._exit(3)\n"},
)
