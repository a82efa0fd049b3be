"""Addresses that learning puts into tasks and notices; a test checks that the web serves each."""

from uuid import UUID

CLASSES = "/belajar/"


def module(enrolment_id: UUID) -> str:
    return f"/belajar/{enrolment_id}/"


def page(enrolment_id: UUID, chapter: str, page: str) -> str:
    return f"/belajar/{enrolment_id}/materi/{chapter}/{page}/"


def test(enrolment_id: UUID, key: str) -> str:
    return f"/belajar/{enrolment_id}/tes/{key}/"


def feedback(enrolment_id: UUID) -> str:
    return f"/belajar/{enrolment_id}/umpan-balik/"


def result(enrolment_id: UUID) -> str:
    return f"/belajar/{enrolment_id}/hasil/"


def cohort(cohort_id: UUID) -> str:
    return f"/pengampu/{cohort_id}/"


def reading(course: str, chapter: str, page: str = "") -> str:
    """A chapter, or one of its pages, for readers without a class."""
    return f"/baca/{course}/{chapter}/{page}/" if page else f"/baca/{course}/{chapter}/"


def discussions(enrolment_id: UUID) -> str:
    return f"/belajar/{enrolment_id}/diskusi/"


def cohort_discussions(cohort_id: UUID) -> str:
    return f"/pengampu/{cohort_id}/diskusi/"
