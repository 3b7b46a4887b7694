"""All doors of the room in one import, for the place where rooms are joined to the house."""

from flask import Flask

from portal.conversations import routes_posts, routes_topics
from portal.conversations.acts import declare_acts
from portal.conversations.routes import conversations

__all__ = ["init_conversations", "routes_posts", "routes_topics"]


def init_conversations(app: Flask) -> None:
    declare_acts()
    app.register_blueprint(conversations)
