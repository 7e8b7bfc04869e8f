"""Views are of one record, and never ahead of it: those of another are not shown, and are made again."""

import pytest
from sqlalchemy import text

from application.stores import RECORD_ID
from projections.catch_up import Views
from projections.checkpoints import ViewsOfAnother, ViewsOutdated
from projections.health import positions
from tests.projections.conftest import dump, registered


def problems(stores):
    return {place.problem for place in positions(stores)}


def make_ahead(views, by=3):
    with views.stores.views_engine_write.begin() as connection:
        connection.execute(text(f"UPDATE checkpoint SET position = position + {by}"))


@pytest.fixture
def taken_in(views, record):
    record(registered())
    assert views.catch_up() == []
    return views


def test_views_ahead_of_the_record_are_not_shown(taken_in, stores):
    make_ahead(taken_in)
    with pytest.raises(ViewsOfAnother, match="of another record: run `casebook rebuild`"):
        taken_in.catch_up()
    assert all("ahead of the record at 2" in problem for problem in problems(stores))


def test_views_ahead_of_the_record_are_rebuilt_to_where_it_stands(taken_in, stores):
    right = dump(taken_in)
    make_ahead(taken_in)
    taken_in.rebuild()
    assert problems(stores) == {None}
    assert dump(taken_in) == right


def test_init_makes_views_again_that_are_ahead(taken_in, stores):
    make_ahead(taken_in)
    Views(stores).make()
    assert problems(stores) == {None}


def test_views_of_another_record_are_not_shown(taken_in, open_again):
    taken_in.stores.set_mark(RECORD_ID, "another")
    stores = open_again()
    views = Views(stores)
    with pytest.raises(ViewsOfAnother):
        views.catch_up()
    assert all("is of another record" in problem for problem in problems(stores))
    views.rebuild()
    assert views.catch_up() == []
    assert problems(stores) == {None}


def test_views_of_before_records_were_marked_are_made_again(taken_in, stores):
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("UPDATE checkpoint SET shape = 'older' WHERE view = 'caseload'"))
    with pytest.raises(ViewsOutdated, match="caseload are of another version"):
        taken_in.catch_up()
    taken_in.make()
    assert problems(stores) == {None}
