"""How Sphinx makes the site; `course book` runs it over the pages that authoring/site collects."""

project = "The attention course"
extensions = ["myst_nb", "authoring.site.math_renderer", "authoring.site.accessibility"]

# Nothing is run while pages are made, and no page fetches a script, a font or a picture from elsewhere.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_merge_streams = True
html_math_renderer = "mathml"
myst_enable_extensions = ["dollarmath"]
myst_update_mathjax = False
myst_heading_anchors = 3

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "home_page_in_toc": True,
    "navbar_start": [],
    "navbar_center": [],
    "navbar_end": [],
    "navbar_persistent": [],
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "extra_footer": "Texts and figures: CC BY 4.0. Code: MIT.",
}
