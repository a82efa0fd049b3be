"""Addresses that a class shares: the same pages for its participants and for those who lead it."""

from django.urls import URLPattern, URLResolver, include, path

from teladan.web.classroom import clips, discussion, room

app_name = "classroom"
discussion_urls: list[URLPattern | URLResolver] = [
    path("", discussion.topics, name="discussions"),
    path("materi/<slug:chapter>/<slug:page>/", discussion.page, name="page_discussion"),
    path("adegan/<slug:scene>/", discussion.scene, name="scene_discussion"),
    path("tulisan/<uuid:entry_id>/", discussion.entry, name="entry"),
]
clip_urls: list[URLPattern | URLResolver] = [
    path("", clips.clips, name="clips"),
    path("<uuid:clip_id>/berkas/", clips.clip, name="clip"),
    path("<uuid:clip_id>/takarir/", clips.captions, name="captions"),
]
class_urls: list[URLPattern | URLResolver] = [
    path("diskusi/", include(discussion_urls)),
    path("klip/", include(clip_urls)),
    path("ruang/keadaan/", room.state, name="room_state"),
]
member_urls = [*class_urls, path("ruang/", room.member, name="room")]
leader_urls = [
    *class_urls,
    path("ruang/", room.leader, name="room"),
    path("ruang/layar/", room.wall, name="wall"),
]
urlpatterns = [
    path("belajar/<uuid:enrolment_id>/", include((member_urls, "member"))),
    path("pengampu/<uuid:cohort_id>/", include((leader_urls, "leader"))),
]
