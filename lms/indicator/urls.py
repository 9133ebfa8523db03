"""Pages of indicator."""

from django.urls import URLPattern

app_name = "indicator"
urlpatterns: list[URLPattern] = []
