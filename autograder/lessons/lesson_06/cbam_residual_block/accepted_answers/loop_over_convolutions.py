"""All three convolutions in one loop."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def cbam_residual_block(x, filters, attention, name, strides=1):
    y = x
    plan = ((filters, 1, 1, True), (filters, 3, strides, True), (filters * 4, 1, 1, False))
    for number, (width, size, step, relu) in enumerate(plan):
        y = conv_norm(y, width, size, step, name=f"{name}_{number}", relu=relu)
    y = attention(y, f"{name}_attention")
    if x.shape[1:] != y.shape[1:]:
        x = conv_norm(x, filters * 4, 1, strides, name=f"{name}_way")
    return layers.Activation("relu")(layers.add([x, y]))
