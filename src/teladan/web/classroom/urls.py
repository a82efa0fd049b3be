"""Addresses that a class shares: the same pages for its participants and for those who lead it."""

from django.urls import URLPattern, URLResolver, include, path

from teladan.web.classroom import discussion

app_name = "classroom"
discussion_urls: list[URLPattern | URLResolver] = [
    path("", discussion.topics, name="discussions"),
    path("materi/<slug:chapter>/<slug:page>/", discussion.page, name="page_discussion"),
    path("adegan/<slug:scene>/", discussion.scene, name="scene_discussion"),
    path("tulisan/<uuid:entry_id>/", discussion.entry, name="entry"),
]
urlpatterns = [
    path("belajar/<uuid:enrolment_id>/diskusi/", include((discussion_urls, "member"))),
    path("pengampu/<uuid:cohort_id>/diskusi/", include((discussion_urls, "leader"))),
]
