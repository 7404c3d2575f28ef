"""Both convolutions in one loop."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_residual_block(x, filters, attention, name, strides=1):
    change = x
    for number, (step, relu) in enumerate(((strides, True), (1, False))):
        change = conv_norm(change, filters, 3, step, name=f"{name}_{number}", relu=relu)
    change = attention(change, f"{name}_gates")
    if x.shape[1:] != change.shape[1:]:
        x = conv_norm(x, filters, 1, strides, name=f"{name}_way")
    return layers.Activation("relu")(layers.add([x, change]))
