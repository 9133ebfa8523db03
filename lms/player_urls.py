"""Pages of the player host: blocks we do not trust, on a host without our cookies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
