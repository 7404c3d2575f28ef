"""Identity layers as marks in the graph."""

from keras import layers


def attention_module(
    x, name, poolings=1, p=1, t=2, r=1, activation="mixed", units=None, mask=None, combine=None
):
    x = layers.Identity(name=name + "_split")(units(x, name + "_u", p))
    T = units(x, name + "_T", t)
    M = layers.Identity(name=name + "_shown")(mask(x, name + "_M", poolings, r, activation))
    H = combine(T, M, name + "_H")
    return units(H, name + "_out", p)
