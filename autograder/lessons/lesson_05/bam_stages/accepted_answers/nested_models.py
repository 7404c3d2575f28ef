"""Every stage as a model of its own."""

import keras


def bam_stages(x, widths, units, block, attention, name):
    for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):
        start = y = keras.Input(x.shape[1:])
        for unit in range(repeats):
            y = block(y, width, f"{name}_{stage}_{unit}", strides=2 if stage and unit == 0 else 1)
        x = keras.Model(start, y, name=f"{name}_stage{stage}")(x)
        if stage + 1 < len(widths):
            x = attention(x, f"{name}_attention{stage}")
    return x
