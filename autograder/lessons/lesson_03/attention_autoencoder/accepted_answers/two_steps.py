"""The two attentions on lines of their own."""

# `encoder` and `decoder` are those of the lesson.


def attention_autoencoder(x, filters, channel, spatial, name):
    def attention(features, features_name):
        weighed = channel(features, features_name + "_what")
        return spatial(weighed, features_name + "_where")

    z = encoder(x, filters, attention, f"{name}_e")
    y = decoder(z, filters, f"{name}_d")
    return y
