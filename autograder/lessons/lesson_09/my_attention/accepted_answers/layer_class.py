class Neighbours(layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(3,), name="kernel", initializer="ones")

    def call(self, x):
        z = keras.ops.mean(x, axis=(1, 2))
        z = keras.ops.pad(z, ((0, 0), (1, 1)))
        s = self.kernel[0] * z[:, :-2] + self.kernel[1] * z[:, 1:-1] + self.kernel[2] * z[:, 2:]
        return x * keras.ops.sigmoid(s)[:, None, None, :]


def my_attention(x, name):
    return Neighbours(name=name)(x)
