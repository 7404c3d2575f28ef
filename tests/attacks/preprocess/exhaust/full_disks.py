"""Fills every disk, with bytes and with names."""
# expect: right

import os

for place in ("/tmp", "/dev/shm"):
    total = 0
    try:
        for number in range(10_000):
            with open(f"{place}/big{number}", "wb") as file:
                total += file.write(bytes(10_000_000))
    except OSError:
        pass
    if total > 250_000_000:
        print("ESC" + "APED", place, total)
    os.system(f"rm -f {place}/big*")
    number = 0
    try:
        for number in range(10**6):
            os.close(os.open(f"{place}/{number}", os.O_CREAT))
    except OSError:
        pass
    if number > 30_000:
        print("ESC" + "APED", place, number)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
