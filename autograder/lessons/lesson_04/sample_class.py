"""A class that handed in lesson 04: three styles, four mistakes, an attack, and one torn file."""

from autograder.demo.sample import Sample

HELPER = {
    "residual_block": """\
def residual_block(x, filters, name, strides=1):
    y = conv_norm(x, filters, 3, strides, name=name + "_in", relu=True)
    y = conv_norm(y, filters, 3, name=name + "_out")
    if strides != 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, strides, name=name + "_way")
    return keras.ops.relu(x + y)
""",
    "resnet": """\
def resnet(x, widths, units, block, classes, name):
    for s in range(len(widths)):
        for u in range(units[s]):
            x = block(x, widths[s], f"{name}_{s}_{u}", strides=2 if s > 0 and u == 0 else 1)
    z = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes, activation="softmax", name=name + "_dense")(z)
""",
    "se_residual_block": """\
def se_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(x, filters, 3, strides, name=name + "_in", relu=True)
    y = attention(conv_norm(y, filters, 3, name=name + "_out"), name + "_gate")
    if strides != 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, strides, name=name + "_way")
    return keras.ops.relu(x + y)
""",
    "se_inception_block": """\
def se_inception_block(x, widths, attention, name):
    a = conv_norm(x, widths[0], 1, name=name + "_a", relu=True)
    b = conv_norm(x, widths[1], 3, name=name + "_b", relu=True)
    c = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    c = conv_norm(c, widths[2], 1, name=name + "_c", relu=True)
    return attention(layers.Concatenate()([a, b, c]), name + "_gate")
""",
    "quiz_basic_block": "quiz_basic_block_answer = 73984\n",
    "quiz_se_network": "quiz_se_network_answer = 89080\n",
    "quiz_se_inception": "quiz_se_inception_answer = 42084\n",
    "written_se_networks": "Parameters are not multiply–adds; five seeds; gates that cannot look.\n",
}

LAYERS = HELPER | {
    "residual_block": """\
def residual_block(x, filters, name, strides=1):
    h = layers.Conv2D(filters, 3, strides, padding="same", name=name + "_a")(x)
    h = layers.Activation("relu")(layers.BatchNormalization(name=name + "_an")(h))
    h = layers.Conv2D(filters, 3, padding="same", name=name + "_b")(h)
    h = layers.BatchNormalization(name=name + "_bn")(h)
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, name=name + "_c")(x)
        x = layers.BatchNormalization(name=name + "_cn")(x)
    return layers.Activation("relu")(layers.Add()([x, h]))
""",
    "quiz_basic_block": "quiz_basic_block_answer = 18 * 64 * 64 + 4 * 64\n",
}

PLANNED = HELPER | {
    "resnet": """\
def resnet(x, widths, units, block, classes, name):
    plan = [(w, 1 + (s > 0 and u == 0)) for s, w in enumerate(widths) for u in range(units[s])]
    for i, (width, strides) in enumerate(plan):
        x = block(x, width, f"{name}_{i}", strides)
    return layers.Softmax()(layers.Dense(classes, name=name + "_d")(keras.ops.mean(x, axis=(1, 2))))
""",
    "se_inception_block": """\
def se_inception_block(x, widths, attention, name):
    p = keras.ops.max_pool(x, 3, strides=1, padding="same")
    parts = [conv_norm(t, w, k, name=f"{name}_{w}_{k}_{i}", relu=True)
             for i, (t, w, k) in enumerate(zip((x, x, p), widths, (1, 3, 1)))]
    return attention(keras.ops.concatenate(parts, axis=-1), name + "_gate")
""",
}

AFTER_ADDITION = HELPER | {
    "se_residual_block": """\
def se_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(x, filters, 3, strides, name=name + "_in", relu=True)
    y = conv_norm(y, filters, 3, name=name + "_out")
    if strides != 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, strides, name=name + "_way")
    return attention(keras.ops.relu(x + y), name + "_gate")
""",
}

ALWAYS_PROJECTS = HELPER | {
    "residual_block": """\
def residual_block(x, filters, name, strides=1):
    y = conv_norm(x, filters, 3, strides, name=name + "_in", relu=True)
    y = conv_norm(y, filters, 3, name=name + "_out")
    x = conv_norm(x, filters, 1, strides, name=name + "_way")
    return keras.ops.relu(x + y)
""",
}

GATE_PER_BRANCH = HELPER | {
    "se_inception_block": """\
def se_inception_block(x, widths, attention, name):
    a = attention(conv_norm(x, widths[0], 1, name=name + "_a", relu=True), name + "_ga")
    b = attention(conv_norm(x, widths[1], 3, name=name + "_b", relu=True), name + "_gb")
    c = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    c = attention(conv_norm(c, widths[2], 1, name=name + "_c", relu=True), name + "_gc")
    return layers.Concatenate()([a, b, c])
""",
    "quiz_se_inception": "quiz_se_inception_answer = 12132\n",
}

HALVES_AT_ONCE = HELPER | {
    "resnet": """\
def resnet(x, widths, units, block, classes, name):
    for s in range(len(widths)):
        for u in range(units[s]):
            x = block(x, widths[s], f"{name}_{s}_{u}", strides=2 if u == 0 else 1)
    z = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes, activation="softmax", name=name + "_dense")(z)
""",
}

# Rewrites the judge it can reach, which is not the one that counts, and hands in nothing.
ATTACK = HELPER | {
    "residual_block": """\
import course_lib.checks.judge as judge

judge._failure_of = lambda criterion, look: None


def residual_block(x, filters, name, strides=1):
    return x
""",
}

CLASS = (
    Sample("ada", "right, with the course's helper", 17, HELPER),
    Sample("emmy", "right, from single layers with biases", 17, LAYERS),
    Sample("grace", "right, with a plan and keras.ops", 17, PLANNED),
    Sample("henri", "the gate after the addition and the ReLU", 13, AFTER_ADDITION),
    Sample("karl", "a projection in every block", 14, ALWAYS_PROJECTS),
    Sample("maria", "a gate for each branch, and its price", 15, GATE_PER_BRANCH),
    Sample("rosa", "the first stage is halved too", 16, HALVES_AT_ONCE),
    Sample("viktor", "patches the judge and returns the input", 12, ATTACK),
    Sample("sofia", "a file cut off in the middle", 0, HELPER, torn=True),
)
