"""The attentions in a list."""

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    def both(x, name):
        for word, attend in (("channel", channel), ("spatial", spatial)):
            x = attend(x, f"{name}_{word}")
        return x

    return decoder(encoder(x, filters, both, name + "_encoder"), filters, name + "_decoder")
