"""A block that does everything wrong."""

# ruff: noqa: ARG002 – XBlock hands every view its context and every handler its suffix

from typing import Any

from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope, String


@XBlock.needs("user")
class RudeBlock(XBlock):  # type: ignore[misc]
    """Breaks wherever a block can, and tells what it was told about its reader."""

    words = String(scope=Scope.content, default="")
    told = String(scope=Scope.user_state, default="")

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Any:
        if node.get("fails") == "parse":
            raise ValueError("a fault in parsing")
        block = runtime.construct_xblock_from_class(cls, keys)
        block.words = node.get("fails", "")
        return block

    def student_view(self, context: Any) -> Fragment:
        if self.words == "view":
            raise ValueError("a fault in the view")
        user = self.runtime.service(self, "user").get_current_user()
        fragment = Fragment(
            f"<i>{self.scope_ids.user_id}</i><b>{user.opt_attrs['edx-platform.username']}</b>"
        )
        fragment.add_css("i { color: red }")
        fragment.add_javascript("window.rude = 1;")
        fragment.initialize_js("Rude", {"evil": "</script><script>alert(1)</script>"})
        return fragment

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def fail(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.told = "half"
        self.save()
        raise ValueError("a fault in the handler")

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def rewrite(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.words = "HACKED"
        return {}

    @XBlock.handler  # type: ignore[untyped-decorator]
    def page(self, request: Any, suffix: str = "") -> Any:
        from webob import Response

        return Response("<script>1</script>", content_type="text/html")

    @XBlock.handler  # type: ignore[untyped-decorator]
    def upload(self, request: Any, suffix: str = "") -> Any:
        from webob import Response

        file = request.params["file"]
        return Response(json_body={"name": file.filename, "size": len(file.file.read())})
