"""One form per kind of block. `courses.web.studio_block` shows them; nothing else knows them."""
