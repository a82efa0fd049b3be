"""The forms of the two tests, decided once for each participant."""

from collections import Counter
from uuid import UUID

from django.db import transaction

from teladan.instruments import api as instruments
from teladan.learning.counterbalance import first_form, other_form
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.learning.models import Cohort, Enrolment
from teladan.rulebook.data import Course


def form_of(enrolment: Enrolment, test: str, course: Course) -> str:
    """The form in which this person sits a test, every attempt of it. The first call decides and keeps it; a course
    whose bank cannot fill both tests in both forms keeps the forms its pack names."""
    tests = [course.tests[PRE_TEST], course.tests[POST_TEST]]
    if not instruments.may_change_places(tests, course.items.values()):
        return course.tests[test].form
    forms = (tests[0].form, tests[1].form)
    begins = enrolment.first_form or _decided(enrolment.pk, enrolment.cohort_id, forms)
    return begins if test == PRE_TEST else other_form(forms, begins)


@transaction.atomic
def _decided(enrolment_id: UUID, cohort_id: UUID, forms: tuple[str, str]) -> str:
    """Decide for one person of a cohort while nobody else of it does, so that the halves never differ by more than one."""
    Cohort.objects.select_for_update().get(pk=cohort_id)
    kept = Enrolment.objects.values_list("first_form", flat=True).get(pk=enrolment_id)
    if kept:
        return kept
    begun = instruments.scores_of([enrolment_id], test_key=PRE_TEST)  # from before forms were kept
    if begun:
        form = begun[0].form
    else:
        decided = Enrolment.objects.filter(cohort_id=cohort_id).exclude(first_form="")
        form = first_form(forms, Counter(decided.values_list("first_form", flat=True)), enrolment_id)
    Enrolment.objects.filter(pk=enrolment_id).update(first_form=form)
    return form
