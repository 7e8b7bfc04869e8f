"""Readers of views: somebody from whom nothing is kept, and people of each organisation."""

from projections.readers import Reader, reader
from tests.support.given import CASEWORKER, LEAD

EVERYBODY = Reader(sees_all=True)
"""From whom no row is kept."""

HOLDER, COMMISSIONER = reader(CASEWORKER), reader(LEAD)
