"""A 1×1 convolution for the classes."""

from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s, m in enumerate(modules):
        x = stage(x, filters * 2**s, 1 if s == 0 else 2, m, f"{name}_stage{s}")
    for k in range(3):
        options = {"filters": 2 * x.shape[-1], "strides": 2} if widen and not k else {}
        x = unit(x, f"{name}_end{k}", **options)
    x = layers.BatchNormalization(epsilon=1e-5, name=name + "_norm")(x)
    x = layers.ReLU()(x)
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    p = layers.Conv2D(classes, 1, activation="softmax", name=name + "_head")(z)
    return layers.Flatten()(p)
