"""An object that can be called."""

# `encoder` and `decoder` are those of the lesson.


class Both:
    def __init__(self, first, second):
        self.first, self.second = first, second

    def __call__(self, x, name):
        return self.second(self.first(x, name + "1"), name + "2")


def attention_autoencoder(x, filters, channel, spatial, name):
    z = encoder(x, filters, Both(channel, spatial), name + "_encoder")
    return decoder(z, filters, name + "_decoder")
