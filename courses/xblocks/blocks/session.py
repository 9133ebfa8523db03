"""A live session: when, where, how to join, and afterwards the recording."""

from datetime import datetime, timedelta
from typing import Any

import webob
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from lxml import etree

from courses.olx.edit_session import ZONE, calendar_entry, https, minutes, moment
from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock, XBlock
from lms.shared import clock
from lms.shared.languages import localised

OPENS_BEFORE = timedelta(minutes=30)  # the link to the room stands out from then on


class SessionBlock(TitledBlock):
    """Keeps nothing per learner. `starts_at` is Viet Nam's clock."""

    starts_at = String(scope=Scope.settings, default="")
    minutes = String(scope=Scope.settings, default="60")
    url = String(scope=Scope.content, default="")
    recording = String(scope=Scope.content, default="")
    how_vi = String(scope=Scope.content, default="")
    how_en = String(scope=Scope.content, default="")
    how_de = String(scope=Scope.content, default="")
    ATTRIBUTES = (*TitledBlock.ATTRIBUTES, "starts_at", "minutes", "url", "recording")

    def read_children(self, node: etree._Element) -> None:
        for how in node.iterchildren("how"):
            name = f"how_{how.get('lang', 'vi')}"
            if name in self.fields:
                setattr(self, name, (how.text or "").strip())

    def add_xml_to_node(self, node: etree._Element) -> None:
        super().add_xml_to_node(node)
        for code in ("vi", "en", "de"):
            if text := getattr(self, f"how_{code}"):
                etree.SubElement(node, "how", lang=code).text = text

    def student_view(self, context: dict[str, Any]) -> Fragment:
        start = moment(self.starts_at)
        words, _language = self.in_language("how", context["language"])
        facts: dict[str, Any] = {
            "title": self.runtime.reference(self).title,
            "url": https(self.url),
            "recording": https(self.recording),
            "how": words,
            "start": start,
            "minutes": minutes(self.minutes),
        }
        if start is not None:
            end = start + timedelta(minutes=facts["minutes"])
            now = clock.now().astimezone(ZONE).replace(tzinfo=None)
            facts |= {"end": end, "is_over": now >= end, "is_open": start - OPENS_BEFORE <= now < end}
            facts |= {
                "calendar_url": self.runtime.handler_url(self, "calendar", "lan-toa.ics"),
                "token": get_token(context["request"]),
            }
        return Fragment(render_to_string("courses/blocks/session.html", facts))

    @XBlock.handler  # type: ignore[untyped-decorator]
    def calendar(self, request: webob.Request, suffix: str = "") -> webob.Response:
        """The session as a file for the learner's calendar."""
        start: datetime | None = moment(self.starts_at)
        if start is None:
            return webob.Response(status=404)
        text = calendar_entry(
            uid=str(self.scope_ids.usage_id),
            title=localised(self.runtime.reference(self).title) or _("Live session"),
            starts_at=start,
            length=minutes(self.minutes),
            url=https(self.url),
            words=localised({code: getattr(self, f"how_{code}") for code in ("vi", "en", "de")}),
            now=clock.now(),
        )
        return webob.Response(body=text.encode(), content_type="text/calendar", charset="utf-8")
