"""What the demonstration's practices struggle with: sentences by theme, with gaps that each telling fills anew.

{a} {b} are percentages, {n} a count, {k} a small count, {month} {earlier} months, {day} a weekday, {role} a role.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.practice.kinds import ExplanationCategory as Why


@dataclass(frozen=True)
class Theme:
    """`issues` are (issue, success measure, evidence); `reasons` explain, by category."""

    indicator: str
    topic: str
    details: tuple[str, ...]
    reasons: tuple[tuple[Why, str], ...]
    issues: tuple[tuple[str, str, str], ...]
    progress: tuple[str, ...]
    heard: tuple[str, ...]


PHONE = Theme(
    "PE03",
    "phone access",
    (
        "Abandoned calls stood at {a}% in {month}, against {b}% in {earlier}.",
        "The {day} morning queue reached {n} callers before half past eight.",
        "Two of the lines were out for {k} days in {month} after a fault at the exchange.",
        "{n} callers rang back the same day in {month}; the hub counts each as a new call.",
        "The recorded message now gives the caller's place in the queue, and complaints fell to {k}.",
        "The {role} showed us the call log week by week; {day}s remain the worst.",
    ),
    (
        (Why.CODING, "Call-backs were coded as abandoned calls until {month}: about {a}% of those counted."),
        (
            Why.GENUINE,
            "The {role} accepts the figure. {k} reception posts stood vacant from {earlier} to {month}.",
        ),
        (
            Why.DEMOGRAPHY,
            "A housing scheme opened in {earlier} and added {n} patients before staff could be found.",
        ),
    ),
    (
        (
            "Calls go unanswered on {day} mornings.",
            "Fewer than {b} calls in 100 abandoned over a whole month.",
            "Call log for {month}, by hour, {n} pages",
        ),
        (
            "Nobody is rostered to the telephone hub after four in the afternoon on {day}s.",
            "The hub rota shows {k} people until half past six, five days a week.",
            "Hub rota from {month}, issue {k}",
        ),
        (
            "The phone menu has {k} levels, and callers give up in the second.",
            "One level by {month}, recorded by a person, with the wait announced; complaints below {k}.",
            "Script of the new menu, {month}, draft {k}",
        ),
    ),
    (
        "The rota for {month} is drafted, with {k} more hours on {day}s.",
        "Call-back is switched on; {n} patients used it in its first week.",
        "A part-time receptionist starts on the first {day} of {month}.",
    ),
    (
        "The advice service told us that {k} people could not get through on a {day} in {month}.",
        "A councillor passed on {k} complaints about the phones in {month}, with dates and no names.",
        "A member of staff says the queue is switched off when it passes {n} callers.",
    ),
)

ANTIBIOTICS = Theme(
    "PS01",
    "antibiotic prescribing",
    (
        "Items per STAR-PU fell by {a}% between {earlier} and {month}.",
        "{n} of the items in {month} were repeats that nobody had reviewed.",
        "Delayed scripts were offered in {a}% of sore throat consultations sampled.",
        "The {role} has put the local formulary on each desk and in the template.",
        "Locums wrote {a}% of the items in {month}; the induction pack says nothing of it.",
        "An audit of {n} records found the reason written down in {b} of every 100.",
    ),
    (
        (
            Why.DEMOGRAPHY,
            "The practice looks after {k} care homes, {n} residents in all; STAR-PU does not see that.",
        ),
        (
            Why.CODING,
            "Rescue packs for {n} patients with COPD count as items. Without them the rate is {a}% lower.",
        ),
        (
            Why.GENUINE,
            "The partners agree that habits differ between them: the highest writes {k} times the lowest.",
        ),
    ),
    (
        (
            "{k} prescribers differ widely and have not compared their figures since {earlier}.",
            "A peer review each quarter from {month}, with each of {k} prescribers' rates side by side.",
            "Minutes of the {month} peer review, item {k}",
        ),
        (
            "{n} repeat antibiotics have no review date.",
            "No repeat antibiotic without a review date in {month}, from {n}.",
            "Search result of {n} rows, {month}",
        ),
        (
            "The locum pack of {earlier} does not mention the formulary.",
            "A page on antibiotics in the pack by {month}, signed by each of {k} locums.",
            "Locum pack, edition of {month}, page {k}",
        ),
    ),
    (
        "{n} of the repeats are reviewed; {k} are stopped.",
        "The first peer review was held on a {day} with {k} prescribers.",
        "The medicines team has sent the desk cards; the {role} will hand them out in {month}.",
    ),
    (
        "The medicines team noticed {n} items of one drug from one session in {month}.",
        "A pharmacist rang to say that {k} scripts in {month} had no directions.",
        "A former locum says that nobody asked for a reason before {earlier}.",
    ),
)

IMMUNISATION = Theme(
    "PS06",
    "childhood immunisation",
    (
        "{n} children are overdue, {k} of them for both doses.",
        "Coverage at five years rose from {b}% to {a}% between {earlier} and {month}.",
        "Invitations went to an old address for {n} families; the child health team has the list.",
        "The {day} clinic was cancelled {k} times in {month} for want of a nurse.",
        "The {role} now rings each family the week before; {a}% of those rung came.",
        "Vaccine fridge readings were missing for {k} days in {month}.",
    ),
    (
        (Why.DATA_ERROR, "{n} doses given at school were never sent to the practice's system."),
        (Why.SMALL_NUMBERS, "The year group has {n} children: {k} families make the difference."),
        (Why.DEMOGRAPHY, "{n} children came from abroad since {earlier} with doses under another schedule."),
    ),
    (
        (
            "{n} children are overdue and have not been invited this year.",
            "Each family invited twice by {month}, and the list down to {k}.",
            "Overdue list of {n} names removed, {month}",
        ),
        (
            "The {day} clinic is cancelled when one nurse is away: {k} times since {earlier}.",
            "A second trained nurse on the {day} rota by {month}.",
            "Training certificate and rota, {month}, sheet {k}",
        ),
        (
            "Doses given elsewhere are not entered: {n} since {earlier}.",
            "A check each {day} against the child health list for {k} months.",
            "{n} signed checklists to {month}",
        ),
    ),
    (
        "{n} families have been rung; {k} declined and that is written down.",
        "The second nurse has begun the course and finishes in {month}.",
        "The child health list and ours now differ by {k} children.",
    ),
    (
        "A health visitor says that {k} families were told on a {day} to come back next month.",
        "The child health team sent back {n} returns from {month} as incomplete.",
        "A parent told the advice service of {k} cancelled appointments in {month}.",
    ),
)

SCREENING = Theme(
    "CQ01",
    "cervical screening",
    (
        "Uptake among women of 25 to 34 was {b}% in {month}.",
        "{n} women have no reply on file to any of three letters.",
        "Late clinics on {day}s filled within a week and added {n} tests by {month}.",
        "{k} samples were returned in {month} for want of a date.",
        "The {role} found {n} exceptions entered without a reason.",
        "Letters in {k} languages went out in {month}.",
    ),
    (
        (
            Why.DEMOGRAPHY,
            "The list turns over by {a}% a year, students mostly, and many were tested elsewhere.",
        ),
        (Why.CODING, "{n} tests done at the hospital clinic were filed as letters and not coded."),
        (Why.GENUINE, "One sample taker left in {earlier} and {k} months passed before another was trained."),
    ),
    (
        (
            "No clinic is held outside working hours, and {n} women asked for one.",
            "A late clinic each {day}, with {n} places a month.",
            "Clinic lists for {month}, {k} sheets",
        ),
        (
            "{n} women who did not reply were not followed up.",
            "A call to each by {month} after the second letter, written down for {a} in 100.",
            "Sample of {n} records, {month}",
        ),
        (
            "{n} exceptions have been entered without reasons since {earlier}.",
            "Each of {n} exceptions reviewed, and reversed where no reason is found.",
            "Exception review, {month}, {n} rows",
        ),
    ),
    (
        "Late clinics are set for {k} {day}s; the first has {n} bookings.",
        "{n} exceptions are reviewed and {k} reversed.",
        "The new sample taker passed in {month}.",
    ),
    (
        "The screening team says {k} of the practice's samples in {month} had another patient's label.",
        "A patient group heard from {k} women that only men answer the phone on {day}s.",
        "A nurse who left in {earlier} says the recall list was not run.",
    ),
)

DEMENTIA = Theme(
    "CQ04",
    "dementia diagnosis",
    (
        "The register holds {n} people against an expected {a} in every 100 over 80.",
        "{k} care homes asked for a visit in {month} and have had one.",
        "The memory clinic's wait is {k} months, and {n} of our people are on it.",
        "{n} letters that give a diagnosis were found uncoded by the {role}.",
        "The {role} goes through {k} records each {day} and adds those that are clear.",
        "Carers of {n} people now have a review date.",
    ),
    (
        (Why.CODING, "{n} diagnoses sit in hospital letters and were never coded."),
        (
            Why.SMALL_NUMBERS,
            "The list is young: {n} patients over 65, and the model expects {k} more than we can find.",
        ),
        (
            Why.MERGER,
            "The list took in {n} patients from the branch in {earlier}; their problem lists came later.",
        ),
    ),
    (
        (
            "{n} letters with a diagnosis since {earlier} are not coded.",
            "All {n} letters since {earlier} read, and coded where clear.",
            "List of {n} coded letters, {month}",
        ),
        (
            "{k} care homes are not visited unless they call.",
            "A ward round in each of {k} homes every second {day}.",
            "Notes of {n} ward rounds to {month}",
        ),
        (
            "Carers of {n} people are not asked how they are.",
            "A review for each of {n} carers by {month}.",
            "Carers' register, {month}, {n} rows",
        ),
    ),
    (
        "{n} letters are read and {k} diagnoses added.",
        "Ward rounds have begun in {k} homes, on {day}s.",
        "The carers' form is printed and {n} have been sent.",
    ),
    (
        "A care home manager says nobody had visited for {k} months up to {month}.",
        "The memory clinic says {n} referrals in {month} had no history.",
        "A carers' group named the practice {k} times at its {month} meeting.",
    ),
)

DIABETES = Theme(
    "CQ06",
    "diabetes care",
    (
        "{a}% of those on the register are at target, against {b}% in {earlier}.",
        "{n} people have had no test since {earlier}.",
        "The foot check was done for {a}% of those seen in {month}.",
        "A dietitian sees {k} people each {day} at the practice.",
        "The {role} has split the register into {k} groups by need.",
        "{n} people were sent for tests that the laboratory then rejected.",
    ),
    (
        (Why.CODING, "{n} results arrived under an old code from {earlier} and are not counted."),
        (Why.DEMOGRAPHY, "A third of the register came with the hostel contract: {n} people who move often."),
        (Why.GENUINE, "The specialist nurse was away for {k} months and the clinics did not run."),
    ),
    (
        (
            "{n} people have had no blood test since {earlier}.",
            "All invited, and {a} in 100 tested by {month}.",
            "Recall search of {n} rows, {month}",
        ),
        (
            "No clinic runs when the specialist nurse is away: {k} {day}s were lost.",
            "A second nurse holds the clinic on {k} {day}s a month.",
            "Clinic rota, {month}, issue {k}",
        ),
        (
            "Foot checks are skipped when clinics run late: {n} since {earlier}.",
            "A check written down for {a} in every 100 seen in {month}.",
            "Audit of {n} records, {month}",
        ),
    ),
    (
        "{n} invitations went out; {k} came back undelivered.",
        "The second nurse sat in on {k} clinics.",
        "Foot checks moved to the start of the clinic from {month}.",
    ),
    (
        "The hospital's team counted {k} emergency admissions from the practice in {month}.",
        "A patient told the board's line that {k} appointments in a row were cancelled.",
        "A pharmacist noticed {n} scripts for strips with no review since {earlier}.",
    ),
)

DECLARATION = Theme(
    "OE06",
    "the annual declaration",
    (
        "{k} of the eight sections were blank on the last day of the window.",
        "The {role} who used to send it left in {earlier}.",
        "The premises answers differ from the {month} inspection in {k} places.",
        "The log-in was renewed on a {day} in {month}, {k} days after the window closed.",
        "{n} staff records were checked against it in {month}.",
        "Last year's answers had been sent unchanged; {k} of them were no longer true.",
    ),
    (
        (Why.GENUINE, "The {role} was on leave for {k} weeks and nobody else had a log-in."),
        (
            Why.DATA_ERROR,
            "It was sent on a {day} in {month}; the system shows it as a draft, and {k} others had this.",
        ),
        (Why.UNKNOWN, "Nobody at the practice can say why it was late; the {role} is new since {month}."),
    ),
    (
        (
            "Only one person, the {role}, can send the declaration.",
            "{k} people with a log-in by {month}, and the date in the practice diary.",
            "List of {k} users, {month}",
        ),
        (
            "{k} answers about premises are out of date since {earlier}.",
            "Each of {n} answers checked against the building by {month}.",
            "Premises checklist, {month}, {n} lines",
        ),
        (
            "Staff checks declared as done are not on file for {n} people.",
            "{n} files complete by the last {day} of {month}.",
            "File audit, {month}, {n} files",
        ),
    ),
    (
        "{k} log-ins have been asked for; one works.",
        "{n} of the files are complete.",
        "The premises list was walked through on a {day} in {month}.",
    ),
    (
        "A staff member says {k} of the answers sent in {earlier} were guesses.",
        "The landlord wrote in {month} that the {day} cleaning had stopped for {k} weeks.",
        "The inspectorate's notes of {month} mention {k} missing certificates.",
    ),
)

ADMISSIONS = Theme(
    "CQ09",
    "avoidable admissions",
    (
        "{n} admissions in the quarter to {month}, where {k} in every 10 came on a {day} or at night.",
        "The proactive list names {n} people; {a}% have a plan.",
        "The {role} rings each person within {k} days of coming home.",
        "Same-day appointments ran out before ten on {k} {day}s in {month}.",
        "Ambulance crews rang the bypass line {n} times since {earlier}.",
        "{k} of the care homes now have a named GP.",
    ),
    (
        (Why.DEMOGRAPHY, "A nursing home with {n} beds opened on the list in {earlier}."),
        (Why.SMALL_NUMBERS, "{k} people account for {a}% of the admissions, and all have plans."),
        (Why.GENUINE, "Same-day access fell when {k} sessions went unfilled from {earlier}."),
    ),
    (
        (
            "{n} people sent home from hospital since {earlier} were not rung.",
            "A call within {k} days for {a} in every 100.",
            "Discharge log, {month}, {n} rows",
        ),
        (
            "Crews could not reach a GP on the bypass line {n} times since {earlier}.",
            "Answered within {k} minutes for the whole of {month}.",
            "Bypass line log, {month}, {n} calls",
        ),
        (
            "{n} people on the proactive list have had no plan since {earlier}.",
            "A plan for each by {month}, shared with the out-of-hours service.",
            "Plan register, {month}, {n} plans",
        ),
    ),
    (
        "{n} of the plans are written; {k} are shared.",
        "The discharge call began on a {day} in {month} with {k} people.",
        "The bypass number now rings in {k} places.",
    ),
    (
        "The ambulance service says {k} calls to the bypass line went unanswered in {month}.",
        "The hospital says {n} people came from this list in {month} without a letter.",
        "A care home reports {k} requests for a visit refused on {day}s.",
    ),
)

THEMES = (PHONE, ANTIBIOTICS, IMMUNISATION, SCREENING, DEMENTIA, DIABETES, DECLARATION, ADMISSIONS)
