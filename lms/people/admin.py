"""Support views of people. The hash of a personal ID is not among the fields."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from lms.people.models import Assignment, Organisation, Person, RoleGrant
from lms.people.queries import matching, organisations_matching
from lms.shared.read_only import ReadOnlyAdmin

# The admin's own form knows no second step; everybody signs in at the same door.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ["full_name", "username", "identity_level", "is_active", "is_synthetic", "last_login"]
    list_filter = ["is_active", "is_synthetic", "identity_level", "is_staff"]
    search_fields = ["search_key"]
    ordering = ["sort_key", "pk"]
    fields = [
        "full_name",
        "username",
        "email",
        "born_on",
        "personal_id_last4",
        "identity_level",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "is_synthetic",
        "created_at",
        "last_login",
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Names with or without accents, as everywhere."""
        return matching(queryset, search_term), False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "kind", "parent", "counts_for_b70", "valid_from", "valid_to"]
    list_filter = ["kind", "counts_for_b70"]
    list_select_related = ["parent"]
    search_fields = ["search_key"]
    ordering = ["path"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Closed bodies, too: support is asked about them."""
        return organisations_matching(search_term, among=queryset), False


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ["person", "organisation", "duty", "duty_type", "is_primary", "valid_from", "valid_to"]
    list_filter = ["duty", "duty_type", "is_primary"]
    list_select_related = ["person", "organisation"]
    ordering = ["-recorded_at", "-pk"]


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin):
    list_display = ["person", "role", "scope", "granted_by", "granted_at", "revoked_at"]
    list_filter = ["role"]
    list_select_related = ["person", "scope"]
    ordering = ["-granted_at", "-pk"]
