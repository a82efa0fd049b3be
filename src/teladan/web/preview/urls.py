"""Addresses of the preview for authors. They exist only in the server of `teladan course preview`."""

from django.urls import path

from teladan.web.preview import views

app_name = "preview"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("keadaan/", views.state, name="state"),
    path("berkas/<path:name>", views.file, name="file"),
]
