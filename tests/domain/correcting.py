"""What tests of corrections are given."""

from datetime import date

from domain.practice import events as e
from domain.practice.kinds import CorrectionKind
from tests.support import factories as a

SPOKEN = a.conversation_recorded(occurred_on=date(2026, 11, 3))
SLIP = {"occurred_on": "2026-11-02"}
SLIPPED = (a.changed("occurred_on", '"2026-11-03"', '"2026-11-02"'),)
AS_WITHDRAWN = CorrectionKind.WITHDRAW


def corrected(version: int, *fields: e.CorrectedField) -> e.FactCorrected:
    return a.fact_corrected(corrects=version, fields=fields)


REQUEST = "request-00000000"
AUTHORISE = a.authorise_correction(request_id=REQUEST)
