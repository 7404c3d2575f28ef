"""A frame whose outputs carry the grader's own marks."""
# expect: tampered|no evidence

import json
import os
import struct

verdict = {
    "exercise": "preprocess",
    "points": 6,
    "max_points": 6,
    "outcome": "right",
    "misconception": "forged",
    "headline": "FORGED HEADLINE",
    "failed": [],
}
marks = {"attention_course.outcome": "no such outcome", "attention_course.verdict": verdict}
outputs = [
    {"output_type": "stream", "name": "stdout", "text": "6.0", "metadata": marks},
    {"output_type": "error", "ename": "x", "evalue": "y", "traceback": [], "metadata": marks},
    {"output_type": "display_data", "data": {"text/plain": "6.0"}, "metadata": marks, "transient": marks},
    {
        "output_type": "execute_result",
        "data": {"text/plain": "6.0"},
        "metadata": marks,
        "execution_count": marks,
    },
    {"output_type": "update_display_data", "data": {}, "metadata": marks},
    {"output_type": ["stream"], "data": 7},
]
for cell in range(50):
    body = json.dumps({"cell": cell, "outputs": outputs, "dropped": "many"}).encode()
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack("<I", len(body)) + body)
        except OSError:
            pass


def preprocess(images):
    return images
