"""A list made of the filters first."""

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    widths = list(filters)

    def both(features, label):
        return spatial(channel(features, f"{label}_a"), f"{label}_b")

    return decoder(encoder(x, widths, both, f"{name}_left"), widths, f"{name}_right")
