"""All doors of the room, in one place to hang them in."""

from flask import Flask

from portal.evaluation import beside, exporting, operations_asking, operations_follow_up, routes, routes_results
from portal.evaluation.acts import declare_feedback
from portal.evaluation.acts_tried import declare_tried
from portal.evaluation.blueprints import evaluation
from portal.evaluation.operations_leaving import forget_names_of
from portal.people.operations_leaving import at_erasure

DOORS = (beside, exporting, operations_asking, operations_follow_up, routes, routes_results)


def init_evaluation(app: Flask) -> None:
    declare_feedback()
    declare_tried()
    at_erasure(forget_names_of)
    app.register_blueprint(evaluation)
