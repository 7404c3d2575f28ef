class Norm(layers.BatchNormalization):
    def __init__(self, **options):
        super().__init__(momentum=0.9, **options)


def autoencoder_block(x, filters, name):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)
    return layers.ReLU(name=name + "_relu")(Norm(name=name + "_bn")(x))
