"""Pages of the indicator."""

from django.urls import path

from lms.indicator.api.views import IndicatorView
from lms.indicator.web import details, public, snapshots

app_name = "indicator"
urlpatterns = [
    path("indicator/", public.public, name="public"),
    path("indicator/table.csv", public.table_csv, name="table_csv"),
    path("indicator/definition/", public.definition, name="definition"),
    path("indicator/me/", public.mine, name="mine"),
    path("indicator/snapshots/", snapshots.snapshot_list, name="snapshots"),
    path("indicator/snapshots/take/", snapshots.snapshot_take, name="take_snapshot"),
    path("indicator/snapshots/<int:pk>/", snapshots.snapshot_detail, name="snapshot"),
    path("indicator/<str:code>/", details.organisation, name="organisation"),
    path("api/v1/indicator/", IndicatorView.as_view(), name="api"),
]
