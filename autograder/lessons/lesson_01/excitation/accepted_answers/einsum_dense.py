"""EinsumDense layers."""

from keras import layers


def excitation(z, channels, reduction, name):
    hidden = layers.EinsumDense(
        "bc,ch->bh", channels // reduction, bias_axes="h", activation="relu", name=name + "_a"
    )(z)
    return layers.EinsumDense("bh,hc->bc", channels, bias_axes="c", activation="sigmoid", name=name + "_b")(
        hidden
    )
