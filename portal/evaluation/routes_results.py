"""What people said: for the coordinators and whoever the event belongs to, as figures, as a spreadsheet, in words."""

from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.evaluation import words
from portal.evaluation.blueprints import evaluation
from portal.evaluation.policy import can_read_words
from portal.evaluation.queries import evaluation_of, people_there
from portal.evaluation.queries_follow_up import followed_up
from portal.evaluation.queries_named import NamedAnswers, named_answers
from portal.evaluation.routes import mine_to_arrange
from portal.networks.scope import here
from portal.surveys import words as survey_words
from portal.surveys.results import Item, Results, results_of
from portal.surveys.showing import FEWEST
from portal.web.charts_steps import step_columns
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import page
from portal.web.languages import spoken
from portal.web.listing import export, wanted_export
from portal.web.tables import Column

COLUMNS = [
    Column(name)
    for name in (_l("Question"), _l("What it asks about"), _l("Answers"), _l("Mean, 1 to 5"), *survey_words.STEPS)
]


@evaluation.get("/<int:event_id>/evaluation/results")
def results(event_id: int) -> AnyResponse:
    event = mine_to_arrange(event_id)
    survey = evaluation_of(event_id)
    if survey is None or event.evaluation == "none":
        raise NotHere
    reads_words = can_read_words(here().membership)
    found = results_of(survey, with_words=reads_words)
    if kind := wanted_export():
        return export(f"evaluation-{event_id}", COLUMNS, _sheet(found), kind, cells)
    tried, returns, reasons = followed_up(event_id)
    return page(
        "evaluation/results.html",
        event=event,
        survey=survey,
        found=found,
        reads_words=reads_words,
        there=people_there(event_id),
        closes=words.last_day(survey, here().network.time_zone),
        chart=_chart(found),
        fewest=FEWEST,
        group=2 * FEWEST,
        levels=survey_words.LEVELS,
        steps=survey_words.STEPS,
        named=named_answers(survey) if reads_words and not survey.is_anonymous else [],
        tried=tried,
        returns=returns,
        reasons=reasons if reads_words else [],
        one_decimal=one_decimal,
        act=ActForm(),
    )


@evaluation.get("/<int:event_id>/evaluation/answers")
def answers(event_id: int) -> AnyResponse:
    """Each answer with its name, as a spreadsheet: only where people were told that their names stand beside them."""
    event = mine_to_arrange(event_id)
    if not can_read_words(here().membership):
        raise NotYours
    survey = evaluation_of(event_id)
    if survey is None or survey.is_anonymous or event.evaluation != "named":
        raise NotHere
    columns = [Column(_("Name")), *(Column(question.text) for question in survey.questions)]
    kind = wanted_export() or "csv"
    return export(f"answers-{event_id}", columns, named_answers(survey), kind, lambda one: named_cells(one, survey))


def cells(item: Item) -> list[Any]:
    """One question of the results. What is too small to be shown is said in words, and never empty or zero."""
    about = [item.text, str(survey_words.LEVELS.get(item.level, item.level))]
    if item.is_hidden:
        return [*about, _("under %(few)s", few=FEWEST), *[""] * 6]
    if item.kind == "words":
        return [*about, item.n, *[""] * 6]
    return [*about, item.n, None if item.mean is None else round(item.mean, 2), *item.counts]


def named_cells(one: NamedAnswers, survey: Any) -> list[Any]:
    return [one.name, *(one.said.get(question.id, "") for question in survey.questions)]


def one_decimal(mean: float) -> str:
    """4.0, so that means stand under each other."""
    return format_decimal(mean, "0.0", locale=spoken())


def _sheet(found: Results) -> list[Item]:
    return list(found.items) if found.has_figures else []


def _chart(found: Results) -> object:
    rows = [(item.text, item.counts) for item in found.items if item.kind == "agree" and item.n]
    if not rows:
        return None
    ends = (survey_words.STEPS[0], survey_words.STEPS[-1])
    is_rtl = spoken().text_direction == "rtl"
    return step_columns(rows, ends, _("How many chose each of the five steps"), is_rtl)
