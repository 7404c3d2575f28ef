class Branch(layers.Layer):
    def __init__(self, width, dilation, name):
        super().__init__(name=name)
        self.map = layers.Conv2D(1, 1)
        self.second = layers.Conv2D(width, 3, padding="same", dilation_rate=dilation)
        self.first = layers.Conv2D(width, 3, padding="same", dilation_rate=dilation)
        self.narrow = layers.Conv2D(width, 1)
        self.norms = [layers.BatchNormalization() for _ in range(3)]

    def call(self, x, training=False):
        for convolve, norm in zip((self.narrow, self.first, self.second), self.norms, strict=True):
            x = keras.ops.relu(norm(convolve(x), training=training))
        return self.map(x)


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    return Branch(x.shape[-1] // reduction, dilation, name)(x)
