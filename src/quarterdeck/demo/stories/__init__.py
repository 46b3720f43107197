"""What happens at customers in a year, told as kinds of trouble."""

from quarterdeck.demo.stories import cloud, network, orders, repeats, security, servers, workplace
from quarterdeck.demo.stories.repeats import SUFFERERS
from quarterdeck.demo.stories.story import Move, Step, Story

REPEATS = {story.key: story for story in repeats.STORIES}
STORIES = (
    *workplace.STORIES,
    *cloud.STORIES,
    *network.STORIES,
    *security.STORIES,
    *servers.STORIES,
    *orders.STORIES,
)

__all__ = ["REPEATS", "STORIES", "SUFFERERS", "Move", "Step", "Story"]
