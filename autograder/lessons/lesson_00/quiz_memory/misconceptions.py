"""Misconceptions in `quiz_memory`: how many megabytes the training set takes as float32."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "bytes_stored",
        "That is the set as it is stored, one byte per value.",
        "After preparing the images each value is a float32.",
        "Count the bytes of a float32.",
        number=47.04,
    ),
    wrong(
        "float64",
        "That is the set as float64.",
        "A float64 takes twice the room of a float32.",
        "Count the bytes of a float32.",
        number=376.32,
    ),
    wrong(
        "float16",
        "That is the set as float16.",
        "A float16 takes half the room of a float32.",
        "Count the bytes of a float32.",
        number=94.08,
    ),
    wrong(
        "mebibytes",
        "The bytes are divided by 1024².",
        "That gives mebibytes. Here a megabyte is 10⁶ bytes.",
        "Divide by one million.",
        number=179.44,
    ),
    wrong(
        "in_bytes",
        "That is in bytes.",
        "The question asks for megabytes.",
        "Divide by one million.",
        number=188_160_000,
    ),
    wrong(
        "in_bits",
        "The bits are counted, not the bytes.",
        "32 bits are 4 bytes.",
        "Divide by 8.",
        number=1505.28,
    ),
    wrong(
        "in_gigabytes",
        "That is in gigabytes.",
        "The question asks for megabytes.",
        "Multiply by 1000.",
        number=0.18816,
    ),
)
