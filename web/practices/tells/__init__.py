"""How each fact is told, by facet: `web/practices/telling.py` is the index."""
