"""The default key indicator set, version 1: code, name, domain and direction.

Codes are Casebook's own; names follow the GP Outcome Standards and what followed them (London GPOS data sets,
myhealthlondon; NHS Data Dictionary; QOF; GP Patient Survey). Measures come with the data.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.practice.kinds import IndicatorDomain

CATALOGUE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Indicator:
    """`better` says which way is better: `high`, `low`, or `neutral` where the indicator only gives context."""

    code: str
    name: str
    domain: IndicatorDomain
    better: str


_SAFETY = IndicatorDomain.PATIENT_SAFETY
_EXPERIENCE = IndicatorDomain.PATIENT_EXPERIENCE
_CLINICAL = IndicatorDomain.CLINICAL_QUALITY
_ORGANISATION = IndicatorDomain.ORGANISATIONAL_EFFECTIVENESS

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        Indicator("PS01", "Antibacterial items per STAR-PU", _SAFETY, "low"),
        Indicator("PS02", "Cephalosporins and quinolones as % of antibacterial items", _SAFETY, "low"),
        Indicator("PS03", "Hypnotics ADQ per STAR-PU", _SAFETY, "low"),
        Indicator("PS04", "Ibuprofen and naproxen as % of NSAID items", _SAFETY, "high"),
        Indicator("PS05", "Flu immunisation, 65 and over and at-risk under 65", _SAFETY, "high"),
        Indicator("PS06", "Childhood immunisations complete by age", _SAFETY, "high"),
        Indicator("PS07", "Significant or serious incidents reported", _SAFETY, "neutral"),
        Indicator("PE01", "Overall experience good", _EXPERIENCE, "high"),
        Indicator("PE02", "Doctor or nurse took notice of your views", _EXPERIENCE, "high"),
        Indicator("PE03", "Easy to get through by phone", _EXPERIENCE, "high"),
        Indicator("PE04", "Able to see preferred GP", _EXPERIENCE, "high"),
        Indicator("PE05", "Satisfied with opening and appointment times", _EXPERIENCE, "high"),
        Indicator("PE06", "Written complaints (KO41b)", _EXPERIENCE, "low"),
        Indicator("CQ01", "Cervical screening, eligible women, 5 years", _CLINICAL, "high"),
        Indicator("CQ02", "CHD reported against expected prevalence", _CLINICAL, "high"),
        Indicator("CQ03", "COPD reported against expected prevalence", _CLINICAL, "high"),
        Indicator("CQ04", "Dementia diagnosis rate", _CLINICAL, "high"),
        Indicator("CQ05", "Atrial fibrillation identified and treated", _CLINICAL, "high"),
        Indicator("CQ06", "Diabetes: HbA1c at target", _CLINICAL, "high"),
        Indicator("CQ07", "Hypertension: last blood pressure at or under target", _CLINICAL, "high"),
        Indicator("CQ08", "Serious mental illness: agreed care plan", _CLINICAL, "high"),
        Indicator("CQ09", "Emergency admissions, conditions usually managed by GPs", _CLINICAL, "low"),
        Indicator("OE01", "A&E attendances", _ORGANISATION, "low"),
        Indicator("OE02", "Smoking status recorded", _ORGANISATION, "high"),
        Indicator("OE03", "Patients leaving the list without moving house", _ORGANISATION, "low"),
        Indicator("OE04", "Quarter-on-quarter list size change", _ORGANISATION, "neutral"),
        Indicator("OE05", "QOF exception rate", _ORGANISATION, "low"),
        Indicator("OE06", "Annual electronic declaration submitted on time", _ORGANISATION, "high"),
        Indicator("OE07", "Full-time equivalent GPs per 1,000 patients", _ORGANISATION, "neutral"),
        Indicator("OE08", "List open or formally closed", _ORGANISATION, "neutral"),
    )
}
