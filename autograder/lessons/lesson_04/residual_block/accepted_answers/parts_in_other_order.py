class Block(layers.Layer):
    def __init__(self, filters, strides, projected, name):
        super().__init__(name=name)
        self.second = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.first = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False)
        self.norms = [layers.BatchNormalization() for _ in range(2)]
        way = [layers.Conv2D(filters, 1, strides, use_bias=False), layers.BatchNormalization()]
        self.way = keras.Sequential(way) if projected else None

    def call(self, x, training=False):
        h = keras.ops.relu(self.norms[0](self.first(x), training=training))
        h = self.norms[1](self.second(h), training=training)
        return keras.ops.relu(h + (self.way(x, training=training) if self.way else x))


def residual_block(x, filters, name, strides=1):
    return Block(filters, strides, strides != 1 or x.shape[-1] != filters, name)(x)
