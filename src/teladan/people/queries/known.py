"""What is known of many people, read in two queries without making models: a roster asks about a hundred thousand."""

from collections.abc import Sequence

from teladan.people.enums import AppointmentKind
from teladan.people.models import Appointment, Person
from teladan.people.roster.plan import Known, KnownPost


def load_known(nips: Sequence[str]) -> dict[str, Known]:
    """NIP -> what is known of that person in the agency one stands in."""
    known: dict[str, Known] = {}
    by_id = {}
    told = Person.objects.filter(nip__in=nips).values_list(
        "nip", "id", "account_id", "name", "kind", "rank", "phone", "left_on", "account__email"
    )
    for nip, person_id, account_id, name, kind, rank, phone, left_on, email in told:
        known[nip] = by_id[person_id] = Known(
            person_id=person_id,
            account_id=account_id,
            name=name,
            kind=kind,
            rank=rank,
            phone=phone,
            email=email,
            left_on=left_on,
        )
    posts = Appointment.objects.filter(person_id__in=list(by_id), kind=AppointmentKind.DEFINITIF.value).values_list(
        "person_id",
        "id",
        "starts",
        "ends",
        "position__unit__code",
        "position__unit__name",
        "position__title",
        "position__is_head",
        "position__kind",
        "position__job_family",
    )
    for person_id, appointment_id, starts, ends, code, unit, title, is_head, kind, family in posts:
        one = by_id[person_id]
        if ends is None:
            one.post = KnownPost(
                appointment_id=appointment_id,
                starts=starts,
                unit_code=code,
                unit_name=unit,
                title=title,
                is_head=is_head,
                kind=kind,
                job_family=family,
            )
        elif one.free_from is None or ends > one.free_from:
            one.free_from = ends
    return known
