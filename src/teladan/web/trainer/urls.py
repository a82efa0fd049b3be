"""Addresses of facilitators and organisers, and of those who only look."""

from django.urls import path

from teladan.web.trainer import analysis, places, planning, views

app_name = "trainer"
urlpatterns = [
    path("pengampu/", views.cohorts, name="cohorts"),
    path("pengampu/baru/", planning.new_cohort, name="new_cohort"),
    path("pengampu/<uuid:cohort_id>/", views.live, name="live"),
    path("pengampu/<uuid:cohort_id>/hasil/", views.results, name="results"),
    path("pengampu/<uuid:cohort_id>/soal/", analysis.items, name="items"),
    path("pengampu/soal/<slug:course_key>/<str:course_version>/", analysis.version_items, name="version_items"),
    path("pengampu/<uuid:cohort_id>/ingatkan/", views.remind, name="remind"),
    path("pengampu/<uuid:cohort_id>/ekspor.xlsx", views.export, name="export"),
    path("pengampu/<uuid:cohort_id>/atur/", planning.arrange, name="arrange"),
    path("pengampu/<uuid:cohort_id>/batalkan/", planning.cancel, name="cancel"),
    path("pengampu/<uuid:cohort_id>/tambah/", planning.add, name="add"),
    path("pengampu/<uuid:cohort_id>/tempat/", places.capacity, name="capacity"),
    path("pengampu/<uuid:cohort_id>/tunggu/<uuid:waiting_id>/", places.line, name="line"),
    path("pengampu/<uuid:cohort_id>/aturan/", places.rules, name="rules"),
    path("pengampu/<uuid:cohort_id>/aturan/<uuid:rule_id>/akhiri/", places.end_rule, name="end_rule"),
    path("pengampu/peserta/<uuid:enrolment_id>/pindah/", places.move, name="move"),
    path("pengampu/<uuid:cohort_id>/pengampu/", planning.facilitator, name="facilitator"),
    path("pengampu/<uuid:cohort_id>/pengampu/<uuid:grant_id>/akhiri/", planning.dismiss, name="dismiss"),
    path("pengampu/peserta/<uuid:enrolment_id>/keluarkan/", planning.take_out, name="take_out"),
    path("pengampu/peserta/<uuid:enrolment_id>/", views.participant, name="participant"),
    path("pengampu/peserta/<uuid:enrolment_id>/perpanjang/", views.extend, name="extend"),
    path("pengampu/peserta/<uuid:enrolment_id>/kesempatan/", views.allow, name="allow"),
]
