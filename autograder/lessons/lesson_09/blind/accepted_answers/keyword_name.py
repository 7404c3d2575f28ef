def blind(attention):
    def twin(features, name="blind"):
        seen = layers.Lambda(keras.ops.ones_like, output_shape=features.shape[1:])(features)
        return features * attention(seen, name=name)

    return twin
