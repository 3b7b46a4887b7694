"""Charts drawn on the server as SVG, without a line of style: classes say what each part is, the stylesheet how it looks.

A chart never stands alone: the page shows the same numbers as a table beside it.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from portal.web.charts_pairs import MOST_TICKS, Pair, Value, cut, in_digits, round_step, written

# Units of the drawing: 340 wide, so that text of 13 px stays 13 px on a small phone.
WIDTH = 340
SIGN = 7.7
TEXT_HEIGHT = 13
BAR = 14
PAIR = 44
LEGEND = 30
LEGEND_LINE = 20
FOOT = 24
GAP = 6
LABELS_LEAST, LABELS_MOST = 48, 130

Row = Pair | tuple[object, tuple[Value, Value]] | tuple[object, tuple[Value, Value], bool]


def bar_pairs(rows: Sequence[Row], series: tuple[object, object], title: object, is_rtl: bool = False) -> Markup:
    """Horizontal bars in pairs: the first series solid, the second outlined, unfinished rows dashed.

    ``rows`` are ``Pair`` or plain ``(label, (first, second), is_unfinished)``; values are not negative. ``title`` is read
    out instead of the drawing. Everything is escaped. ``is_rtl`` mirrors the drawing for right-to-left pages.
    """
    pairs = [row if isinstance(row, Pair) else Pair(*row) for row in rows]
    chart = _Chart(pairs, is_rtl)
    legend = chart.legend(series)
    height = chart.top + PAIR * len(pairs) + FOOT
    parts = [legend, chart.grid(height), *(chart.pair(place, pair) for place, pair in enumerate(pairs))]
    axis = chart.line("axis", 0, chart.top - GAP, height - FOOT)
    return Markup(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" font-size="{size}"><title>{title}</title>{parts}{axis}</svg>'
    ).format(width=WIDTH, height=height, size=TEXT_HEIGHT, title=str(title), parts=Markup("").join(parts), axis=axis)


class _Chart:
    """Where things stand: labels before the axis, bars after it, room for the number at the end."""

    def __init__(self, pairs: Sequence[Pair], is_rtl: bool) -> None:
        self.is_rtl = is_rtl
        self.top = LEGEND
        longest = max((len(str(pair.label)) for pair in pairs), default=0)
        self.labels = min(LABELS_MOST, max(LABELS_LEAST, longest * SIGN + GAP))
        self.texts = max((len(text) for pair in pairs for text in written(pair)), default=1) * SIGN + 2 * GAP
        self.room = max(60.0, WIDTH - self.labels - self.texts)
        largest = max((value for pair in pairs for value in pair.values if value), default=0)
        self.step = round_step(largest)
        self.scale = self.room / max(largest, self.step, 1)

    def legend(self, series: tuple[object, object]) -> Markup:
        """Both keys above the bars, on one line where they fit."""
        first, second = (str(name) for name in series)
        between, needed = (BAR + 2 * GAP + (len(first) + 1) * SIGN), BAR + GAP + len(second) * SIGN
        start = self.labels if self.labels + between + needed <= WIDTH else 0
        fits = start + between + needed <= WIDTH
        self.top += 0 if fits else LEGEND_LINE
        second_place = (start + between, 2) if fits else (start, 2 + LEGEND_LINE)
        return self._key("bar", start, 2, first) + self._key("bar-2", *second_place, second)

    def _key(self, name: str, x: float, y: float, words: str) -> Markup:
        return self._bar(name, x, y, BAR) + self._text("", x + BAR + GAP, y + TEXT_HEIGHT - 2, words)

    def grid(self, height: float) -> Markup:
        """Round numbers below, a line up from each; long numbers are written at every second or third line."""
        marks = [tick * self.step for tick in range(MOST_TICKS + 1) if tick * self.step * self.scale <= self.room + 1]
        every = 1 + int((len(in_digits(marks[-1])) * SIGN + GAP) / (self.step * self.scale))
        lines = [self.line("grid", mark * self.scale, self.top - GAP, height - FOOT) for mark in marks if mark]
        names = [
            self._text("soft", self.labels + mark * self.scale, height - GAP, in_digits(mark), "middle")
            for mark in marks[::every]
        ]
        return Markup("").join([*lines, *names])

    def pair(self, place: int, pair: Pair) -> Markup:
        top = self.top + place * PAIR
        pencil = " unfinished" if pair.is_unfinished else ""
        label = cut(str(pair.label), int((self.labels - GAP) / SIGN) + 1)
        parts = [self._text("", self.labels - GAP, top + BAR + GAP, label, "end")]
        for number, (value, text) in enumerate(zip(pair.values, written(pair), strict=True)):
            y = top + number * (BAR + 2)
            width = (value or 0) * self.scale
            if value:
                parts.append(self._bar(("bar", "bar-2")[number] + pencil, self.labels, y, width))
            parts.append(self._text("value", self.labels + width + GAP, y + TEXT_HEIGHT - 2, text))
        return Markup("<g>{}</g>").format(Markup("").join(parts))

    def line(self, name: str, x: float, top: float, bottom: float) -> Markup:
        place = self._x(self.labels + x)
        return Markup('<path class="{}" d="M{} {:g}V{:g}" fill="none" stroke="currentColor"/>').format(
            name, place, top, bottom
        )

    def _bar(self, name: str, x: float, y: float, width: float) -> Markup:
        start = x if not self.is_rtl else WIDTH - x - width
        return Markup('<rect class="{}" x="{:g}" y="{:g}" width="{:g}" height="{}"/>').format(
            name, round(start, 1), y, round(max(width, 1), 1), BAR
        )

    def _text(self, name: str, x: float, y: float, words: object, anchor: str = "start") -> Markup:
        # "start" and "end" follow the direction of the page, so only the place is mirrored.
        classes = Markup(' class="{}"').format(name) if name else Markup("")
        anchored = Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else Markup("")
        return Markup('<text{} x="{}" y="{:g}"{}>{}</text>').format(classes, self._x(x), y, anchored, escape(words))

    def _x(self, x: float) -> str:
        return f"{round(WIDTH - x if self.is_rtl else x, 1):g}"
