def paired_interval(values, control_values):
    test = stats.ttest_rel(values, control_values)
    low, high = test.confidence_interval(0.95)
    return low, np.mean(values - control_values), high
