"""What goes wrong in `flip_labels`: wrong labels."""

from autograder.keys.misconceptions import Variant, wrong

MISCONCEPTIONS = (
    wrong(
        "own_class_too",
        "A label may come back to its own class.",
        "Then fewer labels are wrong than `share` says: about one in `classes` fewer.",
        "Go 1 to `classes - 1` steps, never 0.",
        (
            "steps = 1 + np.floor(draws[flipped] * (classes - 1)).astype(int)",
            "steps = np.floor(draws[flipped] * classes).astype(int)",
        ),
    ),
    wrong(
        "full_turn",
        "A label may go all the way round, back to its own class.",
        "`classes` steps are a full turn.",
        "There are `classes - 1` other classes to reach.",
        ("(classes - 1)", "classes"),
    ),
    wrong(
        "no_first_step",
        "Some labels move by no step at all.",
        "Rounding down gives 0 to `classes` - 2.",
        "Add 1 to the rounded number.",
        ("1 + np.floor", "np.floor"),
    ),
    wrong(
        "any_class",
        "The draw itself chooses the class, whatever the label was.",
        "One draw in `classes` then hits the true class, and the label is not wrong.",
        "Move the label by 1 to `classes - 1` steps.",
        (
            "noisy[flipped] = (labels[flipped] + steps) % classes",
            "noisy[flipped] = np.floor(draws[flipped] * classes).astype(int)",
        ),
    ),
    wrong(
        "next_class",
        "Every wrong label is the class after the true one.",
        "All other classes should be equally likely; a network can learn a fixed mistake.",
        "Let the draws decide how far a label moves.",
        ("steps = 1 + np.floor(draws[flipped] * (classes - 1)).astype(int)", "steps = 1"),
    ),
    wrong(
        "same_step_for_all",
        "All labels move by the same number of steps.",
        "Each image has a draw of its own.",
        "Use `draws[flipped]`.",
        ("draws[flipped]", "draws[0]"),
    ),
    wrong(
        "draws_in_order",
        "The draws are taken from the start, not at the images' own positions.",
        "At another share, the same image would then get another wrong label.",
        "Use `draws[flipped]`.",
        ("draws[flipped]", "draws[: len(flipped)]"),
    ),
    wrong(
        "labels_in_order",
        "The labels that are moved are the first ones, not those of the images.",
        "What is written at a position comes from another image.",
        "Use `labels[flipped]`.",
        ("(labels[flipped] + steps)", "(labels[: len(flipped)] + steps)"),
    ),
    wrong(
        "first_labels",
        "The first labels are flipped, whatever `order` says.",
        "A data set may be sorted: then one class would get all the noise.",
        "Flip at the first positions *of* `order`.",
        ("flipped = order[: round(share * len(labels))]", "flipped = np.arange(round(share * len(labels)))"),
    ),
    wrong(
        "last_of_order",
        "The last positions of `order` are flipped, not the first.",
        "Any would do, but the check and your neighbour flip the first.",
        "Take the beginning of `order`.",
        (
            "flipped = order[: round(share * len(labels))]",
            "flipped = order[len(labels) - round(share * len(labels)) :]",
        ),
    ),
    wrong(
        "share_of_right_labels",
        "The share is taken for that of the labels that stay right.",
        "`share` is the share of wrong labels.",
        "Flip `share` of them.",
        ("round(share * len(labels))", "round((1 - share) * len(labels))"),
    ),
    wrong(
        "inverse_order",
        "`order` is read as the place of each image, not as a list of positions.",
        "The labels at the positions `order[0]`, `order[1]`, … become wrong.",
        "Take the first entries of `order` as an index.",
        (
            "flipped = order[: round(share * len(labels))]",
            "flipped = np.flatnonzero(order < round(share * len(labels)))",
        ),
    ),
    wrong(
        "each_by_its_draw",
        "Each label is flipped if its draw is below `share`.",
        "Then the share is right up to chance only, and the draw is used twice.",
        "Flip at the first `round(share * n)` positions of `order`.",
        ("flipped = order[: round(share * len(labels))]", "flipped = np.flatnonzero(draws < share)"),
    ),
    wrong(
        "cut_off",
        "The number of labels to flip is cut off, not rounded.",
        "For a computer 0.29 · 100 is a little less than 29, and `int` makes 28 of it.",
        "Use `round`.",
        ("round(share", "int(share"),
    ),
    wrong(
        "rounded_up",
        "The number of labels to flip is rounded up.",
        "0.07 · 100 is a little more than 7 for a computer, and `ceil` makes 8 of it.",
        "Use `round`.",
        ("round(share * len(labels))", "int(np.ceil(share * len(labels)))"),
    ),
    wrong(
        "one_more",
        "One label too many is flipped.",
        "A slice `[:k]` has k entries.",
        "Flip the first `round(share * n)` of `order`.",
        ("round(share * len(labels))", "round(share * len(labels)) + 1"),
    ),
    wrong(
        "no_turn",
        "Labels go past the last class.",
        "There is no class 12 of 10. After the last one, counting begins again at 0.",
        "Take the remainder: `% classes`.",
        (" % classes", ""),
    ),
    wrong(
        "turn_too_early",
        "Counting begins again one class too early.",
        "The last class is `classes - 1`, and it can be a wrong label too.",
        "Take the remainder by `classes`.",
        ("% classes", "% (classes - 1)"),
    ),
    wrong(
        "stops_at_the_end",
        "Labels that go past the last class stay at the last.",
        "Then the last class is far too frequent.",
        "After the last class, begin again at 0: `% classes`.",
        ("(labels[flipped] + steps) % classes", "np.minimum(labels[flipped] + steps, classes - 1)"),
    ),
    wrong(
        "downwards",
        "Labels move down instead of up.",
        "As random as the other way, but not what the equation says.",
        "Add the steps.",
        ("labels[flipped] + steps", "labels[flipped] - steps"),
    ),
    wrong(
        "rounded_steps",
        "The steps are rounded to the nearest number, not down.",
        "Then the first and the last step are half as likely as the others.",
        "Use `np.floor`.",
        ("np.floor", "np.round"),
    ),
    wrong(
        "rounded_up_steps",
        "The scaled draws are rounded up.",
        "Adding 1 to that can make a full turn.",
        "Round down, then add 1.",
        ("np.floor", "np.ceil"),
    ),
    wrong(
        "ceil_for_one_and_floor",
        "The scaled draws are rounded up in the place of 1 and rounding down.",
        "A draw of exactly 0 is then no step at all, and the label stays right.",
        "Round down, then add 1.",
        ("1 + np.floor", "np.ceil"),
    ),
    wrong(
        "floats",
        "The labels come back as floats.",
        "Classes are whole numbers: class 3, not 3.0. Nothing can be looked up by a float.",
        "Keep the type of `labels`: use `labels.copy()`, and `.astype(int)` on the steps.",
        ("noisy = labels.copy()", "noisy = labels.astype(float)"),
    ),
    wrong(
        "ten_classes",
        "There are always ten classes.",
        "`classes` says how many.",
        "Use the argument in the place of the number.",
        ("(classes - 1)", "9"),
        ("% classes", "% 10"),
    ),
    wrong(
        "changes_input",
        "The labels that came in are changed.",
        "Then the true classes are lost, and the next share starts from wrong ones.",
        "Work on a copy: `labels.copy()`.",
        ("noisy = labels.copy()", "noisy = labels"),
    ),
    wrong(
        "returns_mask",
        "What is returned says which labels are wrong, not the labels.",
        "A network is trained on classes.",
        "Return the copy with the new classes in it.",
        ("return noisy", "return noisy != labels"),
    ),
    wrong(
        "returns_wrong_ones",
        "Only the wrong labels are returned.",
        "Every image needs a label, in the images' order.",
        "Return all n labels.",
        ("return noisy", "return noisy[flipped]"),
    ),
    wrong(
        "new_draws",
        "New random numbers are drawn inside the function.",
        "Two networks would then be trained on different labels, and the comparison would not be paired.",
        "Use the `draws` that come in.",
        ("draws[flipped]", "np.random.default_rng(0).random(len(flipped))"),
    ),
)

# Right answers that give other numbers.
VARIANTS = (
    Variant(
        "others_in_order",
        (
            (
                "steps = 1 + np.floor(draws[flipped] * (classes - 1)).astype(int)",
                "place = np.floor(draws[flipped] * (classes - 1)).astype(int)  # among the others",
            ),
            (
                "noisy[flipped] = (labels[flipped] + steps) % classes",
                "noisy[flipped] = place + (place >= labels[flipped])",
            ),
        ),
    ),
)
