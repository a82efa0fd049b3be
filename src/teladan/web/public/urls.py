"""Addresses for everybody: no account needed, nothing is written."""

from django.urls import path

from teladan.web.public import clips, law, laws, reading, search, texts, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("cari/", search.find, name="search"),
    path("hukum/", laws.laws, name="laws"),
    path("hukum/<slug:key>/", law.law, name="law"),
    path("hukum/<slug:key>/naskah/", texts.keep, name="texts"),
    path("hukum/<slug:key>/naskah/baca/", texts.read, name="text"),
    path("hukum/<slug:key>/naskah/unduh/<slug:format>/", texts.download, name="text_file"),
    path("hukum/<slug:key>/naskah/hapus/<slug:format>/", texts.remove, name="text_remove"),
    path("glosarium/", laws.glossary, name="glossary"),
    path("verifikasi/", views.verify, name="verify"),
    path("verifikasi/<str:code>/", views.verified, name="verified"),
    path("baca/", views.courses, name="courses"),
    path("baca/<slug:course_key>/", reading.course, name="course"),
    path("baca/<slug:course_key>/adegan/<slug:scene_key>/main/", reading.scene, name="scene"),
    path("baca/<slug:course_key>/media/<str:name>", clips.media, name="media"),
    path("baca/<slug:course_key>/media/<str:version>/<str:name>", clips.media, name="media"),
    path("baca/<slug:course_key>/gambar/<str:version>/<str:name>", reading.picture, name="picture"),
    path("baca/<slug:course_key>/<slug:chapter_key>/", reading.chapter, name="chapter"),
    path("baca/<slug:course_key>/<slug:chapter_key>/<slug:page_key>/", reading.page, name="page"),
    path("baca/<slug:course_key>/<slug:chapter_key>/<slug:page_key>/lembar/", reading.sheet, name="sheet"),
]
