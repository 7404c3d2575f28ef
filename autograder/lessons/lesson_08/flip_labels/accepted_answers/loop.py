"""Image by image."""


def flip_labels(labels, share, order, draws, classes=10):
    given = [int(label) for label in labels]
    for place in order[: round(share * len(labels))]:
        given[place] = (given[place] + 1 + int(draws[place] * (classes - 1))) % classes
    return given
