"""Misconceptions in `bam_stages`: attention wherever one stage ends and another follows."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "every_block",
        "Attention stands behind every block.",
        "That is the place of SE and CBAM. BAM stands where a stage ends.",
        "Call `attention` after the inner loop.",
        (
            (
                "        if stage < len(widths) - 1:\n"
                '            x = attention(x, f"{name}_stage{stage}_bam")\n'
            ),
            '            x = attention(x, f"{name}_stage{stage}_bam{unit}")\n',
        ),
    ),
    wrong(
        "every_stage",
        "Attention stands behind the last stage, too.",
        "No bottleneck follows there: nothing shrinks any more.",
        "Leave it out behind the last stage.",
        ("if stage < len(widths) - 1:", "if True:"),
    ),
    wrong(
        "every_block_but_last_stage",
        "Attention stands behind every block of all stages but the last.",
        "BAM stands once per bottleneck, where a stage ends.",
        "Call `attention` after the inner loop.",
        (
            (
                "        if stage < len(widths) - 1:\n"
                '            x = attention(x, f"{name}_stage{stage}_bam")\n'
            ),
            "",
        ),
        (
            'x = block(x, width, f"{name}_stage{stage}_block{unit}", strides=strides)',
            (
                'x = block(x, width, f"{name}_stage{stage}_block{unit}", strides=strides)\n'
                "            if stage < len(widths) - 1:\n"
                '                x = attention(x, f"{name}_stage{stage}_bam{unit}")'
            ),
        ),
    ),
    wrong(
        "after_halving",
        "Attention stands behind the block that halves the size.",
        "There it is too late: what was lost in halving is lost. It stands before.",
        "Call `attention` at the end of a stage, not at the beginning of the next.",
        (
            (
                "        if stage < len(widths) - 1:\n"
                '            x = attention(x, f"{name}_stage{stage}_bam")\n'
            ),
            "",
        ),
        (
            'x = block(x, width, f"{name}_stage{stage}_block{unit}", strides=strides)',
            (
                'x = block(x, width, f"{name}_stage{stage}_block{unit}", strides=strides)\n'
                "            if strides == 2:\n"
                '                x = attention(x, f"{name}_stage{stage}_bam")'
            ),
        ),
    ),
    wrong(
        "start_of_stage",
        "Attention stands at the beginning of every stage, the first too.",
        "It stands where a stage ends and another follows.",
        "Leave it out before the first stage.",
        (
            (
                "        if stage < len(widths) - 1:\n"
                '            x = attention(x, f"{name}_stage{stage}_bam")\n'
            ),
            "",
        ),
        (
            "for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):",
            (
                "for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):\n"
                '        x = attention(x, f"{name}_stage{stage}_bam")'
            ),
        ),
    ),
    wrong(
        "only_at_the_end",
        "There is one attention, behind the last stage.",
        "BAM stands at each bottleneck.",
        "Call `attention` behind every stage but the last.",
        (
            (
                "        if stage < len(widths) - 1:\n"
                '            x = attention(x, f"{name}_stage{stage}_bam")\n'
            ),
            "",
        ),
        ("    return x", '    return attention(x, name + "_bam")'),
    ),
    wrong(
        "only_first",
        "There is one attention, behind the first stage.",
        "BAM stands at each bottleneck.",
        "Call `attention` behind every stage but the last.",
        ("if stage < len(widths) - 1:", "if stage == 0:"),
    ),
    wrong(
        "skips_first",
        "The first stage has no attention.",
        "A bottleneck follows it, like every stage but the last.",
        "Call `attention` behind the first stage, too.",
        ("if stage < len(widths) - 1:", "if 0 < stage < len(widths) - 1:"),
    ),
    wrong(
        "one_bottleneck_short",
        "The stage before the last has no attention.",
        "Only the last stage has none. Counting begins at 0.",
        "Compare the number of the stage with `len(widths) - 1`.",
        ("if stage < len(widths) - 1:", "if stage < len(widths) - 2:"),
    ),
    wrong(
        "no_attention",
        "`attention` is not called, or what it returns is not used.",
        "That is a plain residual network.",
        "Call `attention` behind every stage but the last, and go on with what it returns.",
        (
            (
                "        if stage < len(widths) - 1:\n"
                '            x = attention(x, f"{name}_stage{stage}_bam")\n'
            ),
            "",
        ),
    ),
    wrong(
        "twice",
        "Attention is applied twice at each bottleneck.",
        "One per bottleneck is asked for.",
        "Call `attention` once.",
        (
            '    x = attention(x, f"{name}_stage{stage}_bam")',
            (
                '    x = attention(x, f"{name}_stage{stage}_bam")\n'
                '            x = attention(x, f"{name}_stage{stage}_bam2")'
            ),
        ),
    ),
    wrong(
        "adds_attention",
        "What `attention` returns is added to the map.",
        "It returns the refined map; that one goes on as it is.",
        "Replace `x` by what `attention` returns.",
        ("x = attention(", "x = x + attention("),
    ),
    wrong(
        "multiplies_attention",
        "The map is multiplied by what `attention` returns.",
        "It returns the refined map; that one goes on as it is.",
        "Replace `x` by what `attention` returns.",
        ("x = attention(", "x = x * attention("),
    ),
    wrong(
        "no_strides",
        "The size is never halved.",
        "The first block of every stage but the first has `strides=2`.",
        "Hand the strides on to `block`.",
        ("strides = 2 if stage > 0 and unit == 0 else 1", "strides = 1"),
    ),
    wrong(
        "halves_at_once",
        "The first stage is halved, too.",
        "It works on the size that comes in.",
        "Use `strides=2` from the second stage on.",
        ("stage > 0 and unit == 0", "unit == 0"),
    ),
    wrong(
        "halves_every_block",
        "Every block of a later stage halves the size.",
        "Only the first block of a stage does.",
        "Use `strides=2` where the unit is 0.",
        ("stage > 0 and unit == 0", "stage > 0"),
    ),
    wrong(
        "halves_at_the_end",
        "The last block of a stage halves the size, not the first of the next.",
        "Then attention comes behind the bottleneck, and with the wrong width.",
        "Use `strides=2` in the first block of every stage but the first.",
        ("stage > 0 and unit == 0", "stage < len(widths) - 1 and unit == repeats - 1"),
    ),
    wrong(
        "one_block_each",
        "Every stage has one block.",
        "`units` says how many blocks a stage has.",
        "Repeat the block as often as `units` says.",
        ("range(repeats)", "range(1)"),
    ),
    wrong(
        "one_width",
        "All stages have the width of the first.",
        "Each stage has its own entry of `widths`.",
        "Go through `widths` and `units` together.",
        ("x = block(x, width, ", "x = block(x, widths[0], "),
    ),
    wrong(
        "one_too_many",
        "Every stage has a block too many.",
        "`units` says how many blocks a stage has.",
        "Use `range(repeats)`.",
        ("range(repeats)", "range(repeats + 1)"),
    ),
    wrong(
        "mean_at_the_end",
        "The positions are averaged at the end.",
        "The last feature map is asked for; mean and classes come behind it, outside.",
        "Return what the last stage gives.",
        ("    return x", "    return keras.ops.mean(x, axis=(1, 2))"),
    ),
    wrong(
        "attention_by_width",
        "Attention is left out where the width is that of the last stage.",
        "An earlier stage may be as wide as the last.",
        "Go by the number of the stage.",
        ("if stage < len(widths) - 1:", "if width != widths[-1]:"),
    ),
    wrong(
        "halves_where_it_widens",
        "The size is halved where the width changes, not where a stage begins.",
        "Two stages may have the same width.",
        "Go by the number of the stage.",
        (
            "strides = 2 if stage > 0 and unit == 0 else 1",
            "strides = 2 if unit == 0 and stage > 0 and width != widths[stage - 1] else 1",
        ),
    ),
    wrong(
        "named_by_width",
        "The names hold the width of a stage, not its number.",
        "Two stages may have the same width. Keras refuses two layers of one name.",
        "Put the number of the stage into every name.",
        ("_stage{stage}", "_width{width}"),
    ),
    wrong(
        "same_name",
        "The attentions get names without `name`.",
        "A second network in the same model would have the same names, which Keras refuses.",
        "Build every name from `name`.",
        ('f"{name}_stage{stage}_bam"', 'f"stage{stage}_bam"'),
    ),
    wrong(
        "four_stages",
        "The number of stages is fixed at four.",
        "`widths` and `units` have one entry for each stage, however many there are.",
        "Go through `widths` and `units` together.",
        (
            "for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):",
            "for stage in range(4):\n        width, repeats = widths[stage], units[stage]",
        ),
        ("if stage < len(widths) - 1:", "if stage < 3:"),
    ),
    wrong(
        "three_attentions",
        "The first three stages have attention, however many stages there are.",
        "Attention stands behind every stage but the last; with two stages there is one.",
        "Compare `stage` with `len(widths) - 1`.",
        ("if stage < len(widths) - 1:", "if stage < 3:"),
    ),
    wrong(
        "normalised_again",
        "There is a batch normalisation that the equation has not.",
        "It has numbers of its own to learn, and undoes the scale that the equation gives.",
        "Let the blocks do their own; here only `block` and `attention` are called.",
        (
            '    x = attention(x, f"{name}_stage{stage}_bam")',
            (
                '    x = attention(x, f"{name}_stage{stage}_bam")\n'
                '            x = layers.BatchNormalization(name=f"{name}_norm{stage}")(x)'
            ),
        ),
    ),
)
