"""The production XBlock runtime and our own blocks.

A block class stands in `catalogue.py` under its OLX tag. It is an ordinary `xblock.core.XBlock`:

* `parse_xml(node, runtime, keys)` fills fields of scope content/settings; `add_xml_to_node` writes back.
  Use String fields: XBlock copies every List and Dict it hands out.
* `student_view(context)` returns a Fragment. `context` has `request`, `language`, `module`, `unit`,
  `media` ("text", "audio" or "video") and `is_complete`.
* `@XBlock.json_handler` and `@XBlock.handler` methods are reached by `self.runtime.handler_url(self, name)`;
  answering 303 with a path of ours is how a form without JavaScript comes back to its unit.
* `self.runtime.publish(self, "completion", {"completion": 1.0})` and
  `("grade", {"value": 8, "max_value": 10, "passed": True})` become progress.
* `self.runtime.block_version_id(self)` is the BlockVersion shown, `self.runtime.version_id` the module's.
"""
