"""Routes that belong to no audience."""

from django.urls import path

from teladan.web.base import views

app_name = "base"
urlpatterns = [
    path("bahasa/", views.set_language, name="language"),
    path("tema/", views.set_theme, name="theme"),
    path("sehat/", views.health, name="health"),
    path("galeri/", views.gallery, name="gallery"),
    path("galeri/hukum/", views.gallery_panel, name="gallery-panel"),
    path("galeri/tes/", views.gallery_focus, name="gallery-focus"),
]
