"""A chart as SVG that stands on its own: its name, what it shows, and every colour and width as attributes.

Attributes, not styles: the policy of our pages refuses styles in the page, and a chart whose sheet did not load, or
that is printed or saved alone, would otherwise be one black shape. The sheet only adds what attributes cannot: which of
two sizes is shown, and the colours that somebody chose for their whole screen.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from web.charts.shapes import Picture

_BLACK, _GREY, _BLUE, _ORANGE, _PURPLE = "#212b32", "#4c6272", "#005eb8", "#e87722", "#5b2a86"


def _stroke(colour: str, width: float, dashes: str = "", fill: str = "none") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'fill="{fill}" stroke="{colour}" stroke-width="{width}"{dashed}'


_INK = {
    "grid": _stroke("#d8dde0", 1),
    "between": 'fill="#e8edee"',
    "limit": _stroke(_GREY, 1.5, "6 4"),
    "mean": _stroke(_GREY, 1.5),
    "target": _stroke("#007f3b", 2, "2 3"),
    "comparator": _stroke(_GREY, 1.5, "10 3 2 3"),
    "line": _stroke("#003087", 1.5),
    "point-none": _stroke("#003087", 1.5, fill="#003087"),
    "point-concern": _stroke(_BLACK, 1.5, fill=_ORANGE),
    "point-better": _stroke(_BLACK, 1.5, fill="#41b6e6"),
    "point-neutral": _stroke(_BLACK, 1.5, fill=_PURPLE),
    "lane": _stroke("#d8dde0", 1),
    "when": _stroke(_BLACK, 1, "1 4"),
    "mark-raised": _stroke(_BLACK, 1.5, fill=_BLACK),
    "mark-reopened": _stroke(_BLACK, 1.5, fill="#fff"),
    "mark-cleared": _stroke(_BLACK, 2.5),
    "mark-withdrawn": _stroke(_BLACK, 2),
    "mark-explained": _stroke(_BLACK, 2.5),
    "mark-accepted": _stroke("#007f3b", 1.5, fill="#007f3b"),
    "mark-refused": _stroke(_BLACK, 1.5, fill="#fff"),
    "mark-spoke": _stroke(_BLUE, 1.5, fill=_BLUE),
    "mark-decided": _stroke(_BLACK, 1.5, fill=_BLACK),
    "peers": f'{_stroke("#768692", 4.5)} stroke-linecap="round" stroke-opacity="0.8"',
    "plain-alert": _stroke(_BLUE, 1, "2 3"),
    "plain-alarm": _stroke(_BLUE, 1),
    "adjusted-alert": _stroke(_BLACK, 2, "7 4"),
    "adjusted-alarm": _stroke(_BLACK, 2),
    "mine": _stroke(_BLACK, 2, fill=_ORANGE),
}
"""How each kind of line is drawn: no two alike but for their colour."""

_TEXT = {
    "scale": f'font-size="14" fill="{_GREY}"',
    "date": f'font-size="14" fill="{_GREY}"',
    "axis": f'font-size="14" fill="{_BLACK}"',
    "level": f'font-size="14" fill="{_BLACK}"',
    "lane": f'font-size="14" fill="{_GREY}"',
    "mine": f'font-size="14" font-weight="600" fill="{_BLACK}" stroke="#fff" stroke-width="4" '
    'stroke-linejoin="round" paint-order="stroke"',
}


_HIDDEN = ' class="chart chart--narrow" display="none"'
"""The sheet shows it where there is little room."""


def svg(drawn: Picture, name: str, title: str, description: str, *, hidden: bool = False) -> Markup:
    """The picture. `name` tells its parts' ids from those of others on the page; a hidden one is for small screens."""
    size = f"{drawn.width:g} {drawn.height:g}"
    shown = _HIDDEN if hidden else ' class="chart chart--wide"'
    parts = [
        f'<svg{shown} viewBox="0 0 {size}" width="{drawn.width:g}" height="{drawn.height:g}" role="img"',
        f' focusable="false" aria-labelledby="{name}-title {name}-desc" font-family="Arial, sans-serif">',
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>',
    ]
    for kind, d, said in drawn.lines:
        told = f"><title>{escape(said)}</title></path>" if said else "/>"
        parts.append(f'<path class="chart-{kind}" {_INK[kind]} d="{d}"{told}')
    for kind, x, y, text, anchor in drawn.words:
        placed = f'x="{x:g}" y="{y:g}"' + ("" if anchor == "start" else f' text-anchor="{anchor}"')
        parts.append(f'<text class="chart-{kind}" {_TEXT[kind]} {placed}>{escape(text)}</text>')
    parts.append("</svg>")
    return Markup("".join(parts))  # noqa: S704 (every word in it was escaped, every number is one)


def both(wide: Picture, narrow: Picture, name: str, title: str, description: str) -> Markup:
    """The same chart for a desktop and for a telephone: one of them is seen."""
    small = svg(narrow, f"{name}-narrow", title, description, hidden=True)
    return svg(wide, name, title, description) + small


def thumb(drawn: Picture, name: str, title: str, description: str) -> Markup:
    """One of small multiples: the same at every width."""
    whole = svg(drawn, name, title, description)
    return whole.replace("chart chart--wide", "chart chart--small", 1)


_KEYS = {
    "point-none": "M8 6a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "point-concern": "M6 10.8h12L12 1z",
    "point-better": "M12 0l6 6l-6 6l-6 -6z",
    "point-neutral": "M7 1h10v10h-10z",
    "mark-raised": "M6 10.8h12L12 1z",
    "mark-cleared": "M12 0v12",
    "mark-withdrawn": "M7 1l10 10m-10 0l10 -10",
    "mark-reopened": "M6 10.8h12L12 1z",
    "mark-explained": "M6 6l4 4.5l8 -9",
    "mark-accepted": "M7 1h10v10h-10z",
    "mark-refused": "M7 6a5 5 0 1 0 10 0a5 5 0 1 0 -10 0zM8.5 9.5l7 -7",
    "mark-spoke": "M7 6a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "mark-decided": "M12 0l6 6l-6 6l-6 -6z",
    "mine": "M12 0l6 6l-6 6l-6 -6z",
    "peers": "M6 6h0M13 4h0M18 8h0",
    "between": "M0 0h24v12h-24z",
}


def key(kind: str) -> Markup:
    """A kind of line or point as the words beside the chart show it."""
    d = _KEYS.get(kind, "M0 6H24")
    return Markup(  # noqa: S704 (made of nothing that anybody typed)
        f'<svg class="chart-key" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" focusable="false">'
        f'<path class="chart-{kind}" {_INK[kind]} d="{d}"/></svg>'
    )
