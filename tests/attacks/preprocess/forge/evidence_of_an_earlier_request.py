"""The evidence of one request, sent again for the next exercise."""
# expect: quiz_pixels=tampered

from IPython.display import display

from course_lib.checks import probe

honest, seen = probe.respond, []


def respond(request, thunk):
    if seen:
        display(seen[0], raw=True)
        return
    import IPython.display as module

    kept = module.display
    module.display = lambda bundle, raw: (seen.append(bundle), kept(bundle, raw=raw))
    honest(request, thunk)
    module.display = kept


probe.respond = respond


def preprocess(images):
    return images
