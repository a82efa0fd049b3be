"""Addresses of the preview for authors: its own pages in front, and the public ones behind for scenes and laws."""

from django.urls import include, path

from teladan.config.urls import handler400, handler403, handler404, handler500
from teladan.config.urls import urlpatterns as everything

urlpatterns = [path("", include("teladan.web.preview.urls")), *everything]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
