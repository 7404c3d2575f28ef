"""A class that handed in lesson 07: three styles, five mistakes, an attack, and one torn file."""

from autograder.demo.sample import Sample

STEPS = {
    "pre_activation_residual_unit": """\
def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]
    a = layers.ReLU()(layers.BatchNormalization(name=name + "_n1")(x))
    y = layers.Conv2D(filters // 4, 1, use_bias=False, name=name + "_c1")(a)
    y = layers.ReLU()(layers.BatchNormalization(name=name + "_n2")(y))
    y = layers.Conv2D(filters // 4, 3, strides, padding="same", use_bias=False, name=name + "_c2")(y)
    y = layers.ReLU()(layers.BatchNormalization(name=name + "_n3")(y))
    y = layers.Conv2D(filters, 1, use_bias=False, name=name + "_c3")(y)
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_way")(a)
    return x + y
""",
    "trunk_branch": """\
def trunk_branch(x, name, t=2, unit=pre_activation_residual_unit):
    for number in range(t):
        x = unit(x, name + str(number))
    return x
""",
    "mask_activation": """\
def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return keras.ops.normalize(scores, axis=-1)
    if activation == "spatial":
        mean, variance = keras.ops.moments(scores, axes=(1, 2), keepdims=True)
        scores = (scores - mean) / keras.ops.sqrt(variance + 1e-7)
    return keras.ops.sigmoid(scores)
""",
    "soft_mask_branch": """\
def soft_mask_branch(
    x, name, poolings=1, r=1, activation="mixed", units=trunk_branch, activate=mask_activation
):
    m, kept = x, []
    for k in range(poolings):
        m = units(layers.MaxPooling2D(3, 2, padding="same")(m), f"{name}_down{k}", r)
        kept.append(m)
    m = units(m, name + "_bottom", r)
    for k in range(poolings - 2, -1, -1):
        m = keras.ops.image.resize(m, kept[k].shape[1:3]) + units(kept[k], f"{name}_skip{k}", 1)
        m = units(m, f"{name}_up{k}", r)
    m = keras.ops.image.resize(m, x.shape[1:3])
    for k in range(2):
        m = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{k}")(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_conv{k}")(m)
    return activate(m, name + "_mask", activation)
""",
    "naive_attention": """\
def naive_attention(trunk, mask, name):
    return mask * trunk
""",
    "attention_residual_learning": """\
def attention_residual_learning(trunk, mask, name):
    return (1 + mask) * trunk
""",
    "attention_module": """\
def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed",
    units=trunk_branch, mask=soft_mask_branch, combine=attention_residual_learning,
):
    x = units(x, name + "_before", p)
    trunk = units(x, name + "_trunk", t)
    met = combine(trunk, mask(x, name + "_mask", poolings, r, activation), name + "_met")
    return units(met, name + "_after", p)
""",
    "quiz_unit_parameters": "quiz_unit_parameters_answer = 4544\n",
    "quiz_module_units": "quiz_module_units_answer = 28\n",
    "quiz_stacked": "quiz_stacked_answer = 729\n",
    "written_module": "It is a sigmoid; the input is lost, the gradient explodes; train pairs to know.\n",
}

LOOPS = STEPS | {
    "pre_activation_residual_unit": """\
def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters, y, first = filters or x.shape[-1], x, None
    plan = (("a", filters // 4, 1, 1), ("b", filters // 4, 3, strides), ("c", filters, 1, 1))
    for part, width, size, by in plan:
        y = layers.Activation("relu")(layers.BatchNormalization(name=name + part + "_norm")(y))
        first = y if first is None else first
        y = layers.Conv2D(width, size, by, padding="same", use_bias=False, name=name + part)(y)
    if y.shape[1:] != x.shape[1:]:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "d")(first)
    return layers.Add()([x, y])
""",
    "attention_residual_learning": """\
def attention_residual_learning(trunk, mask, name):
    return trunk + mask * trunk
""",
}

LAYERS = STEPS | {
    "mask_activation": """\
def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return layers.UnitNormalization(axis=-1)(scores)
    if activation == "spatial":
        scores = layers.GroupNormalization(groups=-1, center=False, scale=False)(scores)
    return layers.Activation("sigmoid")(scores)
""",
    "soft_mask_branch": """\
def soft_mask_branch(
    x, name, poolings=1, r=1, activation="mixed", units=trunk_branch, activate=mask_activation
):
    def aligned(t, like):
        size = like.shape[1:3]
        resize = lambda s: tf.compat.v1.image.resize_bilinear(s, size, align_corners=True)
        return layers.Lambda(resize, output_shape=(*size, t.shape[-1]))(t)

    def below(t, level):
        m = units(layers.MaxPooling2D(3, 2, padding="same")(t), f"{name}_down{level}", r)
        if level == poolings:
            return aligned(units(m, name + "_bottom", r), t)
        skip = units(m, f"{name}_skip{level}", 1)
        return aligned(units(below(m, level + 1) + skip, f"{name}_up{level}", r), t)

    m = below(x, 1)
    for k in range(2):
        m = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{k}")(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_conv{k}")(m)
    return activate(m, name + "_mask", activation)


import tensorflow as tf
""",
}

OF_LESSON_FOUR = STEPS | {
    "pre_activation_residual_unit": """\
def pre_activation_residual_unit(x, name, filters=None, strides=1):
    filters = filters or x.shape[-1]
    y = conv_norm(x, filters // 4, 1, name=name + "_1", relu=True)
    y = conv_norm(y, filters // 4, 3, strides, name=name + "_2", relu=True)
    y = conv_norm(y, filters, 1, name=name + "_3")
    if strides > 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, strides, name=name + "_way")
    return layers.ReLU()(x + y)
""",
}

SOFTMAX = STEPS | {
    "mask_activation": """\
def mask_activation(scores, name, activation="mixed"):
    if activation == "channel":
        return keras.ops.normalize(scores, axis=-1)
    if activation == "spatial":
        mean, variance = keras.ops.moments(scores, axes=(1, 2), keepdims=True)
        return keras.ops.sigmoid((scores - mean) / keras.ops.sqrt(variance + 1e-7))
    return keras.ops.softmax(scores, axis=-1)
""",
    "quiz_stacked": "quiz_stacked_answer = 1\n",
}

NO_SKIPS = STEPS | {
    "soft_mask_branch": """\
def soft_mask_branch(
    x, name, poolings=1, r=1, activation="mixed", units=trunk_branch, activate=mask_activation
):
    m, sizes = x, []
    for k in range(poolings):
        sizes.append(m.shape[1:3])
        m = units(layers.MaxPooling2D(3, 2, padding="same")(m), f"{name}_down{k}", r)
    m = units(m, name + "_bottom", r)
    for k in range(poolings - 1, 0, -1):
        m = units(keras.ops.image.resize(m, sizes[k]), f"{name}_up{k}", r)
    m = keras.ops.image.resize(m, sizes[0])
    for k in range(2):
        m = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{k}")(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_conv{k}")(m)
    return activate(m, name + "_mask", activation)
""",
    "quiz_module_units": "quiz_module_units_answer = 26\n",
}

BRACKETS = STEPS | {
    "attention_residual_learning": """\
def attention_residual_learning(trunk, mask, name):
    return 1 + mask * trunk
""",
}

MASK_OF_TRUNK = STEPS | {
    "attention_module": """\
def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed",
    units=trunk_branch, mask=soft_mask_branch, combine=attention_residual_learning,
):
    trunk = units(units(x, name + "_before", p), name + "_trunk", t)
    met = combine(trunk, mask(trunk, name + "_mask", poolings, r, activation), name + "_met")
    return units(met, name + "_after", p)
""",
}

# Looks for the finished blocks, in the library and behind it.
ATTACK = STEPS | {
    "pre_activation_residual_unit": """\
def pre_activation_residual_unit(x, name, filters=None, strides=1):
    from course_lib.blocks import ResidualUnit
    return ResidualUnit(filters, strides, name=name)(x)
""",
    "mask_activation": """\
def mask_activation(scores, name, activation="mixed"):
    from course_lib.blocks.mask_activations import MASK_ACTIVATIONS
    return MASK_ACTIVATIONS[activation](scores)
""",
}

CLASS = (
    Sample("ada", "right, step by step", 17, STEPS),
    Sample("emmy", "right, with a loop over the convolutions", 17, LOOPS),
    Sample("grace", "right, with layers, recursion and aligned corners", 17, LAYERS),
    Sample("henri", "the block of lesson 04 as unit", 14, OF_LESSON_FOUR),
    Sample("karl", "a softmax for the mixed mask, and the naive product in the quiz", 15.5, SOFTMAX),
    Sample("maria", "no skips in the mask, none counted", 14.5, NO_SKIPS),
    Sample("rosa", "brackets forgotten", 16, BRACKETS),
    Sample("pavel", "the mask looks at the trunk", 15.5, MASK_OF_TRUNK),
    Sample("viktor", "hands in the course's finished blocks", 11, ATTACK),
    Sample("sofia", "a file cut off in the middle", 0, STEPS, torn=True),
)
