"""All doors of the room in one import, for the place where rooms are joined to the house."""

from flask import Flask

from portal.conversations import routes_posts, routes_topics
from portal.conversations.acts import declare_acts
from portal.conversations.by_mail import take_answers_by_mail
from portal.conversations.operations_news import tell_followers
from portal.conversations.routes import conversations
from portal.web.housekeeping import each_round

__all__ = ["init_conversations", "routes_posts", "routes_topics"]


def init_conversations(app: Flask) -> None:
    declare_acts()
    take_answers_by_mail()
    each_round(tell_followers)
    app.register_blueprint(conversations)
