"""The kit's addresses, over our runtime and our scenarios."""

from workbench.urls import urlpatterns as urlpatterns

from tools.workbench import scenarios

scenarios.install()
