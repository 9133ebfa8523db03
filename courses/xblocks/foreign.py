"""Reading and writing the OLX of blocks whose own code expects an Open edX host around it."""

import json
from typing import TYPE_CHECKING, Any

from lxml import etree
from xblock.fields import ScopeIds

from courses.olx.capa import refuse_programs
from courses.olx.side_files import fold, unfold
from courses.xblocks.compat import memory_files

if TYPE_CHECKING:
    from fs.memoryfs import MemoryFS

# These have two readers; the other one makes field data of its own.
NEW_READER = {"problem"}
# These would put their whole unpacked package beside every draft.
NO_SIDE_FILES = {"scorm"}


def read_block(cls: type[Any], node: etree._Element, runtime: Any, keys: ScopeIds) -> Any:
    """The block in `node`; files carried inside it are laid where the block looks for them."""
    if keys.block_type == "problem":
        refuse_programs(node, str(keys.usage_id))
    for path, text in unfold(node).items():
        _write(runtime.resources_fs, path, text)
    read = cls.parse_xml_new_runtime if keys.block_type in NEW_READER else cls.parse_xml
    return read(node, runtime, keys)


def write_block(block: Any) -> etree._Element:
    """The block's element, with the files it wrote inside it."""
    tag = str(block.scope_ids.block_type)
    runtime = block.runtime
    node = etree.Element(tag)
    runtime.export_fs = None if tag in NO_SIDE_FILES else memory_files()
    try:
        block.add_xml_to_node(node)
        files = {} if runtime.export_fs is None else _files(runtime.export_fs)
    finally:
        runtime.export_fs = None
    # Blocks of the older kind write all of themselves into a file and leave only its name.
    body = files.pop(f"{tag}/{block.scope_ids.usage_id.block_id.replace(':', '/')}.xml", None)
    if body is not None:
        node = etree.fromstring(body.encode())
    for element in node.iter():
        for name, value in element.attrib.items():
            element.set(name, _readable(str(value)))
        if element.text:
            element.text = _readable(element.text)
    fold(node, files)
    return node


def _readable(value: str) -> str:
    """JSON as XBlock writes it has \\u1ea1 for every Vietnamese letter; people read these files too."""
    if "\\u" not in value or value.lstrip()[:1] not in {"[", "{"}:
        return value
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, indent=2)
    except ValueError:
        return value


def _files(folder: "MemoryFS") -> dict[str, str]:
    return {path.lstrip("/"): folder.readtext(path) for path in folder.walk.files()}


def _write(folder: "MemoryFS", path: str, text: str) -> None:
    from fs.errors import ResourceNotFound  # noqa: PLC0415 — with the folder itself

    try:
        folder.makedirs(path.rpartition("/")[0], recreate=True)
    except ResourceNotFound:
        return
    folder.writetext(path, text)
