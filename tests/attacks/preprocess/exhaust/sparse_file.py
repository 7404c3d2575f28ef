"""A file of a hundred gigabytes that takes no room."""
# expect: right

try:
    with open("/tmp/sparse", "wb") as file:
        file.truncate(10**11)
    print("ESC" + "APED")
except OSError:
    pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
