"""A stream's story: what both organisations know of it, and that it is gone when nobody holds it."""

import gc
import weakref

import pytest

from domain.practice.kinds import Visibility
from projections.story import PracticeStory
from tests.projections.conftest import registered
from tests.support import factories as a


@pytest.mark.parametrize("visibility", Visibility)
def test_a_story_goes_with_whoever_holds_it_and_needs_no_collector(visibility):
    """A rebuild runs without the collector: a story that held itself would keep every history in memory."""
    gc.disable()
    try:
        story = PracticeStory(registered(a.conversation_recorded(visibility=visibility)))
        assert (story.shared is story) is (visibility == Visibility.BOTH)
        assert len(story.tier_steps) == 1
        left = weakref.ref(story)
        del story
        assert left() is None
    finally:
        gc.enable()


def test_the_shared_story_lacks_what_one_organisation_keeps():
    story = PracticeStory(
        registered(a.conversation_recorded(visibility=Visibility.INTERNAL), a.flag_raised())
    )
    assert [entry.version for entry in story.history] == [1, 2, 3, 4]
    assert [entry.version for entry in story.shared.history] == [1, 2, 4]
