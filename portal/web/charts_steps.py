"""A chart of answers in steps: for each question a row of columns, one for each step, with its number on top.

Like every chart it stands beside a table of the same numbers.
"""

from collections.abc import Sequence

from markupsafe import Markup

from portal.web.charts_pairs import cut

# Units of the drawing: 340 wide, so that text of 13 px stays 13 px on a small phone.
WIDTH, TEXT = 340, 13
LINE, TALLEST, COLUMN, ROOM = 18, 34, 44, 14
LETTERS = 46
LINES = 2


def step_columns(
    rows: Sequence[tuple[str, Sequence[int]]], ends: tuple[object, object], title: object, is_rtl: bool = False
) -> Markup:
    """Columns for each of ``rows`` (what was asked, how many chose each step), all to one scale.

    ``ends`` are the words of the first and the last step; ``title`` is read out instead of the drawing. Everything is escaped.
    """
    largest = max((count for _text, counts in rows for count in counts), default=0) or 1
    top, parts = 0, []
    for text, counts in rows:
        lines = _lines(text)
        parts += [_text(0, top + TEXT + place * LINE, line, is_rtl) for place, line in enumerate(lines)]
        top += len(lines) * LINE + LINE + TALLEST
        parts.append(_columns(counts, top, largest, is_rtl))
        top += ROOM + LINE
    foot = _text(0, top, str(ends[0]), is_rtl, "soft") + _text(WIDTH, top, str(ends[1]), is_rtl, "soft", "end")
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" font-size="{}"><title>{}</title>{}{}</svg>'
    ).format(WIDTH, top + LINE // 2, TEXT, str(title), Markup("").join(parts), foot)


def _columns(counts: Sequence[int], bottom: int, largest: int, is_rtl: bool) -> Markup:
    parts = [Markup('<path class="axis" d="M0 {:g}H{}" fill="none" stroke="currentColor"/>').format(bottom, WIDTH)]
    width = WIDTH / max(len(counts), 1)
    for place, count in enumerate(counts):
        middle = (place + 0.5) * width
        height = round(count / largest * TALLEST, 1)
        if count:
            start = (WIDTH - middle if is_rtl else middle) - COLUMN / 2
            bar = '<rect class="bar" x="{:g}" y="{:g}" width="{}" height="{:g}"/>'
            parts.append(Markup(bar).format(round(start, 1), bottom - height, COLUMN, height))
        parts.append(_text(middle, bottom - height - 4, str(count), is_rtl, "value" if count else "soft", "middle"))
    return Markup("<g>{}</g>").format(Markup("").join(parts))


def _lines(text: str) -> list[str]:
    """The words of a question on two lines at most."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:LINES]
    if len(lines) > LINES:
        kept[-1] = cut(f"{kept[-1]} {lines[LINES]}", LETTERS)
    return [cut(line, LETTERS) for line in kept]


def _text(x: float, y: float, words: str, is_rtl: bool, name: str = "", anchor: str = "start") -> Markup:
    # "start" and "end" follow the direction of the page, so only the place is mirrored.
    classes = Markup(' class="{}"').format(name) if name else Markup("")
    anchored = Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else Markup("")
    place = WIDTH - x if is_rtl else x
    return Markup('<text{} x="{:g}" y="{:g}"{}>{}</text>').format(classes, round(place, 1), y, anchored, words)
