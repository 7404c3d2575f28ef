"""A lambda calls both attentions."""

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    both = lambda t, n: spatial(channel(t, n + "_c"), n + "_s")
    return decoder(encoder(x, filters, both, name + "_enc"), filters, name + "_dec")
