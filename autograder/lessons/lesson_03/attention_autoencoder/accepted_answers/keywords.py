"""Everything by keyword."""

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    def refine(x, name):
        x = channel(x, name=name + "_channel")
        x = spatial(x, name=name + "_spatial")
        return x

    code = encoder(x=x, filters=filters, attention=refine, name=name + "_in")
    return decoder(z=code, filters=filters, name=name + "_out")
