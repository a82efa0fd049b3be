"""Who may study, watch and organise."""

from teladan.access.api import Line, Reach, Role, Table

TABLE = Table(
    # what a participant does in their own enrolment
    Line("learning.study", Role.EMPLOYEE, Reach.OWN, path="account_id"),
    Line("learning.see_credits", Role.EMPLOYEE, Reach.OWN, path="account_id"),
    # watching a cohort: who is where, results, a participant's path (things with a `cohort_id`)
    Line("learning.watch", Role.FACILITATOR, Reach.SCOPE, path="cohort_id"),
    Line("learning.watch", Role.ORGANISER, Reach.AGENCY),
    Line("learning.watch", Role.AUDITOR, Reach.AGENCY),
    # the cohort itself (its own id is the scope)
    Line("learning.see_cohort", Role.FACILITATOR, Reach.SCOPE, path="id"),
    Line("learning.see_cohort", Role.ORGANISER, Reach.AGENCY),
    Line("learning.see_cohort", Role.AUDITOR, Reach.AGENCY),
    # its name and dates alone, for who appoints its facilitators or reads the record of acts
    Line("learning.name_cohort", Role.ORGANISER, Reach.AGENCY),
    Line("learning.name_cohort", Role.AUDITOR, Reach.AGENCY),
    Line("learning.name_cohort", Role.OPERATOR, Reach.AGENCY),
    # figures of tests over all cohorts, in which nobody is recognisable
    Line("learning.see_all_analyses", Role.ORGANISER, Reach.AGENCY),
    Line("learning.see_all_analyses", Role.AUDITOR, Reach.AGENCY),
    Line("learning.remind", Role.FACILITATOR, Reach.SCOPE, path="id"),
    Line("learning.remind", Role.ORGANISER, Reach.AGENCY),
    # the discussion of a cohort and its room: reading along, and leading them
    Line("learning.follow_class", Role.FACILITATOR, Reach.SCOPE, path="id"),
    Line("learning.follow_class", Role.ORGANISER, Reach.AGENCY),
    Line("learning.follow_class", Role.AUDITOR, Reach.AGENCY),
    Line("learning.lead_class", Role.FACILITATOR, Reach.SCOPE, path="id"),
    Line("learning.lead_class", Role.ORGANISER, Reach.AGENCY),
    Line("learning.organise", Role.ORGANISER, Reach.AGENCY),
)
