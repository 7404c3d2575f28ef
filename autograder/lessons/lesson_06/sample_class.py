"""A class that handed in lesson 06: three styles, five mistakes, an attack, and one torn file."""

from autograder.demo.sample import Sample

HELPER = {
    "cbam_channel_attention": """\
def cbam_channel_attention(x, name, reduction=16):
    squeeze = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_squeeze")
    excite = layers.Dense(x.shape[-1], name=name + "_excite")
    scores = [excite(squeeze(pool(x, axis=(1, 2)))) for pool in (keras.ops.mean, keras.ops.max)]
    return x * keras.ops.sigmoid(scores[0] + scores[1])[:, None, None, :]
""",
    "cbam_spatial_attention": """\
def cbam_spatial_attention(x, name, kernel_size=7):
    pooled = keras.ops.stack([keras.ops.max(x, axis=-1), keras.ops.mean(x, axis=-1)], axis=-1)
    f = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_f")(pooled)
    f = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=name + "_n")(f)
    return x * keras.ops.sigmoid(f)
""",
    "cbam": """\
def cbam(x, channel, spatial, name, order="channel_spatial"):
    if order == "parallel":
        return layers.Average()([channel(x, name + "_c"), spatial(x, name + "_s")])
    if order == "spatial_channel":
        return channel(spatial(x, name + "_s"), name + "_c")
    return spatial(channel(x, name + "_c"), name + "_s")
""",
    "cbam_residual_block": """\
def cbam_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(x, filters, 1, name=name + "_in", relu=True)
    y = conv_norm(y, filters, 3, strides, name=name + "_mid", relu=True)
    y = attention(conv_norm(y, 4 * filters, 1, name=name + "_out"), name + "_gate")
    if strides != 1 or x.shape[-1] != 4 * filters:
        x = conv_norm(x, 4 * filters, 1, strides, name=name + "_way")
    return keras.ops.relu(x + y)
""",
    "quiz_cbam_parameters": "quiz_cbam_parameters_answer = 8564\n",
    "quiz_untrained": "quiz_untrained_answer = 20\n",
    "quiz_small_kernels": "quiz_small_kernels_answer = 1280\n",
    "written_cbam": "One run each is chance; pairs over five seeds; Grad-CAM is of the whole network.\n",
}

POINTS = HELPER | {
    "cbam_channel_attention": """\
def cbam_channel_attention(x, name, reduction=16):
    down = layers.Conv2D(x.shape[-1] // reduction, 1, activation="relu", name=name + "_down")
    up = layers.Conv2D(x.shape[-1], 1, name=name + "_up")
    mean = up(down(layers.GlobalAveragePooling2D(keepdims=True)(x)))
    top = up(down(layers.GlobalMaxPooling2D(keepdims=True)(x)))
    return layers.Multiply()([x, layers.Activation("sigmoid")(layers.Add()([mean, top]))])
""",
    "cbam": """\
def cbam(x, channel, spatial, name, order="channel_spatial"):
    halves = [(channel, name + "_what"), (spatial, name + "_where")]
    if order == "parallel":
        return sum(half(x, label) for half, label in halves) / 2
    for half, label in halves if order == "channel_spatial" else reversed(halves):
        x = half(x, label)
    return x
""",
}

LAYERS = HELPER | {
    "cbam_spatial_attention": """\
def cbam_spatial_attention(x, name, kernel_size=7):
    mean = layers.Lambda(lambda t: tf.reduce_mean(t, axis=-1, keepdims=True))(x)
    top = layers.Lambda(lambda t: tf.reduce_max(t, axis=-1, keepdims=True))(x)
    y = layers.Concatenate()([mean, top])
    y = layers.Conv2D(1, kernel_size, padding="same", name=name + "_c")(y)
    y = layers.BatchNormalization(gamma_initializer="zeros", name=name + "_b")(y)
    return layers.Multiply()([x, layers.Activation("sigmoid")(y)])


import tensorflow as tf
""",
    "cbam_residual_block": """\
def cbam_residual_block(x, filters, attention, name, strides=1):
    h = x
    for part, width, size, by in (("a", filters, 1, 1), ("b", filters, 3, strides), ("c", 4 * filters, 1, 1)):
        h = layers.Conv2D(width, size, by, padding="same", use_bias=False, name=name + part)(h)
        h = layers.BatchNormalization(name=name + part + "_norm")(h)
        h = h if part == "c" else layers.ReLU()(h)
    h = attention(h, name + "_cbam")
    if h.shape[1:] != x.shape[1:]:
        x = conv_norm(x, 4 * filters, 1, strides, name=name + "_project")
    return layers.ReLU()(layers.Add()([h, x]))
""",
}

TWO_NETWORKS = HELPER | {
    "cbam_channel_attention": """\
def cbam_channel_attention(x, name, reduction=16):
    total = 0
    for part, pool in (("mean", keras.ops.mean), ("max", keras.ops.max)):
        z = pool(x, axis=(1, 2))
        z = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + part + "_1")(z)
        total = total + layers.Dense(x.shape[-1], name=name + part + "_2")(z)
    return x * keras.ops.sigmoid(total)[:, None, None, :]
""",
    "quiz_cbam_parameters": "quiz_cbam_parameters_answer = 17028\n",
}

OF_LESSON_TWO = HELPER | {
    "cbam_spatial_attention": """\
def cbam_spatial_attention(x, name, kernel_size=7):
    pooled = keras.ops.stack([keras.ops.max(x, axis=-1), keras.ops.mean(x, axis=-1)], axis=-1)
    mask = layers.Conv2D(1, kernel_size, padding="same", activation="sigmoid", name=name + "_map")(pooled)
    return x * mask
""",
}

SPATIAL_FIRST = HELPER | {
    "cbam": """\
def cbam(x, channel, spatial, name, order="channel_spatial"):
    if order == "parallel":
        return layers.Average()([channel(x, name + "_c"), spatial(x, name + "_s")])
    if order == "channel_spatial":
        return channel(spatial(x, name + "_s"), name + "_c")
    return spatial(channel(x, name + "_c"), name + "_s")
""",
}

AFTER_ADDITION = HELPER | {
    "cbam_residual_block": """\
def cbam_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(x, filters, 1, name=name + "_in", relu=True)
    y = conv_norm(y, filters, 3, strides, name=name + "_mid", relu=True)
    y = conv_norm(y, 4 * filters, 1, name=name + "_out")
    if strides != 1 or x.shape[-1] != 4 * filters:
        x = conv_norm(x, 4 * filters, 1, strides, name=name + "_way")
    return keras.ops.relu(attention(x + y, name + "_gate"))
""",
}

STRIDES_FIRST = HELPER | {
    "cbam_residual_block": """\
def cbam_residual_block(x, filters, attention, name, strides=1):
    y = conv_norm(x, filters, 1, strides, name=name + "_in", relu=True)
    y = conv_norm(y, filters, 3, name=name + "_mid", relu=True)
    y = attention(conv_norm(y, 4 * filters, 1, name=name + "_out"), name + "_gate")
    if strides != 1 or x.shape[-1] != 4 * filters:
        x = conv_norm(x, 4 * filters, 1, strides, name=name + "_way")
    return keras.ops.relu(x + y)
""",
    "quiz_small_kernels": "quiz_small_kernels_answer = 80\n",
}

# Looks for the finished blocks, in the library and behind it.
ATTACK = HELPER | {
    "cbam_channel_attention": """\
def cbam_channel_attention(x, name, reduction=16):
    from course_lib.blocks import ChannelAttention
    return ChannelAttention(reduction, name=name)(x)
""",
    "cbam_residual_block": """\
def cbam_residual_block(x, filters, attention, name, strides=1):
    from course_lib.networks.resnet import bottleneck_block
    return bottleneck_block(x, filters, strides, "v1.5", attention, name)
""",
}

CLASS = (
    Sample("ada", "right, with the course's helper", 17, HELPER),
    Sample("emmy", "right, with 1×1 convolutions and a loop", 17, POINTS),
    Sample("grace", "right, from single layers", 17, LAYERS),
    Sample("henri", "a network for each summary, and its price", 13, TWO_NETWORKS),
    Sample("karl", "the spatial half of lesson 02", 16, OF_LESSON_TWO),
    Sample("maria", "the first two orders have changed places", 14, SPATIAL_FIRST),
    Sample("rosa", "CBAM after the addition", 13, AFTER_ADDITION),
    Sample("pavel", "strides in the first convolution, one module counted", 14.5, STRIDES_FIRST),
    Sample("viktor", "hands in the course's finished blocks", 9, ATTACK),
    Sample("sofia", "a file cut off in the middle", 0, HELPER, torn=True),
)
