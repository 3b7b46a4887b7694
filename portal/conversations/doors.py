"""All doors of the room in one import, for the place where rooms are joined to the house."""

from portal.conversations import routes_posts, routes_topics
from portal.conversations.routes import conversations

__all__ = ["conversations", "routes_posts", "routes_topics"]
