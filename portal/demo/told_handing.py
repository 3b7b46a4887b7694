"""What a teacher takes along into a first post: picked by her, frozen as she saw it, sent, and not opened yet."""

from typing import Any

from flask import current_app, g

from portal.demo.story import TIME_ZONE, Story, at, read
from portal.handing_on.making import made_of
from portal.handing_on.offering import pieces_of
from portal.handing_on.operations import address, begin, freeze, send
from portal.handing_on.pieces import picked_of
from portal.handing_on.recipients import Recipient


def tell_handing(story: Story) -> None:
    for told in read("handing")["hand_over"]:
        _hand_on(story, told)


def _hand_on(story: Story, told: dict[str, Any]) -> None:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    # The document says days, on the clocks of the network as a page would.
    g.time_zone = TIME_ZONE
    with at(story.ago(told["begun"], "20:30")):
        pieces = [one.key for one in pieces_of(story.who(told["who"]), key) if one.kind in told["kinds"]]
        one = begin(story.who(told["who"]), story.networks["tarn-and-tide"], picked_of(pieces))
        address(one, Recipient(None, told["name"], told["address"], told["organisation"]))
        freeze(one, made_of(one, key), key)
    with at(story.ago(told["sent"], "07:50")):
        send(one, one.digest, made_of(one, key), key)
