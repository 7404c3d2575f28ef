def my_attention(x, name):
    hidden = max(8, x.shape[-1] // 8)
    rows = keras.ops.mean(x, axis=2, keepdims=True)
    columns = keras.ops.mean(x, axis=1, keepdims=True)
    narrow = layers.Conv2D(hidden, 1, use_bias=False, name=name + "_narrow")
    norm = layers.BatchNormalization(momentum=0.9, name=name + "_norm")
    both = [layers.ReLU()(norm(narrow(each))) for each in (rows, columns)]
    by_row = layers.Conv2D(x.shape[-1], 1, activation="sigmoid", name=name + "_by_row")(both[0])
    by_column = layers.Conv2D(x.shape[-1], 1, activation="sigmoid", name=name + "_by_column")(both[1])
    return x * by_row * by_column
