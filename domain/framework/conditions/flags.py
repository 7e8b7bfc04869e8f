"""Rules on indicator flags. Data alone never moves a tier: these recommend, and a person decides."""

from __future__ import annotations

from collections.abc import Iterable

from domain.framework.evidence import Adverse, Evidence, Facts
from domain.practice.kinds import FlagKind, IndicatorDomain


def alarms_of_patient_safety(seen: Evidence, *, alarms: int) -> Facts:
    """At least so many alarms in patient safety."""
    found = [one for one in seen.counted if one.alarm and one.flag.domain == IndicatorDomain.PATIENT_SAFETY]
    return versions(found) if len(found) >= alarms else ()


def alarms_or_alerts(seen: Evidence, *, alarms: int, alerts: int, domains: int) -> Facts:
    """At least so many alarms, or so many flags beyond the alert limits (as every alarm is) in so many domains."""
    beyond = seen.counted
    alarmed = [one for one in beyond if one.alarm]
    if len(alarmed) >= alarms:
        return versions(alarmed)
    return versions(beyond) if len(beyond) >= alerts and _domains(beyond) >= domains else ()


def shifting_flags_that_persist(seen: Evidence, *, periods: int) -> Facts:
    """A shifting flag of concern, over so many consecutive periods of its indicator."""
    runs = (seen.persisting(one, periods) for one in seen.flags(FlagKind.SHIFTING))
    return versions(flag for run in runs if run is not None for flag in run)


def alarms_that_persist(seen: Evidence, *, alarms: int, domains: int, periods: int) -> Facts:
    """At least so many alarms in so many domains, each over so many consecutive periods of its indicator."""
    alarmed = [one for one in seen.counted if one.alarm]
    if len(alarmed) < alarms:
        return ()
    runs = [(one, run) for one in alarmed if (run := seen.persisting(one, periods, alarms=True)) is not None]
    if len(runs) < alarms or _domains(one for one, _ in runs) < domains:
        return ()
    return versions(flag for one, run in runs for flag in (*run, one))


def _domains(found: Iterable[Adverse]) -> int:
    return len({one.flag.domain for one in found})


def versions(found: Iterable[Adverse]) -> Facts:
    return tuple(sorted({one.flag.version for one in found}))
