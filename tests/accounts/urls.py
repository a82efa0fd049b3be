"""Addresses for the sign-in tests: allauth's own."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.urls"))]
