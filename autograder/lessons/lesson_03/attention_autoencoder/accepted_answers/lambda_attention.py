"""A lambda calls both attentions."""

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    code = encoder(x, filters, lambda t, n: spatial(channel(t, n + "_c"), n + "_s"), name + "_enc")
    return decoder(code, filters, name + "_dec")
