"""Average pooling over the whole map."""

from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s, m in enumerate(modules):
        x = stage(x, filters * 2**s, 1 if s == 0 else 2, m, f"{name}_stage{s}")
    first = (x.shape[-1] * 2, 2) if widen else (x.shape[-1], 1)
    for k, given in enumerate((first, (), ())):
        x = unit(x, f"{name}_end{k}", *given)
    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)
    x = layers.ReLU()(x)
    z = layers.Flatten()(layers.AveragePooling2D((x.shape[1], x.shape[2]))(x))
    return layers.Dense(classes, activation="softmax", name=name + "_classes")(z)
