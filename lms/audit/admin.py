"""The trail for support. Auditors have a page of their own."""

from django.contrib import admin

from lms.audit.models import AuditEvent
from lms.shared.read_only import ReadOnlyAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "actor_label", "thing_label", "request_id"]
    list_filter = ["kind"]
    search_fields = ["actor_label", "thing_label", "request_id"]
    date_hierarchy = None
    ordering = ["-at", "-pk"]
