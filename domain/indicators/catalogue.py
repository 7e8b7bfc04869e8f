"""The key indicator set that Casebook begins with: version 1 of each of thirty indicators.

`casebook init` records it, once. From then on the set is what its facts say: nobody changes it by changing this file.
Codes are Casebook's own; names follow the GP Outcome Standards and what followed them (London GPOS data sets,
myhealthlondon; NHS Data Dictionary; QOF; GP Patient Survey). The rest is Casebook's proposal, to be changed by facts.
"""

from __future__ import annotations

from datetime import date

from domain.indicators.definitions import Definition
from domain.practice.kinds import Better, ExplanationCategory, IndicatorDomain, IndicatorModel, PeriodLength

VALID_FROM = date(2013, 4, 1)
"""The day that the single operating model came into use."""

_SAFETY = IndicatorDomain.PATIENT_SAFETY
_EXPERIENCE = IndicatorDomain.PATIENT_EXPERIENCE
_CLINICAL = IndicatorDomain.CLINICAL_QUALITY
_ORGANISATION = IndicatorDomain.ORGANISATIONAL_EFFECTIVENESS

_HIGH, _LOW, _NEUTRAL = Better.HIGH, Better.LOW, Better.NEUTRAL
_B, _P, _C, _S = (
    IndicatorModel.BINOMIAL,
    IndicatorModel.POISSON,
    IndicatorModel.CONTINUOUS,
    IndicatorModel.STATUS,
)
_QUARTER, _YEAR, _EVENT = PeriodLength.QUARTER, PeriodLength.YEAR, PeriodLength.EVENT

_CODING = ExplanationCategory.CODING
_WHO = ExplanationCategory.DEMOGRAPHY
_SMALL = ExplanationCategory.SMALL_NUMBERS
_MERGER = ExplanationCategory.MERGER
_ERROR = ExplanationCategory.DATA_ERROR

_PRESCRIBING = "NHS Business Services Authority, practice prescribing"
_SURVEY = "GP Patient Survey"
_QOF = "Quality and Outcomes Framework"
_LISTS = "National register of practices and list sizes"


def _defined(
    code: str,
    name: str,
    domain: IndicatorDomain,
    better: Better,
    model: IndicatorModel,
    *,
    of: tuple[str, str],
    unit: str,
    every: PeriodLength,
    lag: int | None,
    least: float | None,
    explained: tuple[ExplanationCategory, ...],
    source: str,
    about: str,
    standardised: str | None = None,
) -> Definition:
    return Definition(
        code=code,
        version=1,
        name=name,
        domain=domain,
        description=about,
        numerator=of[0],
        denominator=of[1],
        unit=unit,
        better=better,
        model=model,
        standardisation=standardised,
        source=source,
        period=every,
        refresh_lag_months=lag,
        minimum_denominator=least,
        target=None,
        known_explanations=tuple(one for one in ExplanationCategory if one in explained),
        part_of=None,
        valid_from=VALID_FROM,
    )


_PATIENT_SAFETY = (
    _defined(
        "PS01", "Antibacterial items per STAR-PU", _SAFETY, _LOW, _P,
        of=("Antibacterial items prescribed", "STAR-PU for antibacterials"),
        unit="ratio", every=_QUARTER, lag=3, least=100, explained=(_WHO, _CODING), source=_PRESCRIBING,
        standardised="Indirect, by the age and sex weights of STAR-PU",
        about="How many antibacterial items are prescribed for a list of this age and sex. A care home, or out-of-hours prescribing on the practice’s code, raises it.",
    ),
    _defined(
        "PS02", "Cephalosporins and quinolones as % of antibacterial items", _SAFETY, _LOW, _B,
        of=("Cephalosporin and quinolone items", "All antibacterial items"),
        unit="%", every=_QUARTER, lag=3, least=100, explained=(_WHO, _CODING, _SMALL), source=_PRESCRIBING,
        about="The share of broad-spectrum items, which are kept for when others do not serve. Local resistance and hospital advice explain some of it.",
    ),
    _defined(
        "PS03", "Hypnotics ADQ per STAR-PU", _SAFETY, _LOW, _C,
        of=("Average daily quantities of hypnotics", "STAR-PU for hypnotics"),
        unit="ratio", every=_QUARTER, lag=3, least=100, explained=(_WHO, _CODING), source=_PRESCRIBING,
        standardised="Indirect, by the age and sex weights of STAR-PU",
        about="How much is prescribed to sleep, for a list of this age and sex. A substance misuse service or a care home raises it.",
    ),
    _defined(
        "PS04", "Ibuprofen and naproxen as % of NSAID items", _SAFETY, _HIGH, _B,
        of=("Ibuprofen and naproxen items", "All NSAID items"),
        unit="%", every=_QUARTER, lag=3, least=100, explained=(_CODING, _SMALL), source=_PRESCRIBING,
        about="The share of the non-steroidal drugs with the lower risk to the heart.",
    ),
    _defined(
        "PS05", "Flu immunisation, 65 and over and at-risk under 65", _SAFETY, _HIGH, _B,
        of=("Patients immunised", "Patients aged 65 and over, or under 65 and at risk"),
        unit="%", every=_YEAR, lag=6, least=50, explained=(_CODING, _WHO, _ERROR), source="ImmForm, seasonal influenza survey",
        about="Uptake in the season. Immunisations given elsewhere count only when they are coded at the practice.",
    ),
    _defined(
        "PS06", "Childhood immunisations complete by age", _SAFETY, _HIGH, _B,
        of=("Children immunised by the age", "Children who reached the age"),
        unit="%", every=_QUARTER, lag=3, least=5, explained=(_CODING, _WHO, _SMALL, _ERROR), source="COVER of vaccination evaluated rapidly",
        about="Uptake by age and immunisation; each is a finer indicator of its own. Children who came from abroad, and those who left and are still listed, lower it.",
    ),
    _defined(
        "PS07", "Significant or serious incidents reported", _SAFETY, _NEUTRAL, _P,
        of=("Incidents reported", "Registered patients"),
        unit="per 1,000 patients", every=_QUARTER, lag=3, least=750, explained=(_SMALL, _CODING), source="National Reporting and Learning System",
        about="Context only. To report more is not worse: it may be a practice that learns.",
    ),
)  # fmt: skip

_PATIENT_EXPERIENCE = (
    _defined(
        "PE01", "Overall experience good", _EXPERIENCE, _HIGH, _B,
        of=("Patients who say very good or fairly good", "Patients who answered"),
        unit="%", every=_YEAR, lag=4, least=30, explained=(_SMALL, _WHO), source=_SURVEY,
        standardised="Weighted by the survey for who answered",
        about="How patients describe their experience of the surgery as a whole.",
    ),
    _defined(
        "PE02", "Doctor or nurse took notice of your views", _EXPERIENCE, _HIGH, _B,
        of=("Patients who say yes", "Patients who answered"),
        unit="%", every=_YEAR, lag=4, least=30, explained=(_SMALL, _WHO), source=_SURVEY,
        standardised="Weighted by the survey for who answered",
        about="Whether patients had a say in decisions about their care.",
    ),
    _defined(
        "PE03", "Easy to get through by phone", _EXPERIENCE, _HIGH, _B,
        of=("Patients who say very easy or fairly easy", "Patients who answered"),
        unit="%", every=_YEAR, lag=4, least=30, explained=(_SMALL, _WHO, _MERGER), source=_SURVEY,
        standardised="Weighted by the survey for who answered",
        about="How easy it is to reach the surgery by telephone. A new telephone system or a merger shows here first.",
    ),
    _defined(
        "PE04", "Able to see preferred GP", _EXPERIENCE, _HIGH, _B,
        of=("Patients who say always, or a lot of the time", "Patients who have a preferred GP"),
        unit="%", every=_YEAR, lag=4, least=30, explained=(_SMALL, _WHO), source=_SURVEY,
        standardised="Weighted by the survey for who answered",
        about="Continuity, for those who want it. Few partners, or many part-time doctors, explain some of it.",
    ),
    _defined(
        "PE05", "Satisfied with opening and appointment times", _EXPERIENCE, _HIGH, _B,
        of=("Patients who are very or fairly satisfied", "Patients who answered"),
        unit="%", every=_YEAR, lag=4, least=30, explained=(_SMALL, _WHO), source=_SURVEY,
        standardised="Weighted by the survey for who answered",
        about="Whether the hours suit patients. A young, working list is less content with the same hours.",
    ),
    _defined(
        "PE06", "Written complaints (KO41b)", _EXPERIENCE, _LOW, _P,
        of=("Written complaints", "Registered patients"),
        unit="per 1,000 patients", every=_YEAR, lag=6, least=750, explained=(_SMALL, _CODING), source="KO41b collection",
        about="Written complaints received. It needs context: a practice that invites complaints receives more.",
    ),
)  # fmt: skip

_CLINICAL_QUALITY = (
    _defined(
        "CQ01", "Cervical screening, eligible women, 5 years", _CLINICAL, _HIGH, _B,
        of=("Women screened within 5 years", "Women eligible, less exceptions"),
        unit="%", every=_YEAR, lag=7, least=50, explained=(_WHO, _CODING, _ERROR), source=_QOF,
        about="Coverage. Students, and women who moved here from abroad, explain some of what is low.",
    ),
    _defined(
        "CQ02", "CHD reported against expected prevalence", _CLINICAL, _HIGH, _P,
        of=("Patients on the register of coronary heart disease", "Patients that the model expects"),
        unit="ratio", every=_YEAR, lag=7, least=5, explained=(_CODING, _WHO), source=f"{_QOF}; modelled prevalence",
        standardised="Indirect, by age, sex, smoking and deprivation",
        about="Whether people with coronary heart disease are found. A ratio of 1 is as many as the model expects.",
    ),
    _defined(
        "CQ03", "COPD reported against expected prevalence", _CLINICAL, _HIGH, _P,
        of=("Patients on the register of chronic obstructive pulmonary disease", "Patients that the model expects"),
        unit="ratio", every=_YEAR, lag=7, least=5, explained=(_CODING, _WHO), source=f"{_QOF}; modelled prevalence",
        standardised="Indirect, by age, sex, smoking and deprivation",
        about="Whether people with this disease are found. A ratio of 1 is as many as the model expects.",
    ),
    _defined(
        "CQ04", "Dementia diagnosis rate", _CLINICAL, _HIGH, _P,
        of=("Patients on the dementia register", "Patients that the model expects"),
        unit="%", every=_YEAR, lag=7, least=5, explained=(_CODING, _WHO), source=f"{_QOF}; modelled prevalence",
        standardised="Indirect, by age and sex",
        about="Of the people expected to have dementia, how many have a diagnosis. A care home on the list raises it.",
    ),
    _defined(
        "CQ05", "Atrial fibrillation identified and treated", _CLINICAL, _HIGH, _B,
        of=("Patients treated with an anticoagulant", "Patients on the register of atrial fibrillation, less exceptions"),
        unit="%", every=_YEAR, lag=7, least=20, explained=(_CODING, _SMALL), source=_QOF,
        about="Whether those known to have atrial fibrillation are protected from stroke.",
    ),
    _defined(
        "CQ06", "Diabetes: HbA1c at target", _CLINICAL, _HIGH, _B,
        of=("Patients whose last HbA1c is at target", "Patients on the diabetes register, less exceptions"),
        unit="%", every=_YEAR, lag=7, least=30, explained=(_CODING, _WHO), source=_QOF,
        about="Control of blood glucose in people with diabetes.",
    ),
    _defined(
        "CQ07", "Hypertension: last blood pressure at or under target", _CLINICAL, _HIGH, _B,
        of=("Patients whose last blood pressure is at or under target", "Patients on the hypertension register, less exceptions"),
        unit="%", every=_YEAR, lag=7, least=30, explained=(_CODING, _WHO), source=_QOF,
        about="Control of blood pressure in people with hypertension.",
    ),
    _defined(
        "CQ08", "Serious mental illness: agreed care plan", _CLINICAL, _HIGH, _B,
        of=("Patients with an agreed care plan", "Patients on the mental health register, less exceptions"),
        unit="%", every=_YEAR, lag=7, least=10, explained=(_CODING, _SMALL), source=_QOF,
        about="Whether people with serious mental illness have a plan that was agreed with them. The register is often small.",
    ),
    _defined(
        "CQ09", "Emergency admissions, conditions usually managed by GPs", _CLINICAL, _LOW, _P,
        of=("Emergency admissions for 19 such conditions", "Registered patients"),
        unit="per 1,000 patients", every=_QUARTER, lag=6, least=750, explained=(_WHO, _CODING, _SMALL), source="Hospital Episode Statistics",
        standardised="Indirect, by age and sex",
        about="Admissions that good care outside hospital often prevents (ambulatory care sensitive conditions).",
    ),
)  # fmt: skip

_ORGANISATIONAL_EFFECTIVENESS = (
    _defined(
        "OE01", "A&E attendances", _ORGANISATION, _LOW, _P,
        of=("Attendances at accident and emergency", "Registered patients"),
        unit="per 1,000 patients", every=_QUARTER, lag=6, least=750, explained=(_WHO, _CODING), source="Hospital Episode Statistics",
        standardised="Indirect, by age and sex",
        about="How often patients attend. A hospital next door explains much of it.",
    ),
    _defined(
        "OE02", "Smoking status recorded", _ORGANISATION, _HIGH, _B,
        of=("Patients whose smoking status is recorded", "Patients aged 15 and over"),
        unit="%", every=_YEAR, lag=7, least=100, explained=(_CODING, _MERGER), source=_QOF,
        about="Whether the record is kept up. A change of system, or a merged list, lowers it for a while.",
    ),
    _defined(
        "OE03", "Patients leaving the list without moving house", _ORGANISATION, _LOW, _B,
        of=("Patients who joined another practice without moving", "Registered patients"),
        unit="%", every=_YEAR, lag=6, least=750, explained=(_MERGER, _WHO), source=_LISTS,
        about="People who changed practice and not address. A practice that closed or opened nearby explains some of it.",
    ),
    _defined(
        "OE04", "Quarter-on-quarter list size change", _ORGANISATION, _NEUTRAL, _C,
        of=("Registered patients at the end of the quarter", "Registered patients at the end of the quarter before"),
        unit="log ratio", every=_QUARTER, lag=1, least=1000, explained=(_MERGER, _WHO, _ERROR), source=_LISTS,
        about="Context only. The natural logarithm of the one over the other: list sizes themselves drift, and would signal for most practices.",
    ),
    _defined(
        "OE05", "QOF exception rate", _ORGANISATION, _LOW, _B,
        of=("Patients excepted", "Patients on the registers"),
        unit="%", every=_YEAR, lag=7, least=100, explained=(_CODING, _WHO), source=_QOF,
        about="How many patients are left out of what is counted. Care homes and a list that moves much explain some of it.",
    ),
    _defined(
        "OE06", "Annual electronic declaration submitted on time", _ORGANISATION, _HIGH, _S,
        of=("1 when it was submitted by its day, else 0", "1 for each practice"),
        unit="yes or no", every=_YEAR, lag=1, least=None, explained=(_ERROR, _MERGER), source="eDEC",
        about="Whether the practice’s yearly declaration was submitted by its day.",
    ),
    _defined(
        "OE07", "Full-time equivalent GPs per 1,000 patients", _ORGANISATION, _NEUTRAL, _C,
        of=("Full-time equivalent GPs", "Registered patients"),
        unit="per 1,000 patients", every=_QUARTER, lag=3, least=750, explained=(_ERROR, _MERGER), source="General practice workforce collection",
        about="Context only: what a practice has to work with.",
    ),
    _defined(
        "OE08", "List open or formally closed", _ORGANISATION, _NEUTRAL, _S,
        of=("1 when the list is formally closed, else 0", "1 for each practice"),
        unit="yes or no", every=_EVENT, lag=None, least=None, explained=(_ERROR,), source="The contract holder’s own record",
        about="Context only: whether the practice takes new patients.",
    ),
)  # fmt: skip

INDICATORS: dict[str, Definition] = {
    one.code: one
    for one in (
        *_PATIENT_SAFETY,
        *_PATIENT_EXPERIENCE,
        *_CLINICAL_QUALITY,
        *_ORGANISATIONAL_EFFECTIVENESS,
    )
}
