"""Whatever acts when a page is opened, in every place that a page shows."""
# expect: error

import warnings

from IPython.display import HTML, SVG, IFrame, Javascript, Latex, Markdown, display

BAD = """<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)></svg>
<style>* { display: none }</style><div style="position:fixed;inset:0;background:white">6 of 6 points</div>
<meta http-equiv="refresh" content="0;url=http://127.0.0.1:12345/"><base href="http://127.0.0.1:12345/">
<iframe src="http://127.0.0.1:12345/"></iframe><form action="http://127.0.0.1:12345/"><input autofocus onfocus=x()>
<a href="javascript:alert(4)">a</a><a href="data:text/html,<script>alert(5)</script>">b</a>
<link rel=stylesheet href="http://127.0.0.1:12345/"><object data="x.swf"></object><embed src=x><math href=x:y>
<table background="javascript:alert(6)"><td onmouseover=alert(7)></table><details ontoggle=alert(8) open>"""
for kind in (HTML, Markdown, Latex, Javascript):
    display(kind(BAD))
display(
    SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(3)'/>"), IFrame("http://127.0.0.1:12345", 1, 1)
)
publish = get_ipython().display_pub.publish
for place in (
    "image/png",
    "image/jpeg",
    "image/svg+xml",
    "application/javascript",
    "text/latex",
    "x/<script>alert(1)</script>",
):
    publish({place: 'x" onerror="alert(9)"><script>alert(10)</script>'})
publish(
    {"image/png": "iVBORw0KGgo="},
    {"image/png": {"alt": '" onload="alert(11)', "width": '" onload="alert(12)'}},
)
publish({"application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>alert(13)</script>"}})
publish({"text/html": [BAD, BAD], "text/plain": {"a": BAD}, "image/png": ["x", {"y": "z"}]})
print(BAD)
print("\x1b[31m" + BAD + "\x1b]8;;javascript:alert(14)\x07link\x1b]8;;\x07" + "\x1b[" * 10_000)
warnings.warn(BAD)


def preprocess(images):
    error = type(BAD, (Exception,), {})
    raise error(BAD)


raise type(BAD, (Exception,), {})(BAD)
