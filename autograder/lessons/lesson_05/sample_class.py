"""A class that handed in lesson 05: three styles, four mistakes, an attack, and one torn file."""

from autograder.demo.sample import Sample

LOOPS = {
    "bam_channel_branch": """\
def bam_channel_branch(x, name, reduction=16):
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(x.shape[-1] // reduction, name=name + "_narrow")(z)
    z = layers.ReLU()(layers.BatchNormalization(name=name + "_norm")(z))
    return layers.Dense(x.shape[-1], name=name + "_wide")(z)
""",
    "bam_spatial_branch": """\
def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    for i, (size, rate) in enumerate(((1, 1), (3, dilation), (3, dilation))):
        x = layers.Conv2D(hidden, size, padding="same", dilation_rate=rate, name=f"{name}_conv{i}")(x)
        x = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{i}")(x))
    return layers.Conv2D(1, 1, name=f"{name}_map")(x)
""",
    "bam": """\
def bam(x, channel_branch, spatial_branch, name):
    m = keras.ops.sigmoid(channel_branch(x, name + "_c") + spatial_branch(x, name + "_s"))
    return x + x * m
""",
    "bam_stages": """\
def bam_stages(x, widths, units, block, attention, name):
    for s in range(len(widths)):
        for u in range(units[s]):
            x = block(x, widths[s], f"{name}_{s}_{u}", strides=2 if s > 0 and u == 0 else 1)
        if s + 1 < len(widths):
            x = attention(x, f"{name}_{s}_attention")
    return x
""",
    "quiz_bam_parameters": "quiz_bam_parameters_answer = 1173\n",
    "quiz_bam_positions": "quiz_bam_positions_answer = 81\n",
    "quiz_bam_network": "quiz_bam_network_answer = 22991\n",
    "written_bam": "Sum or product; no count shows it; look at what comes out.\n",
}

POINTS = LOOPS | {
    "bam_channel_branch": """\
def bam_channel_branch(x, name, reduction=16):
    z = keras.ops.mean(x, axis=(1, 2), keepdims=True)
    z = layers.Conv2D(x.shape[-1] // reduction, 1, use_bias=False, name=name + "_a")(z)
    z = layers.Activation("relu")(layers.BatchNormalization(name=name + "_n")(z))
    return layers.Conv2D(x.shape[-1], 1, name=name + "_b")(z)
""",
    "bam": """\
def bam(x, channel_branch, spatial_branch, name):
    scores_of_both = layers.Add()([channel_branch(x, name + "_c"), spatial_branch(x, name + "_s")])
    return layers.Multiply()([x, 1 + layers.Activation("sigmoid")(scores_of_both)])
""",
}

AS_THE_PAPER = LOOPS | {
    "bam_channel_branch": """\
def bam_channel_branch(x, name, reduction=16):
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_w0")(z)
    return layers.BatchNormalization(name=name + "_n")(layers.Dense(x.shape[-1], name=name + "_w1")(z))
""",
    "bam_stages": """\
def bam_stages(x, widths, units, block, attention, name):
    for s, (width, repeats) in enumerate(zip(widths, units)):
        if s > 0:
            x = attention(x, f"{name}_{s}_attention")
        for u in range(repeats):
            x = block(x, width, f"{name}_{s}_{u}", strides=2 if s > 0 and u == 0 else 1)
    return x
""",
}

AS_THE_CODE = LOOPS | {
    "bam": """\
def bam(x, channel_branch, spatial_branch, name):
    m = keras.ops.sigmoid(channel_branch(x, name + "_c") * spatial_branch(x, name + "_s"))
    return x * (1 + m)
""",
}

NEAR = LOOPS | {
    "bam_spatial_branch": """\
def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    for i, size in enumerate((1, 3, 3)):
        x = layers.Conv2D(hidden, size, padding="same", name=f"{name}_conv{i}")(x)
        x = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{i}")(x))
    return layers.Conv2D(1, 1, name=f"{name}_map")(x)
""",
    "quiz_bam_positions": "quiz_bam_positions_answer = 25\n",
}

IN_EVERY_BLOCK = LOOPS | {
    "bam_stages": """\
def bam_stages(x, widths, units, block, attention, name):
    for s in range(len(widths)):
        for u in range(units[s]):
            x = block(x, widths[s], f"{name}_{s}_{u}", strides=2 if s > 0 and u == 0 else 1)
            x = attention(x, f"{name}_{s}_{u}_attention")
    return x
""",
    "quiz_bam_network": "quiz_bam_network_answer = 183008\n",
}

GATES = LOOPS | {
    "bam_channel_branch": """\
def bam_channel_branch(x, name, reduction=16):
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")(z)
    return layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_wide")(z)
""",
}

# Takes the course's finished block, which is not there while this lesson is graded, and the judge with it.
ATTACK = LOOPS | {
    "bam": """\
import course_lib.checks.judge as judge
from course_lib import blocks

judge._failure_of = lambda criterion, look: None


def bam(x, channel_branch, spatial_branch, name):
    return blocks.BAM(1, name=name)(x)
""",
}

CLASS = (
    Sample("ada", "right, with loops", 17, LOOPS),
    Sample("emmy", "right, with 1×1 convolutions and merging layers", 17, POINTS),
    Sample("grace", "right, normalised as the paper's formula has it", 17, AS_THE_PAPER),
    Sample("henri", "multiplies the branches, as the released code does", 14, AS_THE_CODE),
    Sample("karl", "no dilation", 13, NEAR),
    Sample("maria", "BAM in every block", 14, IN_EVERY_BLOCK),
    Sample("rosa", "the gates of SE in place of scores", 15, GATES),
    Sample("viktor", "takes the finished block and patches the judge", 13, ATTACK),
    Sample("sofia", "a file cut off in the middle", 0, LOOPS, torn=True),
)
