"""Addresses of employees: what waits for them, the module, the tests, their learning hours."""

from django.urls import URLPattern, URLResolver, include, path

from teladan.web.employee.views import activity, desk, home, hours, page, result, sitting

app_name = "employee"

page_urls = [
    path("", page.page, name="page"),
    path("lembar/", page.sheet, name="sheet"),
    path("cek/<slug:item>/", activity.check, name="check"),
    path("adegan/<slug:scene>/", activity.scene, name="scene"),
    path("adegan/<slug:scene>/ulang/", activity.scene_again, name="scene_again"),
    path("tulis/<slug:key>/", activity.writing, name="writing"),
]
study_urls: list[URLPattern | URLResolver] = [
    path("", home.module, name="module"),
    path("materi/<slug:chapter>/", home.chapter, name="chapter"),
    path("materi/<slug:chapter>/<slug:page>/", include(page_urls)),
    path("tes/<slug:test>/", sitting.intro, name="test"),
    path("umpan-balik/", result.feedback, name="feedback"),
    path("hasil/", result.result, name="result"),
    path("sertifikat.pdf", result.certificate, name="certificate"),
]
sitting_urls = [
    path("", sitting.resume, name="sitting"),
    path("soal/<int:number>/", sitting.question, name="question"),
    path("jawab/", sitting.answer, name="answer"),
    path("periksa/", sitting.review, name="review"),
    path("selesai/", sitting.finish, name="finish"),
]
urlpatterns = [
    path("tugas/", desk.tasks, name="tasks"),
    path("tugas/pemberitahuan/", desk.read_notices, name="read_notices"),
    path("tugas/pemberitahuan/<uuid:notice_id>/", desk.read_notice, name="read_notice"),
    path("belajar/", home.classes, name="classes"),
    path("belajar/<uuid:enrolment_id>/", include(study_urls)),
    path("tes/<uuid:sitting_id>/", include(sitting_urls)),
    path("jp/", hours.ledger, name="credits"),
    path("jp/<int:year>.<str:kind>", hours.export, name="credits_export"),
]
