"""Arguments by keyword, widths and strides always given."""

from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    for s, m in enumerate(modules):
        x = stage(x=x, filters=filters * 2**s, strides=1 + (s > 0), modules=m, name=f"{name}_{s}")
    last = x.shape[-1]
    wide = 2 * last if widen else last
    x = unit(x=x, name=f"{name}_a", filters=wide, strides=2 if widen else 1)
    x = unit(x=x, name=f"{name}_b", filters=wide, strides=1)
    x = unit(x=x, name=f"{name}_c", filters=wide, strides=1)
    x = layers.BatchNormalization(name=f"{name}_n")(x)
    x = layers.ReLU()(x)
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(units=classes, activation="softmax", name=f"{name}_p")(x)
