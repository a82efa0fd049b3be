"""Addresses for everybody: no account needed, nothing is written."""

from django.urls import path

from teladan.web.public import views
from teladan.web.public.reading import chapter, course, page, scene

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("hukum/", views.laws, name="laws"),
    path("hukum/<slug:key>/", views.law, name="law"),
    path("glosarium/", views.glossary, name="glossary"),
    path("verifikasi/", views.verify, name="verify"),
    path("verifikasi/<str:code>/", views.verified, name="verified"),
    path("baca/", views.courses, name="courses"),
    path("baca/<slug:course_key>/", course, name="course"),
    path("baca/<slug:course_key>/<slug:chapter_key>/", chapter, name="chapter"),
    path("baca/<slug:course_key>/<slug:chapter_key>/<slug:page_key>/", page, name="page"),
    path("baca/<slug:course_key>/adegan/<slug:scene_key>/main/", scene, name="scene"),
]
