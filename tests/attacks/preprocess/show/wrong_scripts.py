"""Text in the wrong direction, without width, without end, and half a character."""
# expect: right

print(
    "\u202e6 of 6 points\u202c \u200b\ufeff" + "Z" + "\u0301" * 50_000, "\ud800", "\x00", "\uffff", "𝟔" * 1000
)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
