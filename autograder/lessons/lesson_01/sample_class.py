"""A class that handed in lesson 01: three right answers in different styles, four mistakes, one torn file."""

from autograder.demo.sample import Sample

DENSE = {
    "squeeze": """\
def squeeze(x, name):
    return layers.GlobalAveragePooling2D(name=name + "_mean")(x)
""",
    "excitation": """\
def excitation(z, channels, reduction, name):
    h = layers.Dense(channels // reduction, activation="relu", name=name + "_down")(z)
    return layers.Dense(channels, activation="sigmoid", name=name + "_up")(h)
""",
    "channel_attention": """\
def channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    s = excitation(squeeze(x, name), channels, reduction, name)
    s = layers.Reshape((1, 1, channels), name=name + "_gates")(s)
    return layers.Multiply(name=name + "_refined")([x, s])
""",
    "se_parameters": """\
def se_parameters(channels, reduction):
    hidden = channels // reduction
    return 2 * channels * hidden + hidden + channels
""",
    "quiz_se_parameters": "quiz_se_parameters_answer = 8464\n",
    "quiz_hidden_width": "quiz_hidden_width_answer = 32\n",
    "written_channel": "A sigmoid gate looks at its own channel alone: many may stay open.\n",
}

CONVOLUTION = DENSE | {
    "squeeze": """\
def squeeze(x, name):
    return layers.GlobalAveragePooling2D(keepdims=True, name=name + "_mean")(x)
""",
    "excitation": """\
def excitation(z, channels, reduction, name):
    z = layers.Reshape((1, 1, channels), name=name + "_as_map")(z)
    h = layers.Conv2D(channels // reduction, 1, name=name + "_down")(z)
    h = layers.ReLU(name=name + "_relu")(h)
    return layers.Conv2D(channels, 1, activation="sigmoid", name=name + "_up")(h)
""",
    "channel_attention": """\
def channel_attention(x, name, reduction=16):
    return x * excitation(squeeze(x, name), x.shape[-1], reduction, name)
""",
    "quiz_se_parameters": "quiz_se_parameters_answer = se_parameters(256, 16)\n",
    "quiz_hidden_width": "quiz_hidden_width_answer = 512 / 16\n",
}

OPERATIONS = DENSE | {
    "squeeze": """\
def squeeze(x, name):
    return keras.ops.mean(x, axis=(1, 2))
""",
    "excitation": """\
def excitation(z, channels, reduction, name):
    down = layers.Dense(channels // reduction, use_bias=False, name=name + "_down")
    up = layers.Dense(channels, use_bias=False, name=name + "_up")
    return keras.ops.sigmoid(up(keras.ops.relu(down(z))))
""",
    "channel_attention": """\
def channel_attention(x, name, reduction=16):
    gates = excitation(squeeze(x, name), x.shape[-1], reduction, name)
    return keras.ops.multiply(x, gates[:, None, None, :])
""",
}

SOFTMAX = DENSE | {"excitation": DENSE["excitation"].replace('"sigmoid"', '"softmax"')}

LARGEST_VALUE = DENSE | {"squeeze": DENSE["squeeze"].replace("GlobalAverage", "GlobalMax")}

GATES_ONLY = DENSE | {
    "channel_attention": """\
def channel_attention(x, name, reduction=16):
    return excitation(squeeze(x, name), x.shape[-1], reduction, name)
""",
}

NO_BIASES = DENSE | {
    "se_parameters": """\
def se_parameters(channels, reduction):
    return 2 * channels * channels // reduction
""",
    "quiz_se_parameters": "quiz_se_parameters_answer = 8192\n",
}

CLASS = (
    Sample("ada", "right, with Dense layers", 17, DENSE),
    Sample("emmy", "right, with 1×1 convolutions", 17, CONVOLUTION),
    Sample("grace", "right, with keras.ops and no biases", 17, OPERATIONS),
    Sample("henri", "softmax instead of sigmoid gates", 11, SOFTMAX),
    Sample("karl", "squeezes to the largest value", 12, LARGEST_VALUE),
    Sample("maria", "returns the gates, not the refined map", 12, GATES_ONLY),
    Sample("rosa", "counts parameters without biases", 13, NO_BIASES),
    Sample("sofia", "a file cut off in the middle", 0, DENSE, torn=True),
)

# For large classes: mistakes that nobody has a name for, and a submission that needs a person's eye.
ODD = (
    DENSE | {"squeeze": "def squeeze(x, name):\n    return keras.ops.mean(x, axis=(1, 2)) / 2 + 1\n"},
    DENSE
    | {
        "squeeze": """\
def squeeze(feature_map, name):
    pooled = keras.ops.mean(feature_map, axis=(1, 2))
    return pooled / 2 + 1
"""
    },
    DENSE | {"squeeze": "import os\n\nos._exit(3)\n"},
    DENSE | {"excitation": "def excitation(z, channels, reduction, name)\n    return z\n"},
)
